package io.oriel.model.histogram;

/**
 * The mean of histograms: their sum divided by their number. From where a sum would overflow it is
 * kept as a mean.
 */
public final class HistogramMean implements HistogramFold {
  private final HistogramSum sum = new HistogramSum();
  private long number;
  private double largest; // no bucket can be larger than this
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
    long next = number + 1;
    if (asMean) {
      sum.scale((next - 1) / (double) next);
      if (!sum.add(histogram.dividedBy(next))) return false;
    } else if (!sum.add(histogram)) {
      return false;
    }
    largest += largest(histogram);
    number = next;
    return true;
  }

  private boolean wouldOverflow(Histogram histogram) {
    return Double.isInfinite(largest + largest(histogram));
  }

  private static double largest(Histogram histogram) {
    double largest = Math.max(Math.abs(histogram.count()), Math.abs(histogram.sum()));
    largest = Math.max(largest, Math.abs(histogram.zeroCount()));
    for (double count : histogram.positive().counts()) largest = Math.max(largest, Math.abs(count));
    for (double count : histogram.negative().counts()) largest = Math.max(largest, Math.abs(count));
    return largest;
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
