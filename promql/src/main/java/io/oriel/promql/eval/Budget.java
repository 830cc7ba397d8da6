package io.oriel.promql.eval;

import io.oriel.model.Clock;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.series.Steps;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What one query may still use: samples held, time; and what it has used. Thread-safe. */
final class Budget implements AutoCloseable {
  private static final long SERIES_WEIGHT = 8; // samples that weigh as much as one series' labels

  private final Limits limits;
  private final Room room;
  private final Clock clock;
  private final long startNanos;
  private final long allowedNanos;
  private final long allowedSamples;
  private final BooleanSupplier cancelled;
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong labelled = new AtomicLong(); // series that are held with their labels
  private final AtomicLong peak = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong series = new AtomicLong();
  private final @Nullable StepCount perStep; // null where nobody asked for it

  Budget(Limits limits, QueryOptions options, Clock clock, Room room, Steps steps) {
    this.perStep = options.perStep() ? new StepCount(steps) : null;
    this.limits = limits;
    this.room = room;
    this.clock = clock;
    this.startNanos = clock.nanos();
    Duration longest = Duration.ofSeconds(limits.of(Limit.QUERY_SECONDS));
    Duration asked = options.timeout();
    this.allowedNanos = (asked.compareTo(longest) < 0 ? asked : longest).toNanos();
    this.allowedSamples = limits.of(Limit.QUERY_SAMPLES);
    this.cancelled = options.cancelled();
  }

  Limits limits() {
    return limits;
  }

  /** Ends a query that has taken too long, or that nobody waits for any more. */
  void check() {
    if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw new Refusal.Cancelled("query was canceled in expression evaluation");
    }
    if (clock.nanos() - startNanos > allowedNanos) {
      throw new Refusal.TimedOut(
          "query timed out in expression evaluation",
          "ask for less, or raise the timeout (at most limits." + Limit.QUERY_SECONDS.key() + ")");
    }
  }

  /** Counts samples (or values at steps) that are held from now on. */
  void hold(long samples) {
    room.take(samples);
    long now = held.addAndGet(samples);
    if (now > allowedSamples) {
      throw new Refusal.LimitReached(
          Limit.QUERY_SAMPLES,
          allowedSamples,
          "query processing would load too many samples into memory in query execution: the query");
    }
    if (now > peak.get()) peak.accumulateAndGet(now, Math::max);
  }

  void release(long samples) {
    held.addAndGet(-samples);
    room.give(samples);
  }

  /** Counts a series that is held: labels and objects weigh more than the samples of one step. */
  void holdSeries() {
    room.take(SERIES_WEIGHT);
    labelled.incrementAndGet();
  }

  void releaseSeries(long count) {
    labelled.addAndGet(-count);
    room.give(count * SERIES_WEIGHT);
  }

  void selected(int count) {
    series.addAndGet(count);
  }

  /** Counts samples that pass by and are not kept. */
  void passed(int samples) {
    read.addAndGet(samples);
  }

  /** What is counted for each step; null where nobody asked for it. */
  @Nullable StepCount perStep() {
    return perStep;
  }

  /** Gives back what is still held: a query that failed half-way leaves some. */
  @Override
  public void close() {
    room.give(held.getAndSet(0) + SERIES_WEIGHT * labelled.getAndSet(0));
  }

  QueryAnswer.Stats stats() {
    return new QueryAnswer.Stats(
        series.get(),
        read.get(),
        peak.get(),
        clock.nanos() - startNanos,
        perStep == null ? List.of() : perStep.told());
  }
}
