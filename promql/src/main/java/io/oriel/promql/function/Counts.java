package io.oriel.promql.function;

import io.oriel.model.SampleColumns;
import org.jspecify.annotations.Nullable;

/**
 * How many samples a run of rows stands for: as many as there are rows, where none is an aggregate;
 * else counted once for a series, so that a window need not look at each of its rows.
 */
final class Counts {
  private final long @Nullable [] before; // how many the rows before each stand for

  Counts(SampleColumns samples) {
    if (samples.extra == null) {
      before = null;
      return;
    }
    long[] sums = new long[samples.size + 1];
    for (int row = 0; row < samples.size; row++) sums[row + 1] = sums[row] + samples.count(row);
    before = sums;
  }

  long between(int from, int to) {
    return before == null ? to - from : before[to] - before[from];
  }
}
