package io.oriel.server.http;

import io.oriel.server.auth.Guard;
import io.oriel.server.auth.WebConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Who comes in at every listener: asked under a name of its own, and known where somebody must be.
 *
 * @param guard also says whether TLS is spoken
 */
public record Access(Sites sites, Guard guard) {
  /** Its own names alone, everybody, in the clear. */
  public static Access open() {
    return new Access(Sites.OWN_ALONE, new Guard(WebConfig.NONE));
  }

  /** The answer of who may not come in; null for all others. */
  @Nullable Answer refusal(Request request, ErrorForm form) {
    sites.checkHost(request.getHttpURI().getHost(), addressOf(request));
    if (guard.admits(request.getHeaders().get(HttpHeader.AUTHORIZATION))) return null;
    return form.error(
            401,
            "unauthorized",
            "Oriel does not know who asks; send a user and password, or a token, that listen.web_config"
                + " names")
        .with("WWW-Authenticate", guard.challenge());
  }

  /** Headers that the configuration adds to every answer. */
  Map<String, String> headers() {
    return guard.config().headers();
  }

  private static @Nullable InetAddress addressOf(Request request) {
    SocketAddress here = request.getConnectionMetaData().getLocalSocketAddress();
    return here instanceof InetSocketAddress socket ? socket.getAddress() : null;
  }
}
