package io.oriel.metrics.read;

import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;

/** Joins two runs of samples that lie one behind the other. */
final class Merge {
  private Merge() {}

  /**
   * Brings the samples from {@code start} on in order, where those before {@code middle} and those
   * from it on are in order already. Of two samples of one time the later run's is kept.
   */
  static void sorted(SampleColumns samples, int start, int middle) {
    int end = samples.size;
    if (middle == start || middle == end) return;
    if (samples.times[middle - 1] < samples.times[middle]) return; // as good as always
    var copy = new SampleColumns(end - start);
    copy.addAll(samples, start, end);
    long[] times = copy.times;
    int first = 0;
    int second = middle - start;
    final int firstEnd = second;
    samples.size = start;
    while (first < firstEnd || second < copy.size) {
      boolean takeFirst = second == copy.size || (first < firstEnd && times[first] < times[second]);
      if (!takeFirst && first < firstEnd && times[first] == times[second]) first++;
      int from = takeFirst ? first++ : second++;
      samples.addAll(copy, from, from + 1);
      boolean isFirst = from == 0 || from == firstEnd; // of its run: what was before is unknown
      if (!isFirst && isBehindAnother(samples, times[from - 1])) doubt(samples);
    }
  }

  private static boolean isBehindAnother(SampleColumns samples, long timeBefore) {
    return samples.size > 1 && samples.times[samples.size - 2] != timeBefore;
  }

  /** A histogram that stands behind another than before may have been reset or not. */
  private static void doubt(SampleColumns samples) {
    Histogram histogram = samples.histogram(samples.size - 1);
    if (histogram == null || histogram.reset() == CounterReset.GAUGE) return;
    samples.withHistograms()[samples.size - 1] = histogram.withReset(CounterReset.UNKNOWN);
  }
}
