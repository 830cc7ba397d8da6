package io.oriel.model.histogram;

/** Cuts a histogram at a value, and estimates count and sum of what remains. */
final class Trim {
  private final Histogram histogram;
  private final double value;
  private final boolean upper; // whether what lies above goes
  private final boolean linear;
  private double count;
  private double sum;
  private boolean cut;

  Trim(Histogram histogram, double value, boolean upper) {
    this.histogram = histogram;
    this.value = value;
    this.upper = upper;
    this.linear = histogram.custom();
  }

  Histogram result() {
    Buckets positive = side(histogram.positive(), true);
    Buckets negative = side(histogram.negative(), false);
    double zero = histogram.zeroCount() > 0 ? zero() : histogram.zeroCount();
    if (!cut) return histogram; // count and sum are better known than estimated
    return new Histogram(
        histogram.schema(),
        count,
        sum,
        histogram.zeroThreshold(),
        zero,
        positive,
        negative,
        histogram.customBounds(),
        histogram.reset());
  }

  private Buckets side(Buckets side, boolean positive) {
    double[] kept = new double[side.size()];
    for (int i = 0; i < kept.length; i++) {
      int index = side.indexes()[i];
      double far = BucketBounds.upper(histogram, index);
      double near = BucketBounds.upper(histogram, index - 1);
      kept[i] =
          positive
              ? bucket(near, far, side.counts()[i], true)
              : bucket(-far, -near, side.counts()[i], false);
    }
    return Buckets.filled(side.indexes(), kept);
  }

  /** How much of a bucket remains. */
  private double bucket(double low, double high, double held, boolean positive) {
    if (upper ? high <= value : low >= value) return keep(held, middle(low, high, positive), held);
    if (upper ? low >= value : high <= value) return keep(0, 0, held);
    if (Double.isInfinite(low)) return endless(high, held);
    if (Double.isInfinite(high)) return upper ? keep(0, 0, held) : keep(held, value, held);
    double below = held * Estimates.shareBelow(low, high, value, linear);
    return upper
        ? keep(below, middle(low, value, positive), held)
        : keep(held - below, middle(value, high, positive), held);
  }

  private double keep(double kept, double middle, double held) {
    count += kept;
    sum += middle * kept;
    cut |= kept != held;
    return kept;
  }

  /** The bucket without a lower bound begins at zero where it ends above. */
  private double endless(double high, double held) {
    boolean known = high > 0 && !Double.isInfinite(high);
    if (upper) {
      if (value > 0 && known) return keep(held * value / high, value / 2, held);
      return high <= 0 ? keep(held, value, held) : keep(0, 0, held);
    }
    if (value >= 0 && known) return keep(held * (1 - value / high), (value + high) / 2, held);
    return value == Double.NEGATIVE_INFINITY ? keep(held, 0, held) : keep(0, 0, held);
  }

  private double zero() {
    boolean onlyPositive = histogram.negative().isEmpty() && !histogram.positive().isEmpty();
    boolean onlyNegative = histogram.positive().isEmpty() && !histogram.negative().isEmpty();
    double low = onlyPositive ? 0 : -histogram.zeroThreshold();
    double high = onlyNegative ? 0 : histogram.zeroThreshold();
    double held = histogram.zeroCount();
    if (upper ? value >= high && value > low : value <= low) {
      return keep(held, (low + high) / 2, held);
    }
    if (upper ? value <= low : value >= high) return keep(0, 0, held);
    return upper
        ? keep(held * ((value - low) / (high - low)), (low + value) / 2, held)
        : keep(held * ((high - value) / (high - low)), (value + high) / 2, held);
  }

  /** Where the values of a bucket lie on average. */
  private double middle(double low, double high, boolean positive) {
    if (Double.isInfinite(low)) {
      if (Double.isInfinite(high)) return 0;
      return high > 0 ? high / 2 : high;
    }
    if (Double.isInfinite(high)) return low;
    if (linear) return (low + high) / 2;
    double size = Math.sqrt(Math.abs(low * high));
    return positive ? size : -size;
  }
}
