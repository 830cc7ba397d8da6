package io.oriel.model.histogram;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

  /** The schema with the widest buckets. */
  public static final int COARSEST = -4;

  /** The schema with the narrowest buckets. */
  public static final int FINEST = 8;

  private static final double[] NO_BOUNDS = {};
  private static final int FIXED_BYTES = 168; // as Prometheus counts, so that its limits fit here

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

  /** Of the same schema and custom bounds, with nothing observed. */
  public Histogram emptied() {
    return new Histogram(
        schema, 0, 0, 0, 0, Buckets.NONE, Buckets.NONE, customBounds, CounterReset.UNKNOWN);
  }

  /** Schema, count, sum and hint alone: enough for who asks for no distribution. */
  public Histogram withoutBuckets() {
    return new Histogram(schema, count, sum, 0, 0, Buckets.NONE, Buckets.NONE, NO_BOUNDS, reset);
  }

  /** All of it multiplied; by a negative factor it becomes a gauge. */
  public Histogram times(double factor) {
    return new Histogram(
        schema,
        count * factor,
        sum * factor,
        zeroThreshold,
        custom() ? 0 : zeroCount * factor,
        positive.times(factor),
        negative.times(factor),
        customBounds,
        factor < 0 ? CounterReset.GAUGE : reset);
  }

  /** All of it divided; by zero no bucket remains. */
  public Histogram dividedBy(double divisor) {
    return new Histogram(
        schema,
        count / divisor,
        sum / divisor,
        zeroThreshold,
        custom() ? 0 : zeroCount / divisor,
        divisor == 0 ? Buckets.NONE : positive.dividedBy(divisor),
        divisor == 0 ? Buckets.NONE : negative.dividedBy(divisor),
        customBounds,
        divisor < 0 ? CounterReset.GAUGE : reset);
  }

  /** The same in a schema that is coarser or equal; not for custom buckets. */
  public Histogram reducedTo(int coarser) {
    if (custom() || coarser > schema || coarser < COARSEST) {
      throw new IllegalArgumentException("schema " + schema + " can't be reduced to " + coarser);
    }
    if (coarser == schema) return this;
    var reduced = new HistogramSum();
    reduced.set(this);
    reduced.reduceTo(coarser);
    return reduced.result();
  }

  /** The same without buckets that are listed and hold nothing. */
  public Histogram compact() {
    Buckets p = Buckets.filled(positive.indexes(), positive.counts());
    Buckets n = Buckets.filled(negative.indexes(), negative.counts());
    boolean compact = p.size() == positive.size() && n.size() == negative.size();
    return compact
        ? this
        : new Histogram(schema, count, sum, zeroThreshold, zeroCount, p, n, customBounds, reset);
  }

  /**
   * What a store says of counter resets when it gives this histogram back: a gauge is one; of a
   * counter it knows that none began where it could go on with the layout of the one before.
   *
   * @param before null where the series' sample before was a float, a marker, or is not known
   */
  public CounterReset hintAfter(@Nullable Histogram before) {
    if (reset == CounterReset.GAUGE) return CounterReset.GAUGE;
    boolean goesOn =
        before != null
            && before.reset != CounterReset.GAUGE
            && reset != CounterReset.RESET
            && hasLayoutOf(before)
            && !withReset(CounterReset.UNKNOWN).isResetAfter(before);
    return goesOn ? CounterReset.NOT_RESET : CounterReset.UNKNOWN;
  }

  /** Whether both have the same schema, zero bucket and custom bounds. */
  public boolean hasLayoutOf(Histogram other) {
    return schema == other.schema
        && Double.compare(zeroThreshold, other.zeroThreshold) == 0
        && Arrays.equals(customBounds, other.customBounds);
  }

  /**
   * Whether the counter began anew between an earlier histogram of the series and this one; by the
   * hint of this one, where it says so.
   */
  public boolean isResetAfter(Histogram before) {
    return ResetDetection.between(before, this);
  }

  /** Whether both hold the same observations, whatever they say of counter resets. */
  public boolean sameAs(Histogram other) {
    return withReset(other.reset).equals(other);
  }

  /**
   * Without what lies above a value ({@code upper}) or below it. A bucket that the value cuts is
   * shared out; count and sum are estimated anew from what remains.
   */
  public Histogram trimmed(double value, boolean upper) {
    return new Trim(this, value, upper).result();
  }

  /** The least threshold from this one on that cuts no filled bucket. */
  double settled(double threshold) {
    double reached = threshold;
    double before;
    do {
      before = reached;
      reached = settled(negative, settled(positive, reached));
    } while (reached != before);
    return reached;
  }

  private double settled(Buckets side, double threshold) {
    for (int i = 0; i < side.size(); i++) {
      int index = side.indexes()[i];
      if (BucketBounds.upper(schema, index - 1) >= threshold) break;
      double upper = BucketBounds.upper(schema, index);
      if (upper > threshold && side.counts()[i] != 0) return upper;
    }
    return threshold;
  }

  /** What it counts as against the limit of samples: its size in units of 16 bytes. */
  public int weight() {
    int runs = positive.runs() + negative.runs();
    int numbers = positive.size() + negative.size() + customBounds.length;
    return (FIXED_BYTES + 8 * (runs + numbers) + 8) / 16;
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

  /** In the notation of test files: {@code {{schema:1 count:3 ...}}}. */
  @Override
  public String toString() {
    return HistogramText.print(this);
  }
}
