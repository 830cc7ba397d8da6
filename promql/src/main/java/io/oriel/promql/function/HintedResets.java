package io.oriel.promql.function;

import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Where the store does not know whether a native histogram was reset, the one before tells. */
public final class HintedResets {
  private HintedResets() {}

  /** Leaves count, sum and the hint; the buckets are looked at for the last time. */
  public static void reduceToCounts(SampleColumns samples) {
    if (samples.histograms == null) return;
    tell(samples);
    @Nullable Histogram[] histograms = samples.withHistograms();
    for (int i = 0; i < samples.size; i++) {
      Histogram histogram = histograms[i];
      if (histogram != null) histograms[i] = histogram.withoutBuckets();
    }
  }

  /** Gives each histogram of a series such a hint; the first one keeps what it has. */
  public static void tell(SampleColumns samples) {
    if (samples.histograms == null) return;
    @Nullable Histogram[] histograms = samples.withHistograms();
    Histogram before = null;
    for (int i = 0; i < samples.size; i++) {
      Histogram now = histograms[i];
      if (now == null) continue;
      if (before != null && now.reset() == CounterReset.UNKNOWN) {
        boolean reset = now.isResetAfter(before);
        histograms[i] = now.withReset(reset ? CounterReset.RESET : CounterReset.NOT_RESET);
      }
      before = now;
    }
  }
}
