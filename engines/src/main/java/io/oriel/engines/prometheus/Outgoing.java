package io.oriel.engines.prometheus;

import io.oriel.model.Clock;
import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.storage.queue.DurableQueue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The way in: a sink whose batches become records of the queue. Thread-safe. */
final class Outgoing implements MetricSink {
  private static final int MOST_METRICS = 100_000; // of which metadata are remembered

  final SeriesTable series;
  final DurableQueue queue;
  final OutCounters counters;
  final AtomicBoolean refuses = new AtomicBoolean(); // the queue, when a copy came last
  private final Clock clock;
  private final Limits limits;
  private final Map<String, MetricMetadata> said = new ConcurrentHashMap<>();

  Outgoing(Destination to, DurableQueue queue, Limits limits, Clock clock, OutCounters counters) {
    this.series = new SeriesTable(new LeavingLabels(to, limits));
    this.queue = queue;
    this.limits = limits;
    this.clock = clock;
    this.counters = counters;
  }

  @Override
  public MetricWriter writer() {
    return new OutgoingWriter(this);
  }

  /** What sources said of metrics, by name; grows while it is read. */
  Map<String, MetricMetadata> metadata() {
    return said;
  }

  void remember(String metric, MetricMetadata metadata) {
    if (said.size() < MOST_METRICS || said.containsKey(metric)) said.put(metric, metadata);
  }

  /** Times after this one are not taken: one such sample would shut out all that follow. */
  long latestMs() {
    return clock.millis() + 1000 * limits.of(Limit.SAMPLE_AHEAD_SECONDS);
  }

  /** Counts what was handed to the queue, and what was not. */
  void count(Receipt receipt) {
    counters.queued(receipt.kept() + receipt.histograms());
    receipt.refused().forEach((reason, number) -> counters.dropped(reason.label(), number));
  }
}
