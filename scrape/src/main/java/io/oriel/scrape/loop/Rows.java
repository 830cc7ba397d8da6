package io.oriel.scrape.loop;

import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.Histogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The samples of one page as columns, held back until the whole page is known to be good. */
final class Rows {
  private int[] entries = new int[64];
  private long[] times = new long[64];
  private double[] values = new double[64];
  private @Nullable Histogram @Nullable [] histograms; // null as long as all are floats
  private long @Nullable [] starts; // null as long as none has one
  private int size;

  void clear() {
    size = 0;
    histograms = null;
    starts = null;
  }

  int size() {
    return size;
  }

  void add(int entry, long timeMs, double value) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
      times = Arrays.copyOf(times, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
      if (histograms != null) histograms = Arrays.copyOf(histograms, 2 * size);
      if (starts != null) starts = Arrays.copyOf(starts, 2 * size);
    }
    entries[size] = entry;
    times[size] = timeMs;
    values[size++] = value;
  }

  void add(int entry, long timeMs, Histogram histogram) {
    add(entry, timeMs, Double.NaN);
    @Nullable Histogram[] column = histograms;
    if (column == null) histograms = column = new @Nullable Histogram[entries.length];
    column[size - 1] = histogram;
  }

  void startOfLast(long startMs) {
    long[] column = starts;
    if (column == null) starts = column = new long[entries.length];
    column[size - 1] = startMs;
  }

  /** Null where the row is a float. */
  @Nullable Histogram histogram(int row) {
    return histograms == null ? null : histograms[row];
  }

  long start(int row) {
    return starts == null ? SampleColumns.NO_START : starts[row];
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
