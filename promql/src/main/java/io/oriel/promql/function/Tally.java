package io.oriel.promql.function;

/**
 * How many samples of a run are so: counted once for a series, so that a window that holds many
 * samples need not look at each again.
 */
final class Tally {
  private final int[] before; // how many of the samples before each
  private int size;

  Tally(int samples) {
    before = new int[samples + 1];
  }

  /** Tells of the next sample. */
  void add(boolean so) {
    before[size + 1] = before[size] + (so ? 1 : 0);
    size++;
  }

  /** How many there are from one sample on and before another. */
  int between(int from, int to) {
    return from >= to ? 0 : before[to] - before[from];
  }
}
