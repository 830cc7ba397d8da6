package io.oriel.model.histogram;

/**
 * Walks over all buckets of a histogram by their bounds, from low to high or from high to low:
 * negative ones, the zero bucket where it holds something, positive ones. A bucket that the zero
 * bucket overlaps begins where that ends.
 *
 * <pre>
 *   var walk = BucketWalk.up(histogram);
 *   while (walk.next()) use(walk.lower(), walk.upper(), walk.count());
 * </pre>
 */
public final class BucketWalk {
  private final Histogram histogram;
  private final boolean up;
  private int at; // -negative.size() and up, 0 is the zero bucket, then positive ones
  private double lower;
  private double upper;
  private double count;

  private BucketWalk(Histogram histogram, boolean up) {
    this.histogram = histogram;
    this.up = up;
    this.at = up ? -histogram.negative().size() - 1 : histogram.positive().size() + 1;
  }

  public static BucketWalk up(Histogram histogram) {
    return new BucketWalk(histogram, true);
  }

  public static BucketWalk down(Histogram histogram) {
    return new BucketWalk(histogram, false);
  }

  /** Moves to the next bucket; false behind the last. */
  public boolean next() {
    at += up ? 1 : -1;
    if (at == 0 && !(histogram.zeroCount() > 0)) at += up ? 1 : -1;
    if (at > histogram.positive().size() || at < -histogram.negative().size()) return false;
    if (at == 0) zero();
    else if (at > 0) positive(at - 1);
    else negative(-at - 1);
    return true;
  }

  private void zero() {
    lower = -histogram.zeroThreshold();
    upper = histogram.zeroThreshold();
    count = histogram.zeroCount();
  }

  private void positive(int bucket) {
    int index = histogram.positive().indexes()[bucket];
    lower = BucketBounds.upper(histogram, index - 1);
    upper = BucketBounds.upper(histogram, index);
    if (lower > 0 && lower < histogram.zeroThreshold()) lower = histogram.zeroThreshold();
    count = histogram.positive().counts()[bucket];
  }

  private void negative(int bucket) {
    int index = histogram.negative().indexes()[bucket];
    lower = -BucketBounds.upper(histogram, index);
    upper = -BucketBounds.upper(histogram, index - 1);
    if (upper < 0 && upper > -histogram.zeroThreshold()) upper = -histogram.zeroThreshold();
    count = histogram.negative().counts()[bucket];
  }

  public double lower() {
    return lower;
  }

  public double upper() {
    return upper;
  }

  public double count() {
    return count;
  }

  /** Whether this is the bucket around zero. */
  public boolean isZero() {
    return at == 0;
  }

  /** Whether values that equal the lower bound are inside. */
  public boolean holdsLower() {
    if (histogram.custom()) return at == 1 && histogram.positive().indexes()[0] == 0;
    return at <= 0;
  }

  /** Whether values that equal the upper bound are inside. */
  public boolean holdsUpper() {
    return at >= 0;
  }
}
