package io.oriel.promql.function;

/**
 * A compensated sum (Kahan, Neumaier): what rounding cuts off is carried along. The mean of values
 * whose sum overflows is kept as a mean from there on.
 */
public final class Sum {
  private double sum;
  private double rest;
  private double mean;
  private boolean asMean;
  private long count;

  public void clear() {
    sum = 0;
    rest = 0;
    mean = 0;
    asMean = false;
    count = 0;
  }

  public void add(double value) {
    double next = sum + value;
    rest += lost(sum, value, next);
    sum = next;
    if (Double.isInfinite(next)) rest = 0;
  }

  /** What rounding cuts off when a value is added to a sum. */
  static double lost(double sum, double value, double next) {
    return Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
  }

  /** The sum with what rounding had cut off. */
  public double exact() {
    return Double.isInfinite(sum) ? sum : sum + rest;
  }

  /** Counts the value towards {@link #mean}. */
  public void addToMean(double value) {
    count++;
    if (!asMean) {
      double next = sum + value;
      if (!Double.isInfinite(next) || count == 1) {
        if (!Double.isInfinite(next)) rest += lost(sum, value, next);
        sum = next;
        return;
      }
      asMean = true;
      mean = sum / (count - 1);
      rest /= count - 1;
    }
    double share = (count - 1) / (double) count;
    double before = share * mean;
    double part = value / count;
    mean = before + part;
    rest = Double.isInfinite(mean) ? 0 : share * rest + lost(before, part, mean);
  }

  public double mean() {
    return asMean ? mean + rest : sum / count + rest / count;
  }
}
