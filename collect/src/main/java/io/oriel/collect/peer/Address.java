package io.oriel.collect.peer;

import io.oriel.model.Labels;
import io.oriel.wire.http.HttpSettings;
import java.net.URI;

/**
 * Where a system is, and how it is asked.
 *
 * @param base scheme, host, port and the path below which it lives: {@code http://gpu1:4000},
 *     {@code unix:///var/run/docker.sock}
 * @param foundBy in words, for the pages: {@code oriel.yaml, collectors.systems}
 * @param name for the label {@code instance}; empty: host and port
 * @param labels of all its series, beside that one
 */
public record Address(URI base, HttpSettings http, String foundBy, String name, Labels labels) {

  public Address(URI base, HttpSettings http, String foundBy, String name) {
    this(base, http, foundBy, name, Labels.EMPTY);
  }

  public Address(URI base, HttpSettings http, String foundBy) {
    this(base, http, foundBy, "");
  }

  public static Address of(URI base, String foundBy) {
    return new Address(base, HttpSettings.NORMAL, foundBy);
  }

  /** The value of the label {@code instance}. */
  public String instance() {
    return name.isEmpty() ? place() : name;
  }

  /** Host and port; of a socket in the file system its path. */
  public String place() {
    if (base.getHost() == null) return base.getPath();
    int port = base.getPort() >= 0 ? base.getPort() : "https".equals(base.getScheme()) ? 443 : 80;
    return base.getHost() + ":" + port;
  }

  /** For people: never with a user or password that stands in the address. */
  public String shown() {
    if (base.getHost() == null) return base.toString();
    String path = base.getRawPath() == null ? "" : base.getRawPath();
    return base.getScheme() + "://" + place() + path;
  }
}
