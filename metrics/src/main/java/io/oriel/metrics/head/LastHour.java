package io.oriel.metrics.head;

/** A count of the last hour, in slices of five minutes. Not thread-safe. */
final class LastHour {
  static final long SLICE_MS = 300_000;
  private static final int SLICES = 12;

  private final int[] counts = new int[SLICES];
  private int now;

  void add() {
    counts[now]++;
  }

  /** Begins a new slice, the oldest is forgotten; true where an hour is round. */
  boolean nextSlice() {
    now = (now + 1) % SLICES;
    counts[now] = 0;
    return now == 0;
  }

  long sum() {
    long sum = 0;
    for (int count : counts) sum += count;
    return sum;
  }
}
