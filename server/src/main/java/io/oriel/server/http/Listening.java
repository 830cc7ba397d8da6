package io.oriel.server.http;

import java.net.InetSocketAddress;

/**
 * One address that is listened on.
 *
 * @param name for the log: "main", "prometheus"
 * @param address port 0 takes a free one
 * @param basePath a prefix under which all routes are served too: "" or "/oriel"
 * @param optional whether the server starts without it where another program has its port
 */
public record Listening(
    String name, InetSocketAddress address, String basePath, Routes routes, boolean optional) {
  /** One that must be there. */
  public Listening(String name, InetSocketAddress address, String basePath, Routes routes) {
    this(name, address, basePath, routes, false);
  }

  public Listening {
    if (!basePath.isEmpty() && (!basePath.startsWith("/") || basePath.endsWith("/"))) {
      throw new IllegalArgumentException("a base path begins with / and ends without: " + basePath);
    }
  }
}
