package io.oriel.model.histogram;

/** Many histograms folded into one that is written to: a sum or a mean. */
public sealed interface HistogramFold permits HistogramSum, HistogramMean {

  static HistogramFold of(boolean mean) {
    return mean ? new HistogramMean() : new HistogramSum();
  }

  void clear();

  /**
   * Takes one more.
   *
   * @return false where one has exponential and the other custom buckets: they can't be added
   */
  boolean add(Histogram histogram);

  /** Whether custom bounds differed, so that some were given up. */
  boolean reconciled();

  /** Whether one said that its counter began anew and another that its own did not. */
  boolean resetsCollide();

  /** What has come together; more may be added afterwards. */
  Histogram result();
}
