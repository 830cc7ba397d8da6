package io.oriel.promql.function;

import io.oriel.model.SampleColumns;

/** A straight line through samples by least squares; times in seconds from a given moment. */
final class Regression {
  private double slope;
  private double intercept;

  double slope() {
    return slope;
  }

  /** The value of the line at the moment that {@link #fit} was given. */
  double intercept() {
    return intercept;
  }

  void fit(SampleColumns samples, int from, int to, long originMs) {
    var x = new Sum();
    var y = new Sum();
    var xy = new Sum();
    var xx = new Sum();
    double firstValue = samples.values[from];
    boolean constant = true;
    for (int i = from; i < to; i++) {
      double value = samples.values[i];
      double seconds = (samples.times[i] - originMs) / 1000.0;
      constant &= value == firstValue;
      x.add(seconds);
      y.add(value);
      xy.add(seconds * value);
      xx.add(seconds * seconds);
    }
    if (constant) {
      boolean infinite = Double.isInfinite(firstValue);
      slope = infinite ? Double.NaN : 0;
      intercept = infinite ? Double.NaN : firstValue;
      return;
    }
    double n = to - from;
    double covariance = xy.exact() - x.exact() * y.exact() / n;
    double variance = xx.exact() - x.exact() * x.exact() / n;
    slope = covariance / variance;
    intercept = y.exact() / n - slope * x.exact() / n;
  }
}
