package io.oriel.collect.discover;

import io.oriel.collect.Collector;
import io.oriel.collect.container.Containers;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import io.oriel.model.limit.Limits;
import io.oriel.wire.dns.NameServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the systems and makes their collectors. Called again and again; a system that stays keeps
 * its collector. What is configured counts before what is found at the same address. Not
 * thread-safe.
 */
public final class Discovery {
  private static final Logger log = LoggerFactory.getLogger(Discovery.class);
  private static final int MOST_SYSTEMS = 200;
  private static final int PROCESSES_EACH = 4; // rounds: reading all command lines costs more

  /** Where systems are looked for beside the configuration. */
  public record Places(Containers containers, Path proc) {}

  private final List<FoundSystem> named;
  private final SystemLists lists;
  private final List<ContainerSystems> containers = new ArrayList<>();
  private final List<ProcessSystems> processes = new ArrayList<>();
  private final Clock clock;
  private final long timeoutMs;
  private Map<FoundSystem, Collector> running = new LinkedHashMap<>();
  private List<FoundSystem> inProcesses = List.of();
  private int rounds;

  /** One that follows no lists. */
  public Discovery(List<FoundSystem> named, List<Places> places, Clock clock, long timeoutMs) {
    this(
        new WantedSystems(named, List.of()),
        places,
        NameServers.ofMachine(),
        Limits.NORMAL,
        clock,
        timeoutMs);
  }

  /**
   * @param places empty: only what is configured is read
   * @param servers who is asked for names of lists
   * @param limits of files of lists
   * @param timeoutMs for each question to a system
   */
  public Discovery(
      WantedSystems wanted,
      List<Places> places,
      NameServers servers,
      Limits limits,
      Clock clock,
      long timeoutMs) {
    this.named = wanted.named();
    this.lists = new SystemLists(wanted.lists(), servers, limits, clock);
    for (Places each : places) {
      containers.add(new ContainerSystems(each.containers()));
      processes.add(new ProcessSystems(each.proc()));
    }
    this.clock = clock;
    this.timeoutMs = timeoutMs;
  }

  /** Tells how it stands with the lists that are followed; empty where there are none. */
  public Optional<Collector> ofLists() {
    return lists.lists().isEmpty() ? Optional.empty() : Optional.of(new ListCollector(lists));
  }

  /** The collectors of all systems that there are now. */
  public List<Collector> find() {
    if (rounds++ % PROCESSES_EACH == 0) {
      inProcesses = processes.stream().flatMap(each -> each.find().stream()).toList();
    }
    var all = new ArrayList<>(named);
    all.addAll(lists.find());
    containers.forEach(each -> all.addAll(each.find()));
    all.addAll(inProcesses);
    Set<String> taken = new HashSet<>();
    var next = new LinkedHashMap<FoundSystem, Collector>();
    for (FoundSystem each : all) {
      if (next.size() == MOST_SYSTEMS) break;
      if (taken.contains(place(each)) || taken.contains(series(each))) continue;
      taken.addAll(List.of(place(each), series(each)));
      Collector collector = running.get(each);
      if (collector == null) {
        collector = each.kind().reader(Peer.at(each.address(), timeoutMs, clock), each.options());
        log.info(
            "system found kind={} where={} by=\"{}\"",
            each.kind().word(),
            each.address().shown(),
            each.address().foundBy());
      }
      next.put(each, collector);
    }
    for (FoundSystem each : running.keySet()) {
      if (next.containsKey(each)) continue;
      log.info("system gone kind={} where={}", each.kind().word(), each.address().shown());
    }
    running = next;
    return List.copyOf(next.values());
  }

  /** Two that are found at one place are one. */
  private static String place(FoundSystem system) {
    String place = system.address().place();
    return place.startsWith("localhost:") ? "127.0.0.1" + place.substring(9) : place;
  }

  /** Two that would tell the same series can't be told apart. */
  private static String series(FoundSystem system) {
    return system.kind().word() + " " + system.address().instance();
  }
}
