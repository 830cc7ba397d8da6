package io.oriel.wire.fetch;

import io.oriel.wire.http.Credentials;
import io.oriel.wire.http.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The bytes of a request. Secrets are read each time: their files may have changed. */
final class RequestText {
  private RequestText() {}

  /**
   * @param trusted whether this is the host that was configured: after a redirect to another one it
   *     must not be told our secrets
   */
  static byte[] of(PageRequest request, URI uri, Ask ask, boolean trusted) throws IOException {
    var text = new StringBuilder(512).append(ask.isPost() ? "POST " : "GET ").append(ask.target());
    text.append(" HTTP/1.1\r\n");
    String authority = uri.getRawAuthority();
    header(text, "Host", authority == null ? "localhost" : authority);
    header(text, "User-Agent", "Oriel");
    header(text, "Accept", request.accept());
    header(text, "Accept-Encoding", request.http().compression() ? "gzip" : "identity");
    String seconds = String.format(Locale.ROOT, "%.3f", request.timeoutMs() / 1000.0);
    header(text, "X-Prometheus-Scrape-Timeout-Seconds", seconds);
    if (trusted) {
      authorization(text, request.http().credentials());
      headers(text, request.http().headers());
    }
    if (ask.isPost()) {
      header(text, "Content-Type", "application/json");
      header(text, "Content-Length", Integer.toString(ask.json().length));
    }
    byte[] head = text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + ask.json().length);
    System.arraycopy(ask.json(), 0, all, head.length, ask.json().length);
    return all;
  }

  private static void authorization(StringBuilder text, Credentials credentials)
      throws IOException {
    switch (credentials) {
      case Credentials.None() -> {}
      case Credentials.Basic(Secret user, Secret password) -> {
        byte[] pair = (user.read() + ":" + password.read()).getBytes(StandardCharsets.UTF_8);
        header(text, "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
      }
      case Credentials.Token(String type, Secret token) ->
          header(text, "Authorization", type + " " + token.read());
    }
  }

  private static void headers(StringBuilder text, Map<String, List<Secret>> headers)
      throws IOException {
    for (var header : headers.entrySet()) {
      for (Secret value : header.getValue()) header(text, header.getKey(), value.read());
    }
  }

  private static void header(StringBuilder text, String name, String value) {
    // a line break in a value would begin another header
    text.append(name).append(": ").append(value.replaceAll("[\r\n]", "")).append("\r\n");
  }
}
