package io.oriel.promql.eval;

import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Where the store does not know whether a native histogram was reset, the one before tells. */
final class HintedResets {
  private HintedResets() {}

  static SeriesReader.Walk before(SeriesReader.Walk walk, boolean wanted) {
    if (!wanted) return walk;
    return (labels, windows, samples, column) -> {
      if (samples.histograms != null) tell(samples);
      walk.walk(labels, windows, samples, column);
    };
  }

  private static void tell(SampleColumns samples) {
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
