package io.oriel.wire.exposition;

import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramRules;
import io.oriel.model.histogram.InvalidHistogram;
import java.util.Arrays;

/**
 * A classic histogram as it comes, bucket after bucket, each with all that is below its bound; and
 * what it is with custom buckets. Reused for one after the other.
 *
 * <p>Source: Prometheus, {@code util/convertnhcb}.
 */
final class CumulativeBuckets {
  private double[] bounds = new double[16];
  private double[] counts = new double[16];
  private int size;
  private double count;
  private double sum;
  private boolean hasCount;

  void clear() {
    size = 0;
    count = sum = 0;
    hasCount = false;
  }

  void count(double all) {
    count = all;
    hasCount = true;
  }

  void sum(double all) {
    sum = all;
  }

  /** Bounds rise, as a rule; one that comes late is put in its place, a second one is not heard. */
  void bucket(double bound, double cumulative) {
    int at = size;
    while (at > 0 && bounds[at - 1] > bound) at--;
    if (at > 0 && bounds[at - 1] == bound) return;
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    System.arraycopy(bounds, at, bounds, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    bounds[at] = bound;
    counts[at] = cumulative;
    size++;
  }

  /**
   * The same with custom buckets.
   *
   * @throws InvalidHistogram when the buckets contradict each other
   */
  Histogram histogram() throws InvalidHistogram {
    boolean hasInfinity = size > 0 && bounds[size - 1] == Double.POSITIVE_INFINITY;
    int finite = hasInfinity ? size - 1 : size;
    double last = size > 0 ? counts[size - 1] : 0;
    double all = hasCount ? count : last;
    if (hasInfinity && all != last) {
      throw new InvalidHistogram("its _count is %s and its bucket of +Inf %s".formatted(all, last));
    }
    double[] own = new double[finite + 1];
    int[] indexes = new int[finite + 1];
    double before = 0;
    for (int i = 0; i <= finite; i++) {
      double cumulative = i < finite ? counts[i] : all;
      if (!(cumulative >= before)) {
        throw new InvalidHistogram(
            "its bucket number %d holds %s, and the one before %s"
                .formatted(i + 1, cumulative, before));
      }
      own[i] = cumulative - before;
      indexes[i] = i;
      before = cumulative;
    }
    var histogram =
        new Histogram(
                Histogram.CUSTOM,
                all,
                sum,
                0,
                0,
                new Buckets(indexes, own),
                Buckets.NONE,
                Arrays.copyOf(bounds, finite),
                CounterReset.UNKNOWN)
            .compact();
    HistogramRules.check(histogram);
    return histogram;
  }
}
