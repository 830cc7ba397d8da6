package io.oriel.receive.otlp;

import io.oriel.model.Stale;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.wire.otlp.Point;
import java.util.Arrays;

/**
 * Exponential histograms as native ones: the same buckets, numbered one higher, and no finer than
 * the finest that is stored.
 */
final class NativeBuckets {
  private static final double[] NO_BOUNDS = {};

  private NativeBuckets() {}

  /** Not for a scale below the coarsest schema: there is no such histogram. */
  static Histogram of(Point.Exponential point) {
    int steps = Math.max(0, point.scale() - Histogram.FINEST);
    return new Histogram(
        point.scale() - steps,
        point.count(),
        point.sum(),
        point.zeroThreshold(),
        point.zeroCount(),
        side(point.positive(), steps),
        side(point.negative(), steps),
        NO_BOUNDS,
        CounterReset.UNKNOWN);
  }

  /** The end of a series of histograms. */
  static Histogram stale() {
    return new Histogram(
        0, 0, Stale.MARKER, 0, 0, Buckets.NONE, Buckets.NONE, NO_BOUNDS, CounterReset.UNKNOWN);
  }

  private static Buckets side(Point.Side side, int steps) {
    double[] sent = side.counts();
    int[] indexes = new int[sent.length];
    double[] counts = new double[sent.length];
    int n = 0;
    for (int i = 0; i < sent.length; i++) {
      if (sent[i] == 0) continue;
      int index = index(side.offset() + (long) i, steps);
      if (n == 0 || indexes[n - 1] != index) indexes[n++] = index;
      counts[n - 1] += sent[i];
    }
    return n == 0 ? Buckets.NONE : new Buckets(Arrays.copyOf(indexes, n), Arrays.copyOf(counts, n));
  }

  /** What would overflow is put into the last bucket, where no number is. */
  private static int index(long sent, int steps) {
    return (int) Math.min(sent >> Math.min(steps, 62), Integer.MAX_VALUE - 1) + 1;
  }
}
