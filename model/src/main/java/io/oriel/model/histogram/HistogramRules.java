package io.oriel.model.histogram;

import java.util.Arrays;

/**
 * What a native histogram must keep to before it is stored. Who reads one from a protocol asks
 * here, and the store does once more.
 *
 * <p>Source of rules and words: Prometheus, {@code model/histogram}: {@code Validate}.
 */
public final class HistogramRules {
  /** Buckets that one histogram may have, and bounds: one must fit a page of the store. */
  public static final int MOST_BUCKETS = 3000;

  private HistogramRules() {}

  /**
   * Checks a histogram whose counts may be fractions: rounding may keep them from adding up.
   *
   * @throws InvalidHistogram when it breaks a rule
   */
  public static void check(Histogram histogram) throws InvalidHistogram {
    checkSchema(histogram.schema());
    int most = Math.max(histogram.customBounds().length, buckets(histogram));
    if (most > MOST_BUCKETS) {
      throw new InvalidHistogram(
          "histogram has %d buckets or bounds, above the limit of %d"
              .formatted(most, MOST_BUCKETS));
    }
    if (histogram.custom()) checkCustom(histogram);
    else if (histogram.customBounds().length > 0) {
      throw new InvalidHistogram("histogram with exponential schema must not have custom bounds");
    }
    checkSide("positive side", histogram.positive());
    checkSide("negative side", histogram.negative());
    checkCount("zero bucket has observation count of ", histogram.zeroCount());
    checkCount("observation count is ", histogram.count());
    if (!(histogram.zeroThreshold() >= 0)) {
      throw new InvalidHistogram(
          "zero bucket has a threshold of "
              + histogram.zeroThreshold()
              + ", which must not be below 0");
    }
  }

  /**
   * Checks a histogram whose counts are whole: they add up to its count, or stay below it where
   * values were observed that are no number (then its sum is none either).
   *
   * @throws InvalidHistogram when it breaks a rule
   */
  public static void checkWhole(Histogram histogram) throws InvalidHistogram {
    check(histogram);
    double found =
        histogram.zeroCount() + histogram.positive().total() + histogram.negative().total();
    boolean fits =
        Double.isNaN(histogram.sum()) ? found <= histogram.count() : found == histogram.count();
    if (fits) return;
    throw new InvalidHistogram(
        "%.0f observations found in buckets, but the Count field is %.0f: %s"
            .formatted(
                found,
                histogram.count(),
                Double.isNaN(histogram.sum())
                    ? "histogram's observation count should be at least the number of"
                        + " observations found in the buckets"
                    : "histogram's observation count should equal the number of observations"
                        + " found in the buckets (in absence of NaN)"));
  }

  /** Whether there are buckets of such a schema. */
  public static void checkSchema(int schema) throws InvalidHistogram {
    if (schema == Histogram.CUSTOM) return;
    if (schema >= Histogram.COARSEST && schema <= Histogram.FINEST) return;
    throw new InvalidHistogram(
        "histogram has an invalid schema, which must be between -4 and 8 for exponential buckets,"
            + " or -53 for custom buckets; it is "
            + schema);
  }

  private static int buckets(Histogram histogram) {
    return histogram.positive().size() + histogram.negative().size();
  }

  private static void checkCustom(Histogram histogram) throws InvalidHistogram {
    if (histogram.zeroCount() != 0) {
      throw new InvalidHistogram("custom buckets: must have zero count of 0");
    }
    if (histogram.zeroThreshold() != 0) {
      throw new InvalidHistogram("custom buckets: must have zero threshold of 0");
    }
    if (!histogram.negative().isEmpty()) {
      throw new InvalidHistogram("custom buckets: must not have negative buckets");
    }
    double[] bounds = histogram.customBounds();
    for (int i = 0; i < bounds.length; i++) {
      if (!Double.isFinite(bounds[i])) {
        throw new InvalidHistogram(
            "custom bound %d is %s: histogram custom bounds must be finite"
                .formatted(i, bounds[i]));
      }
      if (i > 0 && bounds[i] <= bounds[i - 1]) {
        throw new InvalidHistogram(
            "previous bound is %s and current is %s: histogram custom bounds must be in strictly increasing order"
                .formatted(bounds[i - 1], bounds[i]));
      }
    }
    int[] indexes = histogram.positive().indexes();
    if (indexes.length == 0) return;
    if (indexes[0] < 0 || indexes[indexes.length - 1] > bounds.length) {
      throw new InvalidHistogram(
          "only %d custom bounds defined which is insufficient to cover bucket %d: histogram custom bounds are too few"
              .formatted(bounds.length, indexes[indexes.length - 1]));
    }
  }

  private static void checkSide(String side, Buckets buckets) throws InvalidHistogram {
    int[] indexes = buckets.indexes();
    double[] counts = buckets.counts();
    for (int i = 0; i < counts.length; i++) {
      if (i > 0 && indexes[i] <= indexes[i - 1]) {
        throw new InvalidHistogram(side + ": histogram has a span whose offset is negative");
      }
      if (counts[i] < 0) {
        throw new InvalidHistogram(
            "%s: bucket number %d has observation count of %s: histogram has a bucket whose observation count is negative"
                .formatted(side, i + 1, counts[i]));
      }
    }
  }

  private static void checkCount(String what, double count) throws InvalidHistogram {
    if (count >= 0 || Double.isNaN(count)) return;
    throw new InvalidHistogram(
        what + count + ": histogram has a bucket whose observation count is negative");
  }

  /**
   * Makes buckets of spans, as protocols write them: each begins so many indexes behind the end of
   * the one before (the first: behind 0) and covers so many of the counts. Empty buckets are left
   * out.
   *
   * @param side named in messages: positive or negative
   * @param offsets of the spans; only the first may be negative
   * @param counts one for each bucket that the spans cover, not yet the difference of two
   */
  public static Buckets ofSpans(
      String side, int[] offsets, int[] lengths, int spans, double[] counts, int size)
      throws InvalidHistogram {
    long covered = 0;
    for (int i = 0; i < spans; i++) {
      if (i > 0 && offsets[i] < 0) {
        throw new InvalidHistogram(
            "%s side: span number %d with offset %d: histogram has a span whose offset is negative"
                .formatted(side, i + 1, offsets[i]));
      }
      covered += lengths[i] & 0xffff_ffffL;
    }
    if (covered != size) {
      throw new InvalidHistogram(
          "%s side: spans need %d buckets, have %d buckets: histogram spans specify different number of buckets than provided"
              .formatted(side, covered, size));
    }
    int[] indexes = new int[size];
    long index = 0;
    int at = 0;
    for (int i = 0; i < spans; i++) {
      index += offsets[i];
      for (int left = lengths[i]; left > 0; left--) indexes[at++] = checkedIndex(side, index++);
    }
    return Buckets.filled(indexes, Arrays.copyOf(counts, size));
  }

  private static int checkedIndex(String side, long index) throws InvalidHistogram {
    if (index == (int) index) return (int) index;
    throw new InvalidHistogram(side + " side: a span ends beyond every bucket");
  }
}
