package io.oriel.promql.function;

import java.util.Arrays;

/** Quantiles of values: between two ranks by linear interpolation; NaN counts as smallest. */
public final class Quantiles {
  private Quantiles() {}

  /** A sorted copy, NaN first. */
  public static double[] sorted(double[] values, int from, int to) {
    double[] sorted = Arrays.copyOfRange(values, from, to);
    sort(sorted, sorted.length);
    return sorted;
  }

  /** Sorts the first so many values in place, NaN first. */
  public static void sort(double[] values, int size) {
    Arrays.sort(values, 0, size);
    int numbers = size;
    while (numbers > 0 && Double.isNaN(values[numbers - 1])) numbers--;
    if (numbers == size) return;
    System.arraycopy(values, 0, values, size - numbers, numbers);
    Arrays.fill(values, 0, size - numbers, Double.NaN);
  }

  /** The q-quantile of sorted values; infinite where q is outside 0 to 1. */
  public static double of(double q, double[] sorted, int size) {
    if (size == 0 || Double.isNaN(q)) return Double.NaN;
    if (q < 0) return Double.NEGATIVE_INFINITY;
    if (q > 1) return Double.POSITIVE_INFINITY;
    double rank = q * (size - 1);
    int lower = (int) Math.max(0, Math.floor(rank));
    int upper = Math.min(size - 1, lower + 1);
    double weight = rank - Math.floor(rank);
    return sorted[lower] * (1 - weight) + sorted[upper] * weight;
  }
}
