package io.oriel.wire.http;

import java.util.List;
import java.util.Map;

/** How a peer is asked, beyond its address. */
public record HttpSettings(
    Credentials credentials,
    TlsSettings tls,
    Map<String, List<Secret>> headers,
    boolean followRedirects,
    boolean compression) {
  public static final HttpSettings NORMAL =
      new HttpSettings(new Credentials.None(), TlsSettings.NORMAL, Map.of(), true, true);

  public HttpSettings {
    headers = Map.copyOf(headers);
  }
}
