package io.oriel.metrics.head;

import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.Histogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The samples of a batch, as columns; those for histograms and start times only where needed. */
final class Rows {
  int[] ids = new int[64];
  long[] times = new long[64];
  double[] values = new double[64];
  private @Nullable Histogram @Nullable [] histograms;
  private long @Nullable [] starts;
  int size;

  void add(int id, long timeMs, double value) {
    if (size == ids.length) grow();
    ids[size] = id;
    times[size] = timeMs;
    values[size++] = value;
  }

  void add(int id, long timeMs, Histogram histogram) {
    add(id, timeMs, Double.NaN);
    @Nullable Histogram[] column = histograms;
    if (column == null) histograms = column = new @Nullable Histogram[ids.length];
    column[size - 1] = histogram;
  }

  void startOfLast(long startMs) {
    long[] column = starts;
    if (column == null) starts = column = new long[ids.length];
    column[size - 1] = startMs;
  }

  private void grow() {
    ids = Arrays.copyOf(ids, size * 2);
    times = Arrays.copyOf(times, size * 2);
    values = Arrays.copyOf(values, size * 2);
    if (histograms != null) histograms = Arrays.copyOf(histograms, size * 2);
    if (starts != null) starts = Arrays.copyOf(starts, size * 2);
  }

  @Nullable Histogram histogram(int row) {
    return histograms == null ? null : histograms[row];
  }

  void hint(int row, Histogram hinted) {
    if (histograms != null) histograms[row] = hinted;
  }

  long start(int row) {
    return starts == null ? SampleColumns.NO_START : starts[row];
  }

  /** Whether the row is a float without a start time, as nearly all are. */
  boolean isPlain(int row) {
    return (histograms == null || histograms[row] == null)
        && (starts == null || starts[row] == SampleColumns.NO_START);
  }

  /** Moves a row to a place further to the front. */
  void move(int from, int to) {
    ids[to] = ids[from];
    times[to] = times[from];
    values[to] = values[from];
    if (histograms != null) histograms[to] = histograms[from];
    if (starts != null) starts[to] = starts[from];
  }

  void clear() {
    size = 0;
    histograms = null;
    starts = null;
  }
}
