package io.oriel.model.histogram;

/** Where buckets end: the bounds that a schema, or a histogram's own list, gives to an index. */
final class BucketBounds {
  private static final int FINEST = 8; // schema; coarser ones have every 2nd, 4th... of its bounds
  private static final double[] WITHIN_ONE_POWER = new double[1 << FINEST];

  static {
    for (int i = 0; i < WITHIN_ONE_POWER.length; i++) {
      WITHIN_ONE_POWER[i] = Math.pow(2, i / (double) WITHIN_ONE_POWER.length);
    }
  }

  private BucketBounds() {}

  /** The upper bound of a positive bucket; with its sign turned the lower of a negative one. */
  static double upper(Histogram histogram, int index) {
    if (!histogram.custom()) return upper(histogram.schema(), index);
    double[] bounds = histogram.customBounds();
    if (index < 0) return Double.NEGATIVE_INFINITY;
    return index < bounds.length ? bounds[index] : Double.POSITIVE_INFINITY;
  }

  /**
   * 2^(index * 2^-schema). The last bucket before infinity ends at the largest number, so that what
   * lies above is infinity alone.
   */
  static double upper(int schema, int index) {
    int exponent = schema >= 0 ? index >> schema : saturated(index, -schema);
    int within = schema > 0 ? (index & ((1 << schema) - 1)) << (FINEST - schema) : 0;
    if (exponent == Double.MAX_EXPONENT + 1 && within == 0) return Double.MAX_VALUE;
    return Math.scalb(WITHIN_ONE_POWER[within], exponent);
  }

  private static int saturated(int index, int shift) {
    return Math.clamp((long) index << shift, -4096, 4096);
  }

  /** The index that a bucket falls to when the schema becomes coarser by so many steps. */
  static int coarser(int index, int steps) {
    return ((index - 1) >> steps) + 1;
  }
}
