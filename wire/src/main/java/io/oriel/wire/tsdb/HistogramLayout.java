package io.oriel.wire.tsdb;

import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What all histograms of a chunk share: schema, zero threshold, which buckets there are.
 *
 * @param positive the indexes of the positive buckets, empty ones among them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HistogramLayout(
    double zeroThreshold, int schema, int[] positive, int[] negative, double[] customBounds) {
  private static final int MOST_BUCKETS = 1 << 16; // a chunk of Prometheus has a thousandth of it
  private static final int THRESHOLD_AS_IT_IS = 255;
  private static final int THRESHOLD_SHIFT = 243;
  private static final double[] NO_BOUNDS = {};

  /** Reads it; null where it can't be one. */
  static @Nullable HistogramLayout read(BitWalk in) {
    double threshold = threshold(in);
    int schema = (int) in.varbitSigned();
    int[] positive = indexes(in);
    int[] negative = indexes(in);
    if (positive.length > MOST_BUCKETS || negative.length > MOST_BUCKETS || in.beyond())
      return null;
    double[] bounds = schema == Histogram.CUSTOM ? bounds(in) : NO_BOUNDS;
    return in.beyond() ? null : new HistogramLayout(threshold, schema, positive, negative, bounds);
  }

  private static double threshold(BitWalk in) {
    int code = (int) in.bits(8);
    if (code == 0) return 0;
    if (code == THRESHOLD_AS_IT_IS) return Double.longBitsToDouble(in.bits(64));
    return Math.scalb(0.5, code - THRESHOLD_SHIFT);
  }

  /** Spans of buckets side by side: each has a length and a distance to the one before. */
  private static int[] indexes(BitWalk in) {
    long spans = in.varbitUnsigned();
    var indexes = new int[16];
    int size = 0;
    long next = 0;
    for (long span = 0; span < spans && !in.beyond(); span++) {
      long length = in.varbitUnsigned();
      next += in.varbitSigned();
      if (length < 0 || size + length > MOST_BUCKETS) return new int[MOST_BUCKETS + 1];
      if (size + length > indexes.length) {
        indexes = Arrays.copyOf(indexes, (int) Math.max(size + length, 2L * size));
      }
      for (int i = 0; i < length; i++) indexes[size++] = (int) next++;
    }
    return Arrays.copyOf(indexes, size);
  }

  private static double[] bounds(BitWalk in) {
    long count = in.varbitUnsigned();
    if (count < 0 || count > MOST_BUCKETS) return NO_BOUNDS;
    var bounds = new double[(int) count];
    for (int i = 0; i < bounds.length; i++) {
      long thousandths = in.varbitUnsigned();
      bounds[i] =
          thousandths == 0 ? Double.longBitsToDouble(in.bits(64)) : (thousandths - 1) / 1000.0;
    }
    return bounds;
  }

  /** A histogram of this layout; buckets without observations are left out. */
  Histogram histogram(
      double count,
      double sum,
      double zeroCount,
      double[] positiveCounts,
      double[] negativeCounts,
      CounterReset reset) {
    return new Histogram(
        schema,
        count,
        sum,
        zeroThreshold,
        zeroCount,
        filled(positive, positiveCounts),
        filled(negative, negativeCounts),
        customBounds,
        reset);
  }

  private static Buckets filled(int[] indexes, double[] counts) {
    int size = 0;
    for (double count : counts) {
      if (count != 0) size++;
    }
    var filledIndexes = new int[size];
    var filledCounts = new double[size];
    int at = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) continue;
      filledIndexes[at] = indexes[i];
      filledCounts[at++] = counts[i];
    }
    return new Buckets(filledIndexes, filledCounts);
  }
}
