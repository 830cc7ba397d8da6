package io.oriel.server.demo;

import io.oriel.collect.Collector;
import io.oriel.collect.container.Container;
import io.oriel.collect.container.ContainerCollector;
import io.oriel.collect.container.Containers;
import io.oriel.collect.container.ProcessOwner;
import io.oriel.collect.discover.ServedModels;
import io.oriel.collect.discover.SystemKind;
import io.oriel.collect.gpu.GpuCollector;
import io.oriel.collect.gpu.NamingScheme;
import io.oriel.collect.node.Roots;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import io.oriel.simulate.Endpoint;
import io.oriel.simulate.History;
import io.oriel.simulate.Simulation;
import io.oriel.wire.http.HttpSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The collectors that read a fleet in the present, made to read its past: they ask in memory, on
 * the history's clock. Their labels are those of the present, so that series go on.
 */
final class PastReaders {
  private static final String SIMULATED = "simulated fleet";

  private PastReaders() {}

  static List<Collector> of(Simulation fleet, History history, String host, Duration interval) {
    var all = new ArrayList<Collector>();
    ContainerCollector containers = containers(fleet, history, interval);
    all.add(containers);
    Containers list = containers.containers();
    all.add(
        new GpuCollector(
            history.nvml(),
            EnumSet.allOf(NamingScheme.class),
            host,
            pid -> owner(pid, history, list),
            new ServedModels(list),
            history.clock()));
    for (Endpoint each : fleet.endpoints()) {
      SystemKind.of(each.kind()).ifPresent(kind -> all.add(kind.reader(peer(each, history))));
    }
    return all;
  }

  private static ContainerCollector containers(
      Simulation fleet, History history, Duration interval) {
    Endpoint daemon =
        fleet.endpoints().stream()
            .filter(each -> each.kind().equals("docker"))
            .findFirst()
            .orElseThrow();
    Clock clock = history.clock();
    var address = Address.of(daemon.uri(), SIMULATED);
    Path none = fleet.proc().resolveSibling("none"); // no kernel accounts for what is simulated
    return new ContainerCollector(
        () -> address,
        to -> new Peer(to, history.transport(daemon.name()), clock),
        new Roots(fleet.proc(), none, none),
        clock,
        interval);
  }

  private static Peer peer(Endpoint endpoint, History history) {
    var address = new Address(endpoint.uri(), HttpSettings.NORMAL, SIMULATED, endpoint.name());
    return new Peer(address, history.transport(endpoint.name()), history.clock());
  }

  private static ProcessOwner.@Nullable Owner owner(long pid, History history, Containers list) {
    String name = history.containerOf(pid);
    if (name == null) return null;
    for (Container each : list.list()) {
      if (!each.name().equals(name)) continue;
      return new ProcessOwner.Owner("docker", each.id(), name, each.image(), "/proc");
    }
    return null;
  }
}
