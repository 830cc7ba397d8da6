package io.oriel.collect.discover;

import io.oriel.collect.Collector;
import io.oriel.collect.container.Containers;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private final List<FoundSystem> configured;
  private final List<ContainerSystems> containers = new ArrayList<>();
  private final List<ProcessSystems> processes = new ArrayList<>();
  private final Clock clock;
  private final long timeoutMs;
  private Map<FoundSystem, Collector> running = new LinkedHashMap<>();
  private List<FoundSystem> inProcesses = List.of();
  private int rounds;

  /**
   * @param places empty: only what is configured is read
   * @param timeoutMs for each question to a system
   */
  public Discovery(List<FoundSystem> configured, List<Places> places, Clock clock, long timeoutMs) {
    this.configured = List.copyOf(configured);
    for (Places each : places) {
      containers.add(new ContainerSystems(each.containers()));
      processes.add(new ProcessSystems(each.proc()));
    }
    this.clock = clock;
    this.timeoutMs = timeoutMs;
  }

  /** The collectors of all systems that there are now. */
  public List<Collector> find() {
    if (rounds++ % PROCESSES_EACH == 0) {
      inProcesses = processes.stream().flatMap(each -> each.find().stream()).toList();
    }
    var all = new ArrayList<>(configured);
    containers.forEach(each -> all.addAll(each.find()));
    all.addAll(inProcesses);
    Set<String> addresses = new HashSet<>();
    var next = new LinkedHashMap<FoundSystem, Collector>();
    for (FoundSystem each : all) {
      if (next.size() == MOST_SYSTEMS) break;
      if (!addresses.add(each.address().instance())) continue;
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
}
