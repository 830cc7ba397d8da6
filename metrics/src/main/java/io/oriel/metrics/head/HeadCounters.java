package io.oriel.metrics.head;

import io.oriel.model.backend.Receipt.Reason;
import io.oriel.model.limit.Refusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What went into the head since it was opened. Thread-safe. */
public final class HeadCounters {
  private final LongAdder appended = new LongAdder();
  private final LongAdder lateFloats = new LongAdder();
  private final LongAdder lateHistograms = new LongAdder();
  private final Map<String, LongAdder> refusedSeries = new ConcurrentHashMap<>(); // by reason
  private final Map<Reason, LongAdder> refused = new EnumMap<>(Reason.class);

  HeadCounters() {
    for (Reason reason : Reason.values()) refused.put(reason, new LongAdder());
  }

  void appended(int samples) {
    appended.add(samples);
  }

  void appendedOutOfOrder(int floats, int histograms) {
    lateFloats.add(floats);
    lateHistograms.add(histograms);
  }

  /** Floats among those that were kept which came behind newer ones. */
  public long outOfOrderFloats() {
    return lateFloats.sum();
  }

  /** The same of native histograms. */
  public long outOfOrderHistograms() {
    return lateHistograms.sum();
  }

  void refused(Reason reason, int samples) {
    LongAdder count = refused.get(reason);
    if (count != null) count.add(samples); // as it is for every reason
  }

  void refusedSeries(Refusal why) {
    String reason = why instanceof Refusal.LimitReached l ? l.limit().key() : "no_metric_name";
    refusedSeries.computeIfAbsent(reason, _ -> new LongAdder()).increment();
  }

  /** Samples that were kept. */
  public long samplesAppended() {
    return appended.sum();
  }

  /** New series that were refused, by the key of the limit that they broke. */
  public Map<String, Long> seriesRefused() {
    var counts = new TreeMap<String, Long>();
    refusedSeries.forEach((reason, count) -> counts.put(reason, count.sum()));
    return counts;
  }

  /** Samples that were refused, by reason. */
  public Map<Reason, Long> samplesRefused() {
    var counts = new EnumMap<Reason, Long>(Reason.class);
    refused.forEach((reason, count) -> counts.put(reason, count.sum()));
    return counts;
  }
}
