package io.oriel.simulate.page;

import java.util.List;

/** A histogram with fixed buckets. */
public final class Histogram {
  private final double[] bounds;
  private final long[] counts;
  private final List<Cell> buckets; // one more than bounds: the last is all
  private final Cell count;
  private final Cell sum;
  private boolean isChanged;

  Histogram(double[] bounds, List<Cell> buckets, Cell count, Cell sum) {
    this.bounds = bounds;
    this.counts = new long[bounds.length + 1];
    this.buckets = buckets;
    this.count = count;
    this.sum = sum;
  }

  public void observe(double value) {
    observe(value, 1);
  }

  /** The same value so often. */
  public void observe(double value, long times) {
    if (times <= 0) return;
    int i = 0;
    while (i < bounds.length && value > bounds[i]) i++;
    counts[i] += times;
    count.add(times);
    sum.add(value * times);
    isChanged = true;
  }

  public long count() {
    return (long) count.value();
  }

  public double sum() {
    return sum.value();
  }

  void clear() {
    java.util.Arrays.fill(counts, 0);
    count.set(0);
    sum.set(0);
    isChanged = true;
  }

  void settle() {
    if (!isChanged) return;
    isChanged = false;
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      below += counts[i];
      buckets.get(i).set(below);
    }
  }
}
