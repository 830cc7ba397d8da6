package io.oriel.collect;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.TargetStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running collectors: each in a loop of its own, written to a sink, until closed.
 *
 * <p>A loop is a small platform thread, not a virtual one: collectors call into the kernel and into
 * drivers, and a driver that takes its time must not hold a carrier that scrapes and requests need.
 */
public final class Collecting implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Collecting.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3); // with a driver, at the end

  private record Running(CollectorLoop loop, Thread thread) {}

  private final List<Running> running = new ArrayList<>();

  private Collecting() {}

  /**
   * Starts a loop for each collector; the first round begins at once.
   *
   * @param targetLabels on every series; where they have no {@code job}, it is the collector's name
   */
  public static Collecting start(
      List<Collector> collectors,
      MetricSink sink,
      Clock clock,
      Duration interval,
      Labels targetLabels) {
    var collecting = new Collecting();
    for (Collector collector : collectors) {
      var loop = new CollectorLoop(collector, sink, clock, interval.toMillis(), targetLabels);
      Thread thread = Thread.ofPlatform().daemon().name("collect-" + collector.name()).start(loop);
      collecting.running.add(new Running(loop, thread));
    }
    return collecting;
  }

  /** How it stands with each collector, in the order they were given. */
  public List<TargetStatus> statuses() {
    return running.stream().map(one -> one.loop().status()).toList();
  }

  /** Ends all loops: every series gets its stale marker. Call before the sink is closed. */
  @Override
  public void close() {
    running.forEach(one -> one.thread().interrupt());
    boolean interrupted = false;
    for (Running one : running) {
      try {
        if (!one.thread().join(PATIENCE)) {
          log.warn(
              "collector still in a driver's call, left behind thread={}", one.thread().getName());
        }
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
