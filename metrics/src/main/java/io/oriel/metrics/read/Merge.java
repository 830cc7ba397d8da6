package io.oriel.metrics.read;

import io.oriel.model.SampleColumns;
import java.util.Arrays;

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
    long[] times = Arrays.copyOfRange(samples.times, start, end);
    double[] values = Arrays.copyOfRange(samples.values, start, end);
    int first = 0;
    int second = middle - start;
    final int firstEnd = second;
    samples.size = start;
    while (first < firstEnd || second < times.length) {
      boolean takeFirst =
          second == times.length || (first < firstEnd && times[first] < times[second]);
      if (!takeFirst && first < firstEnd && times[first] == times[second]) first++;
      int from = takeFirst ? first++ : second++;
      samples.add(times[from], values[from]);
    }
  }
}
