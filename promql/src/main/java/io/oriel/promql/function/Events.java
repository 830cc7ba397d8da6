package io.oriel.promql.function;

import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.Histogram;

/** What can happen between a sample and the one before it. */
final class Events {
  private Events() {}

  /** Whether the value is another one; from NaN to NaN it is not. */
  static boolean changed(SampleColumns samples, int i) {
    if (samples.histograms != null) {
      Histogram now = samples.histogram(i);
      Histogram before = samples.histogram(i - 1);
      if (now != null || before != null)
        return now == null || before == null || !now.sameAs(before);
    }
    double now = samples.values[i];
    double before = samples.values[i - 1];
    return now != before && !(Double.isNaN(now) && Double.isNaN(before));
  }

  /**
   * Whether a counter began anew: it fell, or its start lies between the two, or its kind changed.
   */
  static boolean reset(SampleColumns samples, int i) {
    if (Starts.reset(samples, i)) return true;
    if (samples.histograms != null) {
      Histogram now = samples.histogram(i);
      Histogram before = samples.histogram(i - 1);
      if ((now == null) != (before == null)) return true;
      if (now != null && before != null) return now.isResetAfter(before);
    }
    return samples.values[i] < samples.values[i - 1];
  }
}
