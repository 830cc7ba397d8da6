package io.oriel.collect.discover;

import io.oriel.collect.container.CommandLine;
import io.oriel.collect.container.Container;
import io.oriel.collect.container.Containers;
import io.oriel.collect.peer.Address;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Systems that run in the containers of this machine. */
final class ContainerSystems {
  private final Containers containers;

  ContainerSystems(Containers containers) {
    this.containers = containers;
  }

  List<FoundSystem> find() {
    var found = new ArrayList<FoundSystem>();
    for (Container each : containers.list()) {
      if (!each.isRunning()) continue;
      var command = new CommandLine(each.command());
      SystemKind kind = SystemKind.recognise(each.image(), command).orElse(null);
      if (kind == null) continue;
      String foundBy = "container " + each.name();
      address(each, command.port(kind.port()))
          .ifPresent(uri -> found.add(new FoundSystem(kind, Address.of(uri, foundBy))));
    }
    return found;
  }

  /** Where this machine reaches it: the published port, the host's own network, the container's. */
  private static Optional<URI> address(Container container, int inner) {
    if (container.networkMode().equals("host")) return uri("127.0.0.1", inner);
    for (Container.Port port : container.ports()) {
      if (port.inner() != inner || port.published() == 0) continue;
      boolean anywhere = port.hostAddress().isEmpty() || port.hostAddress().equals("0.0.0.0");
      boolean anywhere6 = port.hostAddress().equals("::");
      return uri(anywhere || anywhere6 ? "127.0.0.1" : port.hostAddress(), port.published());
    }
    return container.addresses().values().stream()
        .filter(address -> !address.isEmpty())
        .sorted()
        .findFirst()
        .flatMap(address -> uri(address, inner));
  }

  private static Optional<URI> uri(String host, int port) {
    try {
      String shown = host.contains(":") ? "[" + host + "]" : host;
      return Optional.of(URI.create("http://" + shown + ":" + port));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
