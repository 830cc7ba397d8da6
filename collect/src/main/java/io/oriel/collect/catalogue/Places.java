package io.oriel.collect.catalogue;

import io.oriel.collect.container.Container;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Which container answers at an address: by published ports, its own addresses, its names. */
final class Places {
  private static final String SERVICE = "com.docker.compose.service";
  private static final String HOST_OF_CONTAINERS = "host.docker.internal";
  private static final List<String> THIS_MACHINE =
      List.of("127.0.0.1", "localhost", "[::1]", HOST_OF_CONTAINERS);

  /**
   * A container behind an address.
   *
   * @param how it is known, in words
   */
  record Place(Container container, String how) {}

  private final Map<String, Place> byHostAndPort = new HashMap<>();
  private final Map<String, List<Container>> byName = new HashMap<>();

  Places(List<Container> containers) {
    for (Container each : containers) {
      if (!each.isRunning()) continue;
      ports(each);
      name(each.name(), each);
      String service = each.labels().getOrDefault(SERVICE, "");
      if (!service.equals(each.name())) name(service, each);
    }
  }

  private void ports(Container container) {
    BiConsumer<String, String> at =
        (address, how) -> byHostAndPort.putIfAbsent(address, new Place(container, how));
    for (Container.Port port : container.ports()) {
      if (port.published() > 0) {
        String how =
            "port %d is published for its port %d".formatted(port.published(), port.inner());
        for (String host : THIS_MACHINE) at.accept(host + ":" + port.published(), how);
        at.accept(port.hostAddress() + ":" + port.published(), how);
      }
      for (String address : container.addresses().values()) {
        if (!address.isEmpty())
          at.accept(address + ":" + port.inner(), address + " is its address");
      }
    }
    if (!container.networkMode().equals("host")) return;
    String port = container.option("--port");
    if (port == null) return;
    for (String host : THIS_MACHINE) {
      at.accept(host + ":" + port, "it has the host's network, and --port " + port);
    }
  }

  private void name(String name, Container container) {
    if (!name.isEmpty()) byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(container);
  }

  /** Null where none is known, or several have the name. */
  @Nullable Place at(String address) {
    String hostAndPort = hostAndPort(address);
    Place place = byHostAndPort.get(hostAndPort);
    if (place != null) return place;
    int colon = hostAndPort.lastIndexOf(':');
    if (colon < 0) return null;
    String host = hostAndPort.substring(0, colon);
    List<Container> named = byName.getOrDefault(host, List.of());
    if (named.size() != 1) return null;
    Container container = named.getFirst();
    String port = hostAndPort.substring(colon + 1);
    boolean hasPort =
        container.ports().isEmpty()
            || container.ports().stream().anyMatch(each -> port.equals("" + each.inner()));
    String what = host.equals(container.name()) ? "its name" : "its service's name";
    return hasPort
        ? new Place(container, host + " is " + what + " and " + port + " its port")
        : null;
  }

  /** Whether an address leads to the loopback of whoever asks there. */
  static boolean isLoopback(String address) {
    String host = host(address);
    return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
  }

  /** Whether an address leads to the machine of whoever asks there, out of a container or not. */
  static boolean isOwnMachine(String address) {
    return isLoopback(address) || host(address).equals(HOST_OF_CONTAINERS);
  }

  private static String host(String address) {
    String hostAndPort = hostAndPort(address);
    return hostAndPort.substring(0, Math.max(0, hostAndPort.lastIndexOf(':')));
  }

  /** {@code gpu1:8000} of an address; empty where it is none. */
  static String hostAndPort(String address) {
    try {
      URI uri = URI.create(address);
      if (uri.getHost() == null) return "";
      int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
      return uri.getHost() + ":" + port;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
