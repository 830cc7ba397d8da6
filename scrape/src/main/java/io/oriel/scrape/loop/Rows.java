package io.oriel.scrape.loop;

import java.util.Arrays;

/** The samples of one page as columns, held back until the whole page is known to be good. */
final class Rows {
  private int[] entries = new int[64];
  private long[] times = new long[64];
  private double[] values = new double[64];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  void add(int entry, long timeMs, double value) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
      times = Arrays.copyOf(times, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    entries[size] = entry;
    times[size] = timeMs;
    values[size++] = value;
  }

  int entry(int row) {
    return entries[row];
  }

  long time(int row) {
    return times[row];
  }

  double value(int row) {
    return values[row];
  }
}
