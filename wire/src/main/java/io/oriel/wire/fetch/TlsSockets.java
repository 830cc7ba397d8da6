package io.oriel.wire.fetch;

import io.oriel.wire.http.Secret;
import io.oriel.wire.http.TlsMaterial;
import io.oriel.wire.http.TlsSettings;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Makes TLS of a plain socket. Certificates are read again when one of their files has changed. */
final class TlsSockets {
  private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  private final TlsSettings settings;
  private @Nullable SSLContext context;
  private List<Long> stamps = List.of();

  TlsSockets(TlsSettings settings) {
    this.settings = settings;
  }

  Socket wrap(Socket plain, String host, int port) throws IOException {
    String name = settings.serverName().isEmpty() ? host : settings.serverName();
    var socket = (SSLSocket) context().getSocketFactory().createSocket(plain, name, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    if (!settings.skipVerify()) parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(protocols(socket));
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private String[] protocols(SSLSocket socket) {
    int least = VERSIONS.indexOf(settings.minVersion());
    int most = settings.maxVersion().isEmpty() ? 3 : VERSIONS.indexOf(settings.maxVersion());
    List<String> supported = Arrays.asList(socket.getSupportedProtocols());
    return VERSIONS.subList(least, Math.max(least, most) + 1).stream()
        .filter(supported::contains)
        .toArray(String[]::new);
  }

  private SSLContext context() throws IOException {
    List<Long> now = stampsNow();
    SSLContext ready = context;
    if (ready != null && now.equals(stamps)) return ready;
    try {
      SSLContext fresh = TlsMaterial.context(settings);
      context = fresh;
      stamps = now;
      return fresh;
    } catch (GeneralSecurityException e) {
      throw new IOException("tls_config can't be used (" + e.getMessage() + ")", e);
    }
  }

  private List<Long> stampsNow() throws IOException {
    var times = new ArrayList<Long>();
    for (Secret each : List.of(settings.ca(), settings.cert(), settings.key())) {
      Path file = each.file();
      if (file != null) times.add(Files.getLastModifiedTime(file).toMillis());
    }
    return times;
  }
}
