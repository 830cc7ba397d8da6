package io.oriel.wire.otlp;

import io.oriel.model.Exemplar;
import java.util.List;
import java.util.SortedMap;

/** One point of a metric: a closed family, a kind of metric each. */
@SuppressWarnings("ArrayRecordComponent") // arrays are what loops run over; points are not compared
public sealed interface Point {
  /** What every point has. */
  Head head();

  /**
   * What every point has.
   *
   * @param startMs 0 where nobody said
   * @param timeMs 0 where nobody said
   * @param noValue the series has ended or has no value now
   */
  record Head(SortedMap<String, String> attributes, long startMs, long timeMs, boolean noValue) {}

  /** Of a gauge or a sum. */
  record Single(Head head, double value, List<Exemplar> exemplars) implements Point {}

  /**
   * Of a histogram.
   *
   * @param hasSum whether the sum was said
   * @param counts one a bucket, not cumulated; one more than bounds, or none
   */
  record Buckets(
      Head head,
      double count,
      boolean hasSum,
      double sum,
      double[] counts,
      double[] bounds,
      List<Exemplar> exemplars)
      implements Point {}

  /**
   * Of an exponential histogram: bucket i of a side holds values in (base^(offset+i),
   * base^(offset+i+1)], with base 2^(2^-scale).
   */
  record Exponential(
      Head head,
      double count,
      double sum,
      int scale,
      double zeroCount,
      double zeroThreshold,
      Side positive,
      Side negative,
      List<Exemplar> exemplars)
      implements Point {}

  /** One side of an exponential histogram. */
  record Side(int offset, double[] counts) {
    public static final Side NONE = new Side(0, new double[0]);
  }

  /** Of a summary. */
  record Summary(Head head, double count, double sum, double[] quantiles, double[] values)
      implements Point {}
}
