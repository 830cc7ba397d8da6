package io.oriel.promql.function;

import java.util.Arrays;
import java.util.Comparator;

/** The buckets of a classic histogram at one moment: upper bounds and cumulative counts. */
final class Buckets {
  /** Told of counts that fall from a bucket to the next, which can't be. */
  interface Fixes {
    void fixed(double bound, double difference);
  }

  private static final double TOLERANCE = 1e-12; // what rounding explains

  private double[] bounds = new double[16];
  private double[] counts = new double[16];
  private int size;

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(double bound, double count) {
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    bounds[size] = bound;
    counts[size++] = count;
  }

  /** NaN without a bucket for +Inf or without observations; infinite where q is outside 0 to 1. */
  double quantile(double q, Fixes fixes) {
    if (Double.isNaN(q)) return Double.NaN;
    if (q < 0) return Double.NEGATIVE_INFINITY;
    if (q > 1) return Double.POSITIVE_INFINITY;
    if (!prepare()) return Double.NaN;
    makeMonotonic(fixes);
    if (size < 2 || counts[size - 1] == 0 || Double.isNaN(counts[size - 1])) return Double.NaN;
    double rank = q * counts[size - 1];
    int at = 0;
    while (at < size - 1 && counts[at] < rank) at++;
    if (at == size - 1) return bounds[size - 2];
    if (at == 0 && bounds[0] <= 0) return bounds[0];
    double start = at == 0 ? 0 : bounds[at - 1];
    double before = at == 0 ? 0 : counts[at - 1];
    return start + (bounds[at] - start) * ((rank - before) / (counts[at] - before));
  }

  /** The share of observations between two values, linear inside a bucket. */
  double fraction(double lower, double upper) {
    if (!prepare()) return Double.NaN;
    double all = counts[size - 1];
    if (all == 0 || Double.isNaN(lower) || Double.isNaN(upper)) return Double.NaN;
    if (lower >= upper) return 0;
    return (rankOf(upper) - rankOf(lower)) / all;
  }

  /** How many observations lie below a value. */
  private double rankOf(double value) {
    double before = 0;
    for (int i = 0; i < size; i++) {
      double start = i > 0 ? bounds[i - 1] : bounds[0] > 0 ? 0 : Double.NEGATIVE_INFINITY;
      if (start >= value) return before;
      if (bounds[i] > value) {
        if (Double.isInfinite(start)) return counts[i];
        return before + (counts[i] - before) * (value - start) / (bounds[i] - start);
      }
      before = counts[i];
    }
    return counts[size - 1];
  }

  /** Sorts by bound and joins equal bounds; false without a bucket for +Inf. */
  private boolean prepare() {
    var order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> bounds[i]));
    double[] sortedBounds = new double[size];
    double[] sortedCounts = new double[size];
    int n = 0;
    for (int i : order) {
      if (n > 0 && sortedBounds[n - 1] == bounds[i]) {
        sortedCounts[n - 1] += counts[i];
      } else {
        sortedBounds[n] = bounds[i];
        sortedCounts[n++] = counts[i];
      }
    }
    System.arraycopy(sortedBounds, 0, bounds, 0, n);
    System.arraycopy(sortedCounts, 0, counts, 0, n);
    size = n;
    return n > 0 && bounds[n - 1] == Double.POSITIVE_INFINITY;
  }

  private void makeMonotonic(Fixes fixes) {
    double highest = counts[0];
    for (int i = 1; i < size; i++) {
      double count = counts[i];
      if (count == highest) continue;
      if (nearlyEqual(highest, count)) {
        counts[i] = highest;
      } else if (count < highest) {
        fixes.fixed(bounds[i], highest - count);
        counts[i] = highest;
      } else {
        highest = count;
      }
    }
  }

  private static boolean nearlyEqual(double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) return Double.isNaN(a) && Double.isNaN(b);
    double apart = Math.abs(a - b);
    double size = Math.abs(a) + Math.abs(b);
    if (a == 0 || b == 0 || size < Double.MIN_NORMAL) return apart < TOLERANCE * Double.MIN_NORMAL;
    return apart / Math.min(size, Double.MAX_VALUE) < TOLERANCE;
  }
}
