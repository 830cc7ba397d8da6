package io.oriel.model.histogram;

/**
 * The mean of histograms: their sum divided by their number. From where a sum would overflow it is
 * kept as a mean.
 */
public final class HistogramMean implements HistogramFold {
  private final HistogramSum sum = new HistogramSum();
  private int number;
  private double largest; // no part of the sum can be larger than this
  private boolean asMean;

  @Override
  public void clear() {
    sum.clear();
    number = 0;
    largest = 0;
    asMean = false;
  }

  public boolean isEmpty() {
    return number == 0;
  }

  @Override
  public boolean add(Histogram histogram) {
    if (number > 0 && !asMean && wouldOverflow(histogram)) {
      asMean = true;
      sum.divide(number);
    }
    int next = number + 1;
    if (!asMean) {
      if (!sum.add(histogram)) return false;
    } else {
      if (!sum.fits(histogram)) return false;
      sum.scale(number / (double) next);
      sum.add(histogram.dividedBy(next));
    }
    largest += largest(histogram);
    number = next;
    return true;
  }

  private boolean wouldOverflow(Histogram histogram) {
    return Double.isInfinite(largest + largest(histogram));
  }

  /** No part is larger, whatever buckets will be joined. */
  private static double largest(Histogram histogram) {
    double buckets = Math.abs(histogram.zeroCount());
    for (double count : histogram.positive().counts()) buckets += Math.abs(count);
    for (double count : histogram.negative().counts()) buckets += Math.abs(count);
    double others = Math.max(Math.abs(histogram.count()), Math.abs(histogram.sum()));
    return Math.max(buckets, others);
  }

  @Override
  public boolean reconciled() {
    return sum.reconciled();
  }

  @Override
  public boolean resetsCollide() {
    return sum.resetsCollide();
  }

  @Override
  public Histogram result() {
    if (asMean) return sum.result();
    var mean = sum.result();
    return mean.dividedBy(number);
  }
}
