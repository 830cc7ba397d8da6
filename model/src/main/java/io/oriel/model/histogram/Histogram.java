package io.oriel.model.histogram;

import java.util.Arrays;

/**
 * A native histogram: how often values fell into each bucket, at one moment. Immutable.
 *
 * <p>With a schema s from -4 to 8 the bucket i holds values in (2^((i-1)*2^-s), 2^(i*2^-s)], and
 * {@code negative} the same mirrored; values of at most {@code zeroThreshold} by size are in {@code
 * zeroCount}. With {@link #CUSTOM} the bounds are {@code customBounds} (upper, rising, without
 * +Inf), bucket i is numbered from 0, and there are neither negative buckets nor a zero bucket.
 *
 * @param schema the resolution, -4 to 8, or {@link #CUSTOM}
 * @param count all observations, NaN ones included; nothing checks it against the buckets
 * @param sum of all observed values
 */
@SuppressWarnings("ArrayRecordComponent") // arrays are what loops run over; equality is by content
public record Histogram(
    int schema,
    double count,
    double sum,
    double zeroThreshold,
    double zeroCount,
    Buckets positive,
    Buckets negative,
    double[] customBounds,
    CounterReset reset) {
  /** The schema of histograms with bounds of their own. */
  public static final int CUSTOM = -53;

  private static final double[] NO_BOUNDS = {};

  /** Nothing observed. */
  public static final Histogram EMPTY =
      new Histogram(0, 0, 0, 0, 0, Buckets.NONE, Buckets.NONE, NO_BOUNDS, CounterReset.UNKNOWN);

  public boolean custom() {
    return schema == CUSTOM;
  }

  public Histogram withReset(CounterReset other) {
    return other == reset
        ? this
        : new Histogram(
            schema, count, sum, zeroThreshold, zeroCount, positive, negative, customBounds, other);
  }

  /** What it counts as against the limit of samples: its size in units of 16 bytes. */
  public int weight() {
    long bytes =
        8L * (positive.size() + negative.size() + customBounds.length)
            + 8L * (positive.size() + negative.size()) / 2
            + 56;
    return (int) Math.ceilDiv(bytes, 16);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Histogram that
        && schema == that.schema
        && Double.compare(count, that.count) == 0
        && Double.compare(sum, that.sum) == 0
        && Double.compare(zeroThreshold, that.zeroThreshold) == 0
        && Double.compare(zeroCount, that.zeroCount) == 0
        && positive.equals(that.positive)
        && negative.equals(that.negative)
        && Arrays.equals(customBounds, that.customBounds)
        && reset == that.reset;
  }

  @Override
  public int hashCode() {
    int hash = 31 * schema + Double.hashCode(count);
    hash = 31 * hash + Double.hashCode(sum);
    hash = 31 * hash + positive.hashCode();
    return 31 * hash + negative.hashCode();
  }
}
