package io.oriel.model.histogram;

import io.oriel.model.histogram.BucketSums.IndexMap;
import java.util.Arrays;

/** Lists of custom bounds, rising, and how one list is brought to another. */
final class CustomBounds {
  private CustomBounds() {}

  static boolean equal(double[] a, double[] b) {
    if (a.length != b.length) return false;
    for (int i = 0; i < a.length; i++) if (a[i] != b[i]) return false; // 0 and -0 are the same
    return true;
  }

  /** Those that both have. */
  static double[] common(double[] a, double[] b) {
    double[] common = new double[Math.min(a.length, b.length)];
    int size = 0;
    int j = 0;
    for (double bound : a) {
      while (j < b.length && b[j] < bound) j++;
      if (j < b.length && b[j] == bound) common[size++] = bound;
    }
    return Arrays.copyOf(common, size);
  }

  /** From buckets by one list to those by another that is a part of it. */
  static IndexMap map(double[] from, double[] to) {
    int[] table = new int[from.length + 1];
    int target = 0;
    for (int i = 0; i < from.length; i++) {
      while (target < to.length && to[target] < from[i]) target++;
      table[i] = target;
    }
    table[from.length] = to.length;
    return IndexMap.by(table);
  }
}
