package io.oriel.server;

import io.oriel.collect.Collector;
import io.oriel.collect.container.ContainerCollector;
import io.oriel.collect.container.Containers;
import io.oriel.collect.container.ProcessOwner;
import io.oriel.collect.container.Sockets;
import io.oriel.collect.discover.Discovery;
import io.oriel.collect.discover.FoundSystem;
import io.oriel.collect.discover.ServedModels;
import io.oriel.collect.discover.SystemKind;
import io.oriel.collect.discover.WantedSystems;
import io.oriel.collect.gpu.GpuCollector;
import io.oriel.collect.gpu.NamingScheme;
import io.oriel.collect.gpu.Nvml;
import io.oriel.collect.huggingface.HubCollector;
import io.oriel.collect.huggingface.Hubs;
import io.oriel.collect.node.NodeCollector;
import io.oriel.collect.node.Roots;
import io.oriel.collect.peer.Address;
import io.oriel.model.Clock;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.server.config.CollectorsConfig;
import io.oriel.simulate.Endpoint;
import io.oriel.simulate.SimulatedFleet;
import io.oriel.wire.dns.NameServers;
import io.oriel.wire.http.Credentials;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.http.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which collectors run: those of this machine. In a demo the simulated fleet stands in place of the
 * machine's GPUs, containers and systems, and the same collectors ask there.
 */
final class Readers {
  private static final long TIMEOUT_MS = 10_000; // for each question to a system
  private static final Path PROC = Path.of("/proc");
  private static final String SIMULATED = "simulated fleet";

  private final List<Collector> first = new ArrayList<>();
  private final List<Collector> always = new ArrayList<>();
  private final @Nullable SimulatedFleet fleet;
  private final Discovery discovery;
  private final Hubs hubs;
  private final HubCollector hubReader;
  private final Containers containers;
  private final Sockets sockets = new Sockets(System.getenv(), Path.of("/"));

  /**
   * @param self tells of Oriel itself
   * @param host the name of this machine
   * @param fleet null: nothing is simulated
   * @param limits of files that list systems
   */
  Readers(
      CollectorsConfig config,
      Clock clock,
      Collector self,
      String host,
      @Nullable SimulatedFleet fleet,
      Limits limits) {
    this.fleet = fleet;
    first.add(new NodeCollector(Roots.HOST, clock, config.textFiles().orElse(null)));
    first.add(self);
    always.addAll(first);
    Path proc = fleet == null ? PROC : fleet.proc();
    var containers =
        fleet == null
            ? ContainerCollector.ofMachine(Roots.HOST, clock, config.interval())
            : simulated(fleet, clock, config.interval());
    always.add(containers);
    Containers list = containers.containers();
    this.containers = list;
    if (fleet != null) {
      Set<NamingScheme> all = EnumSet.allOf(NamingScheme.class);
      always.add(gpus(fleet.nvml(), all, host, proc, list, clock));
    } else if (GpuCollector.isHere(Path.of("/"))) {
      always.add(gpus(GpuCollector.ofThisMachine(), config.gpuNames(), host, proc, list, clock));
    }
    this.discovery = discovery(config, list, clock, fleet, limits);
    discovery.ofLists().ifPresent(always::add);
    // what lies on this machine's disk is none of a simulated fleet's
    this.hubs =
        fleet == null
            ? Hubs.of(System.getenv(), list)
            : new Hubs(List.of(), list, fleet.root().toAbsolutePath());
    this.hubReader = new HubCollector(hubs, clock);
  }

  private static ContainerCollector simulated(
      SimulatedFleet fleet, Clock clock, Duration interval) {
    URI daemon =
        fleet.endpoints().stream()
            .filter(each -> each.kind().equals("docker"))
            .map(Endpoint::uri)
            .findFirst()
            .orElseThrow();
    Path folder = fleet.proc().resolveSibling("none"); // no kernel accounts for what is simulated
    var roots = new Roots(fleet.proc(), folder, folder);
    return ContainerCollector.at(Address.of(daemon, SIMULATED), roots, clock, interval);
  }

  private static Collector gpus(
      Nvml.Opening nvml,
      Set<NamingScheme> names,
      String host,
      Path proc,
      Containers list,
      Clock clock) {
    var owners = ProcessOwner.byCgroup(proc, list);
    return new GpuCollector(nvml, names, host, owners, new ServedModels(list), clock);
  }

  private static Discovery discovery(
      CollectorsConfig config,
      Containers list,
      Clock clock,
      @Nullable SimulatedFleet fleet,
      Limits limits) {
    var systems = new ArrayList<>(config.systems().named());
    if (fleet != null) fleet.endpoints().forEach(each -> addSimulated(each, systems));
    boolean looks = config.discover() && fleet == null; // a demo's systems are known
    List<Discovery.Places> places = looks ? List.of(new Discovery.Places(list, PROC)) : List.of();
    long timeoutMs = Math.min(config.interval().toMillis(), TIMEOUT_MS);
    var wanted = new WantedSystems(systems, config.systems().lists());
    return new Discovery(wanted, places, NameServers.ofMachine(), limits, clock, timeoutMs);
  }

  private static void addSimulated(Endpoint endpoint, List<FoundSystem> systems) {
    var address = new Address(endpoint.uri(), http(endpoint), SIMULATED, endpoint.name());
    SystemKind.of(endpoint.kind()).ifPresent(kind -> systems.add(new FoundSystem(kind, address)));
  }

  /** As its endpoint wants to be asked: with a user, with a token, or by anybody. */
  private static HttpSettings http(Endpoint endpoint) {
    var secret = new Secret(endpoint.secret(), null);
    Credentials credentials =
        !endpoint.user().isEmpty()
            ? new Credentials.Basic(new Secret(endpoint.user(), null), secret)
            : !endpoint.secret().isEmpty()
                ? new Credentials.Token("Bearer", secret)
                : new Credentials.None();
    HttpSettings normal = HttpSettings.NORMAL;
    return new HttpSettings(
        credentials,
        normal.tls(),
        normal.headers(),
        normal.followRedirects(),
        normal.compression());
  }

  /** Whether there is any container, or a daemon that may know some. */
  boolean hasContainers() {
    return !containers.list().isEmpty() || sockets.find() != null;
  }

  /** Those that can run at once, whatever is found. */
  List<Collector> first() {
    return List.copyOf(fleet == null ? always : first);
  }

  /**
   * All that are to run now: those of the machine, and one for each system that is found. A fleet
   * is waited for: it steps over its past when it is first asked.
   */
  List<Collector> now() {
    if (fleet != null) wake(fleet);
    var all = new ArrayList<>(always);
    if (!hubs.folders().isEmpty()) all.add(hubReader);
    all.addAll(discovery.find());
    return all;
  }

  private static void wake(SimulatedFleet fleet) {
    try {
      fleet.scenario();
    } catch (Refusal.Unavailable _) {
      // it is elsewhere and gone: its collectors say so
    }
  }
}
