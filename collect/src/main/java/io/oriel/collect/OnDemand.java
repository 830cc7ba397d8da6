package io.oriel.collect;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.TargetStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Collectors that read when they are asked, as the field's exporters do; and at each interval where
 * nobody asks, so that those who look at each other's lists (which container a GPU's process is in)
 * see the present. Every round goes to the sink too. Thread-safe.
 */
public final class OnDemand implements AutoCloseable {
  private static final long FRESH = Duration.ofSeconds(1).toNanos(); // two who scrape share a round

  private record Asked(Collector collector, Demand demand) {}

  private final Clock clock;
  private final Duration interval;
  private final Collecting collecting;
  private final Thread ticking;
  private volatile List<Asked> asked = List.of();

  private OnDemand(MetricSink sink, Clock clock, Duration interval, Labels labels) {
    this.clock = clock;
    this.interval = interval;
    this.collecting = new Collecting(sink, clock, interval, labels, this::demandOf);
    this.ticking = Thread.ofVirtual().name("rounds").unstarted(this::tick);
  }

  /**
   * Starts a loop for each collector; the first round begins at once.
   *
   * @param interval no collector is idle longer than one and a half of it
   * @param labels as {@link Collecting#start} has them, for what goes to the sink
   */
  public static OnDemand start(
      List<Collector> collectors, MetricSink sink, Clock clock, Duration interval, Labels labels) {
    var started = new OnDemand(sink, clock, interval, labels);
    started.sync(collectors);
    started.ticking.start();
    return started;
  }

  /** Goes over to other collectors, as {@link Collecting#sync}. */
  public synchronized void sync(List<Collector> wanted) {
    var next = new ArrayList<Asked>();
    for (Collector each : wanted) next.add(new Asked(each, demandOf(each)));
    asked = List.copyOf(next);
    collecting.sync(wanted);
    long now = clock.nanos();
    for (Asked each : next) each.demand().want(now - interval.toNanos());
  }

  @SuppressWarnings("ReferenceEquality") // a collector is itself, whatever it reads
  private Demand demandOf(Collector collector) {
    for (Asked each : asked) if (each.collector() == collector) return each.demand();
    return new Demand(collector, clock);
  }

  private void tick() {
    try {
      while (true) {
        clock.sleepUntil(clock.millis() + interval.toMillis());
        long from = clock.nanos() - interval.toNanos() / 2; // who scrapes has asked for it already
        for (Asked each : asked) each.demand().want(from);
      }
    } catch (InterruptedException _) { // closed
    }
  }

  /**
   * A round of each such collector, none of which began more than a second ago; one that is not
   * over in time says so and tells nothing else.
   */
  public List<Round> ask(Predicate<Collector> which, Duration atMost) throws InterruptedException {
    List<Asked> these = asked.stream().filter(each -> which.test(each.collector())).toList();
    long now = clock.nanos();
    long from = now - FRESH;
    for (Asked each : these) each.demand().want(from);
    var rounds = new ArrayList<Round>(these.size());
    for (Asked each : these) {
      long left = Math.max(0, atMost.toNanos() - (clock.nanos() - now));
      rounds.add(each.demand().await(from, left));
    }
    return rounds;
  }

  /** Those that run now. */
  public List<Collector> collectors() {
    return asked.stream().map(Asked::collector).toList();
  }

  /** How it stands with each collector. */
  public List<TargetStatus> statuses() {
    return collecting.statuses();
  }

  /** Ends all loops: every series of the sink gets its stale marker. */
  @Override
  public void close() {
    ticking.interrupt();
    collecting.close();
  }
}
