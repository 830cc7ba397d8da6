package io.oriel.metrics.head;

import io.oriel.model.backend.Receipt.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What went into the head since it was opened. Thread-safe. */
public final class HeadCounters {
  private static final Reason[] REASONS = Reason.values();

  private final LongAdder appended = new LongAdder();
  private final LongAdder refusedSeries = new LongAdder();
  private final LongAdder[] refused = new LongAdder[REASONS.length];

  HeadCounters() {
    for (int i = 0; i < refused.length; i++) refused[i] = new LongAdder();
  }

  void appended(int samples) {
    appended.add(samples);
  }

  void refused(Reason reason, int samples) {
    refused[reason.ordinal()].add(samples);
  }

  void refusedSeries() {
    refusedSeries.increment();
  }

  /** Samples that were kept. */
  public long samplesAppended() {
    return appended.sum();
  }

  /** New series that were refused because there are too many. */
  public long seriesRefused() {
    return refusedSeries.sum();
  }

  /** Samples that were refused, by reason. */
  public Map<Reason, Long> samplesRefused() {
    var counts = new EnumMap<Reason, Long>(Reason.class);
    for (Reason reason : REASONS) counts.put(reason, refused[reason.ordinal()].sum());
    return counts;
  }
}
