package io.oriel.model;

import java.util.Arrays;

/**
 * Samples of one series as columns: times in milliseconds, rising, and values beside them. A buffer
 * to be filled, read and filled again; the arrays are open so that loops run over them directly.
 *
 * <p>Only the first {@link #size} entries count. Not thread-safe.
 */
public final class SampleColumns {
  public long[] times;
  public double[] values;
  public int size;

  public SampleColumns() {
    this(128);
  }

  public SampleColumns(int capacity) {
    this.times = new long[capacity];
    this.values = new double[capacity];
  }

  public void add(long timeMs, double value) {
    if (size == times.length) ensure(size + 1);
    times[size] = timeMs;
    values[size++] = value;
  }

  /** Makes room for so many entries in all, keeping those that are there. */
  public void ensure(int capacity) {
    if (capacity <= times.length) return;
    int grown = Math.max(capacity, times.length + (times.length >> 1) + 16);
    times = Arrays.copyOf(times, grown);
    values = Arrays.copyOf(values, grown);
  }

  public void clear() {
    size = 0;
  }
}
