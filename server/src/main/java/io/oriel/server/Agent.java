package io.oriel.server;

import io.oriel.collect.Collector;
import io.oriel.collect.OnDemand;
import io.oriel.engines.prometheus.OutStats;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.limit.Refusal;
import io.oriel.server.auth.Guard;
import io.oriel.server.config.AgentConfig;
import io.oriel.server.config.OrielConfig;
import io.oriel.server.self.SelfMetrics;
import io.oriel.simulate.SimulatedFleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collectors alone, on a machine whose metrics are kept elsewhere: no store, no queries, no
 * pages but those that a Prometheus scrapes. What is pushed waits in queues on disk.
 *
 * <pre>
 *   collectors -> pages, each on a port of its own
 *              -> queue -> remote write
 * </pre>
 */
public final class Agent implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Agent.class);

  private final Opened opened = new Opened();
  private final Reloading reloading;
  private final Guard guard;
  private final Sending sending;
  private final AgentDoors doors;

  /**
   * Starts the collectors, the pages that there is something to tell on, and what is pushed.
   *
   * @param read reads the configuration: now, and again for each reload
   * @param flags puts what the command line says on top of the section {@code agent}
   * @throws Refusal.CannotStart when it is wrong, asks to listen beyond this machine unguarded, or
   *     leaves the agent nothing to do
   */
  public static Agent start(
      Supplier<OrielConfig> read, UnaryOperator<AgentConfig> flags, Clock clock) {
    return new Agent(read.get(), read, flags, clock);
  }

  private Agent(
      OrielConfig config,
      Supplier<OrielConfig> read,
      UnaryOperator<AgentConfig> flags,
      Clock clock) {
    AgentConfig agent = flags.apply(config.agent());
    refuseOpenDoors(config);
    if (!config.collectors().enabled()) {
      throw new Refusal.CannotStart(
          "the collectors are switched off, and an agent does nothing else",
          "write collectors: {enabled: true}");
    }
    reloading = new Reloading(config, read, clock);
    guard = new Guard(config.web());
    var self = new SelfMetrics(Version.current());
    try {
      sending = opened.keep(Sending.push(config, agent.push(), clock, self.registry()));
      MetricSink sink = sending.beside(new Nowhere());
      Optional<SimulatedFleet> fleet = DemoFleet.open(config, clock);
      fleet.ifPresent(opened::keep);
      String host = Host.name();
      var readers =
          new Readers(
              config.collectors(),
              clock,
              self.collector(),
              host,
              fleet.orElse(null),
              config.limits());
      Labels labels = Labels.of("instance", config.collectors().instance().orElse(host));
      var interval = config.collectors().interval();
      var collecting = opened.keep(OnDemand.start(readers.first(), sink, clock, interval, labels));
      doors = opened.keep(new AgentDoors(config, agent, guard, collecting, self.registry()));
      doors.open(there(readers, readers.first()));
      if (doors.isShut() && sending.all().isEmpty()) throw nothingToDo();
      opened.keep(
          Systems.start(
              all -> {
                collecting.sync(all);
                doors.open(there(readers, all));
              },
              readers,
              clock));
    } catch (Throwable failure) {
      opened.close();
      throw failure;
    }
    reloading.applyBy(this::apply);
    config.warnings().forEach(warning -> log.warn("configuration {}", warning));
  }

  /** An exporter without a password is read by whoever reaches it, and nobody reads its log. */
  private static void refuseOpenDoors(OrielConfig config) {
    if (config.listen().address().isLoopbackAddress()) return;
    boolean isGuarded =
        !config.web().credentials().isEmpty()
            || config.web().tls().filter(tls -> tls.clients().needed()).isPresent();
    String address = config.listen().address().getHostAddress();
    if (!isGuarded) {
      throw new Refusal.CannotStart(
          "the agent is to listen on %s, where others reach it, and nothing guards it"
              .formatted(address),
          "name a file with users or tokens by --web-config (docs/guarding.md), or leave out"
              + " --listen and push");
    }
    log.info("listening beyond this machine address={} guard={}", address, config.web().words());
  }

  private static Refusal nothingToDo() {
    return new Refusal.CannotStart(
        "none of the agent's ports could be opened, and it pushes nowhere",
        "free a port, choose others by --port NAME=N, or push by --push URL");
  }

  /** Those whose system is there, so that a page of theirs says something. */
  private static List<Collector> there(Readers readers, List<Collector> all) {
    return all.stream()
        .filter(each -> !each.name().equals("container") || readers.hasContainers())
        .toList();
  }

  private void apply(OrielConfig changed) {
    guard.use(changed.web());
    doors.renewCertificates();
  }

  /** What runs, a line each, for whoever started it. */
  public List<String> says() {
    var lines = new ArrayList<>(doors.lines());
    for (OutStats each : sending.all()) {
      lines.add("pushing to %s (queue %s)".formatted(each.url(), each.name()));
    }
    return lines;
  }

  /** Reads the configuration again: who may come in; the rest takes a restart. */
  public void reloadAndSay() {
    try {
      reloading.reload();
    } catch (Refusal.CannotStart _) {
      // said in the log by the reload itself
    }
  }

  /** Stops the collectors and the pages; what was accepted and not sent waits on disk. */
  @Override
  public void close() {
    opened.close();
  }
}
