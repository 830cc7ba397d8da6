package io.oriel.model;

import io.oriel.model.histogram.Histogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one series as columns: times in milliseconds, rising, and values beside them. A buffer
 * to be filled, read and filled again; the arrays are open so that loops run over them directly.
 *
 * <p>Three more columns are there only when a sample needs them: native histograms (the value of
 * such a sample means nothing), start times (when the counter of a sample began; {@link #NO_START}
 * where nobody said), and how many samples a row stands for, where it is an aggregate of some. A
 * series of plain floats has none of them and pays for none.
 *
 * <p>Only the first {@link #size} entries count. Not thread-safe.
 */
public final class SampleColumns {
  /** The start time of a sample that came without one. */
  public static final long NO_START = 0;

  public long[] times;
  public double[] values;

  /** Null as long as all samples are floats; else null where a sample is a float. */
  public @Nullable Histogram @Nullable [] histograms;

  /** In milliseconds; null as long as no sample has one. */
  public long @Nullable [] starts;

  /**
   * How many samples a row stands for beside one: what an aggregate had more than one, -1 where a
   * row is none (what a counter had reached before it fell). Null as long as each row is a sample.
   */
  public long @Nullable [] extra;

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
    values[size] = value;
    if (histograms != null) histograms[size] = null;
    if (starts != null) starts[size] = NO_START;
    if (extra != null) extra[size] = 0;
    size++;
  }

  public void add(long timeMs, Histogram histogram) {
    add(timeMs, Double.NaN);
    withHistograms()[size - 1] = histogram;
  }

  /** Says when the counter of the sample that was added last began. */
  public void startOfLast(long startMs) {
    if (startMs == NO_START && starts == null) return;
    withStarts()[size - 1] = startMs;
  }

  /** The histogram of a sample, null where it is a float. */
  public @Nullable Histogram histogram(int sample) {
    return histograms == null ? null : histograms[sample];
  }

  public long start(int sample) {
    return starts == null ? NO_START : starts[sample];
  }

  /** Adds a row that stands for so many samples. */
  public void add(long timeMs, double value, long samples) {
    add(timeMs, value);
    withExtra()[size - 1] = samples - 1;
  }

  /** How many samples a row stands for. */
  public long count(int row) {
    return extra == null ? 1 : 1 + extra[row];
  }

  private long[] withExtra() {
    long[] column = extra;
    if (column == null) {
      column = new long[times.length];
      extra = column;
    }
    return column;
  }

  /** The column of histograms, made where there is none yet. */
  public @Nullable Histogram[] withHistograms() {
    @Nullable Histogram[] column = histograms;
    if (column == null) {
      column = new @Nullable Histogram[times.length];
      histograms = column;
    }
    return column;
  }

  /** The column of start times, made where there is none yet. */
  public long[] withStarts() {
    long[] column = starts;
    if (column == null) {
      column = new long[times.length];
      starts = column;
    }
    return column;
  }

  /** Appends samples of another, with all that they have. */
  public void addAll(SampleColumns other, int from, int to) {
    int count = to - from;
    if (count <= 0) return;
    ensure(size + count);
    System.arraycopy(other.times, from, times, size, count);
    System.arraycopy(other.values, from, values, size, count);
    if (other.histograms != null) {
      System.arraycopy(other.histograms, from, withHistograms(), size, count);
    } else if (histograms != null) {
      Arrays.fill(histograms, size, size + count, null);
    }
    if (other.starts != null) {
      System.arraycopy(other.starts, from, withStarts(), size, count);
    } else if (starts != null) {
      Arrays.fill(starts, size, size + count, NO_START);
    }
    if (other.extra != null) {
      System.arraycopy(other.extra, from, withExtra(), size, count);
    } else if (extra != null) {
      Arrays.fill(extra, size, size + count, 0);
    }
    size += count;
  }

  /** Moves a sample to a place further left, with all that it has. */
  public void move(int from, int to) {
    times[to] = times[from];
    values[to] = values[from];
    if (histograms != null) histograms[to] = histograms[from];
    if (starts != null) starts[to] = starts[from];
    if (extra != null) extra[to] = extra[from];
  }

  /** Makes room for so many entries in all, keeping those that are there. */
  public void ensure(int capacity) {
    if (capacity <= times.length) return;
    int grown = Math.max(capacity, times.length + (times.length >> 1) + 16);
    times = Arrays.copyOf(times, grown);
    values = Arrays.copyOf(values, grown);
    if (histograms != null) histograms = Arrays.copyOf(histograms, grown);
    if (starts != null) starts = Arrays.copyOf(starts, grown);
    if (extra != null) extra = Arrays.copyOf(extra, grown);
  }

  /** Empties it; the columns of histograms, start times and counts go. */
  public void clear() {
    size = 0;
    histograms = null;
    starts = null;
    extra = null;
  }
}
