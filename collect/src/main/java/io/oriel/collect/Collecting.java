package io.oriel.collect;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.TargetStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running collectors: each in a loop of its own, written to a sink, until closed. What is found
 * or lost while running comes by {@link #sync}. Thread-safe.
 *
 * <p>A collector that calls into the kernel or a driver has a small platform thread: one that takes
 * its time must not hold a carrier that scrapes and requests need.
 */
public final class Collecting implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Collecting.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3); // with a driver, at the end

  private record Running(Collector collector, CollectorLoop loop, Thread thread) {}

  private final MetricSink sink;
  private final Clock clock;
  private final Duration interval;
  private final Labels targetLabels;
  private final Function<Collector, Pace> pace;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile List<Running> running = List.of();

  /**
   * @param pace when the rounds of a new collector begin
   */
  Collecting(
      MetricSink sink,
      Clock clock,
      Duration interval,
      Labels targetLabels,
      Function<Collector, Pace> pace) {
    this.sink = sink;
    this.clock = clock;
    this.interval = interval;
    this.targetLabels = targetLabels;
    this.pace = pace;
  }

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
    var collecting =
        new Collecting(
            sink, clock, interval, targetLabels, _ -> new Grid(clock, interval.toMillis()));
    collecting.sync(collectors);
    return collecting;
  }

  /**
   * Goes over to other collectors: those that stay (the same objects) go on undisturbed, the series
   * of those that are gone end, and they are closed.
   */
  public void sync(List<Collector> wanted) {
    changing.lock();
    try {
      var next = new ArrayList<Running>();
      var gone = new ArrayList<Running>();
      for (Running one : running) (isAmong(wanted, one.collector()) ? next : gone).add(one);
      for (Collector collector : wanted) {
        if (!isAmong(next.stream().map(Running::collector).toList(), collector)) {
          next.add(begin(collector));
        }
      }
      running = List.copyOf(next);
      end(gone);
    } finally {
      changing.unlock();
    }
  }

  @SuppressWarnings("ReferenceEquality") // a collector is itself, whatever it reads
  private static boolean isAmong(List<Collector> wanted, Collector collector) {
    return wanted.stream().anyMatch(each -> each == collector);
  }

  private Running begin(Collector collector) {
    var loop =
        new CollectorLoop(
            collector, sink, clock, pace.apply(collector), interval.toMillis(), targetLabels);
    Thread.Builder builder =
        collector.callsDrivers() ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
    Thread thread = builder.name("collect-" + collector.name()).start(loop);
    return new Running(collector, loop, thread);
  }

  /** The collectors that run now, in the order they were given. */
  public List<Collector> collectors() {
    return running.stream().map(Running::collector).toList();
  }

  /** How it stands with each collector, in the order they were given. */
  public List<TargetStatus> statuses() {
    return running.stream().map(one -> one.loop().status()).toList();
  }

  /** Ends all loops: every series gets its stale marker. Call before the sink is closed. */
  @Override
  public void close() {
    sync(List.of());
  }

  private static void end(List<Running> gone) {
    gone.forEach(one -> one.thread().interrupt());
    boolean interrupted = false;
    for (Running one : gone) {
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
