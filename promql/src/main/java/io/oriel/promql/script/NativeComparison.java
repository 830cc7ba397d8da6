package io.oriel.promql.script;

import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.Histogram;

/** Whether two native histograms are equal but for rounding; empty buckets don't count. */
final class NativeComparison {
  private NativeComparison() {}

  /** Compares the hints of counter resets only where one is expected. */
  static boolean equal(Histogram due, Histogram actual, boolean withReset) {
    return due.schema() == actual.schema()
        && Comparison.equal(due.count(), actual.count())
        && Comparison.equal(due.sum(), actual.sum())
        && due.zeroThreshold() == actual.zeroThreshold()
        && Comparison.equal(due.zeroCount(), actual.zeroCount())
        && sameBounds(due.customBounds(), actual.customBounds())
        && equal(due.positive(), actual.positive())
        && equal(due.negative(), actual.negative())
        && (!withReset || due.reset() == actual.reset());
  }

  private static boolean sameBounds(double[] a, double[] b) {
    if (a.length != b.length) return false;
    for (int i = 0; i < a.length; i++) if (a[i] != b[i]) return false;
    return true;
  }

  private static boolean equal(Buckets a, Buckets b) {
    int j = 0;
    for (int i = 0; i < a.size(); i++) {
      if (a.counts()[i] == 0) continue;
      while (j < b.size() && b.counts()[j] == 0) j++;
      if (j == b.size() || a.indexes()[i] != b.indexes()[j]) return false;
      if (!Comparison.equal(a.counts()[i], b.counts()[j++])) return false;
    }
    while (j < b.size() && b.counts()[j] == 0) j++;
    return j == b.size();
  }
}
