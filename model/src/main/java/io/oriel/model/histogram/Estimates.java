package io.oriel.model.histogram;

/**
 * What can be told of observed values from their buckets. Within a bucket values are taken as
 * spread evenly: on a logarithmic scale, as the buckets are; around zero and in custom buckets on a
 * linear one. Where no bucket is negative, the zero bucket begins at zero, and mirrored.
 */
public final class Estimates {
  private Estimates() {}

  /** The value that a share q of the observations doesn't exceed; NaN where there are none. */
  public static double quantile(Histogram histogram, double q) {
    if (q < 0) return Double.NEGATIVE_INFINITY;
    if (q > 1) return Double.POSITIVE_INFINITY;
    if (histogram.count() == 0 || Double.isNaN(q)) return Double.NaN;
    // NaN observations are counted but in no bucket: only from below the rank is right, then
    boolean up = Double.isNaN(histogram.sum()) || q < 0.5;
    var walk = up ? BucketWalk.up(histogram) : BucketWalk.down(histogram);
    double rank = (up ? q : 1 - q) * histogram.count();
    double reached = 0;
    double inside = 0;
    boolean zero = false;
    double lower = 0;
    double upper = 0;
    while (walk.next()) {
      if (walk.count() == 0) continue;
      lower = walk.lower();
      upper = walk.upper();
      inside = walk.count();
      zero = walk.isZero();
      reached += inside;
      if (reached >= rank) break;
    }
    if (histogram.custom()) {
      if (lower == Double.NEGATIVE_INFINITY) {
        if (upper <= 0) return upper;
        lower = 0;
      } else if (upper == Double.POSITIVE_INFINITY) {
        return lower;
      }
    } else if (zero) {
      if (beginsAtZero(histogram)) lower = 0;
      if (endsAtZero(histogram)) upper = 0;
    }
    reached = Math.min(reached, histogram.count());
    if (reached < rank) return Double.isNaN(histogram.sum()) ? Double.NaN : upper;
    double share = (up ? rank - (reached - inside) : reached - rank) / inside;
    return between(lower, upper, share, histogram.custom());
  }

  private static boolean beginsAtZero(Histogram histogram) {
    return histogram.negative().isEmpty() && !histogram.positive().isEmpty();
  }

  private static boolean endsAtZero(Histogram histogram) {
    return histogram.positive().isEmpty() && !histogram.negative().isEmpty();
  }

  /** The value by which a share of a bucket is reached. */
  private static double between(double lower, double upper, double share, boolean custom) {
    if (custom || (lower <= 0 && upper >= 0)) return lower + (upper - lower) * share;
    double logLower = log2(Math.abs(lower));
    double logUpper = log2(Math.abs(upper));
    if (lower > 0) return Math.pow(2, logLower + (logUpper - logLower) * share);
    return -Math.pow(2, logUpper + (logLower - logUpper) * (1 - share));
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  /** Which share of a bucket lies below a value inside it. */
  static double shareBelow(double lower, double upper, double value, boolean linear) {
    if (linear) return (value - lower) / (upper - lower);
    double logLower = log2(Math.abs(lower));
    double logUpper = log2(Math.abs(upper));
    double log = log2(Math.abs(value));
    if (value > 0) return (log - logLower) / (logUpper - logLower);
    return 1 - (log - logUpper) / (logLower - logUpper);
  }

  /** The share of the observations between two values; NaN where there are none. */
  public static double fraction(Histogram histogram, double from, double to) {
    if (histogram.count() == 0 || Double.isNaN(from) || Double.isNaN(to)) return Double.NaN;
    if (from >= to) return 0;
    double all = Double.isNaN(histogram.sum()) ? inBuckets(histogram) : histogram.count();
    double below = Math.min(all, countBelow(histogram, from, all));
    double upTo = Math.min(all, countBelow(histogram, to, all));
    return (upTo - below) / histogram.count();
  }

  private static double countBelow(Histogram histogram, double value, double all) {
    double before = 0;
    var walk = BucketWalk.up(histogram);
    while (walk.next()) {
      double lower = walk.lower();
      double upper = walk.upper();
      boolean aroundZero = lower <= 0 && upper >= 0;
      if (aroundZero && beginsAtZero(histogram)) lower = 0;
      if (aroundZero && endsAtZero(histogram)) upper = 0;
      if (lower >= value) return before;
      if (upper > value) {
        // of a bucket that begins nowhere all is taken
        if (lower == Double.NEGATIVE_INFINITY) return walk.count();
        boolean linear = histogram.custom() || aroundZero;
        return before + walk.count() * shareBelow(lower, upper, value, linear);
      }
      before += walk.count();
    }
    return all;
  }

  private static double inBuckets(Histogram histogram) {
    double count = 0;
    var walk = BucketWalk.up(histogram);
    while (walk.next()) count += walk.count();
    return count;
  }

  /** Whether values that are no numbers were observed: they are counted but in no bucket. */
  public static boolean sawNaN(Histogram histogram) {
    return Double.isNaN(histogram.sum()) && inBuckets(histogram) < histogram.count();
  }

  /** The estimated variance; NaN where there are no observations. */
  public static double variance(Histogram histogram) {
    double mean = histogram.sum() / histogram.count();
    double total = 0;
    double rest = 0;
    var walk = BucketWalk.up(histogram);
    while (walk.next()) {
      if (walk.count() == 0) continue;
      double distance = middle(histogram, walk) - mean;
      double value = walk.count() * distance * distance;
      double next = total + value;
      rest = Double.isInfinite(next) ? 0 : rest + BucketSums.lost(total, value, next);
      total = next;
    }
    return (total + rest) / histogram.count();
  }

  private static double middle(Histogram histogram, BucketWalk bucket) {
    if (histogram.custom()) return (bucket.upper() + bucket.lower()) / 2;
    if (bucket.lower() <= 0 && bucket.upper() >= 0) return 0;
    double size = Math.sqrt(bucket.upper() * bucket.lower());
    return bucket.upper() < 0 ? -size : size;
  }
}
