package io.oriel.metrics.block;

import io.oriel.model.SampleColumns;
import java.util.Arrays;

/**
 * Aggregates of one series as columns, a row for each stretch of time that has samples. Stretches
 * are open on the left and closed on the right, as PromQL's windows are, and end at multiples of
 * their length. A buffer to be filled, read and filled again; of a column that nobody asked for the
 * entries mean nothing.
 *
 * <p>A row that counts no sample is a stale marker: the series ended there. It stands behind the
 * row of its stretch, and its values are the marker.
 */
public final class AggregateRows {
  /** What a row tells beside its last sample's time. */
  public enum Column {
    /** How long before the last sample the first was taken, in milliseconds. */
    SPAN,
    COUNT,
    SUM,
    LEAST,
    LARGEST,
    FIRST,
    LAST,
    /** How often a value was smaller than the one before. */
    FALLS,
    /** The sum of the values before each fall: what a counter lost. */
    LOST
  }

  /** The last sample of each row. */
  public final SampleColumns lasts;

  public long[] spans;
  public long[] counts;
  public double[] sums;
  public double[] least;
  public double[] largest;
  public double[] firsts;
  public long[] falls;
  public double[] lost;

  public AggregateRows() {
    int room = 64;
    lasts = new SampleColumns(room);
    spans = new long[room];
    counts = new long[room];
    sums = new double[room];
    least = new double[room];
    largest = new double[room];
    firsts = new double[room];
    falls = new long[room];
    lost = new double[room];
  }

  public int size() {
    return lasts.size;
  }

  public void clear() {
    lasts.clear();
  }

  /** Makes room for so many rows in all. */
  void ensure(int rows) {
    lasts.ensure(rows);
    int room = lasts.times.length;
    if (room == spans.length) return;
    spans = Arrays.copyOf(spans, room);
    counts = Arrays.copyOf(counts, room);
    sums = Arrays.copyOf(sums, room);
    least = Arrays.copyOf(least, room);
    largest = Arrays.copyOf(largest, room);
    firsts = Arrays.copyOf(firsts, room);
    falls = Arrays.copyOf(falls, room);
    lost = Arrays.copyOf(lost, room);
  }

  /** Appends rows of another, all columns. */
  public void addAll(AggregateRows other, int from, int to) {
    for (int row = from; row < to; row++) {
      int at = next(other.lasts.times[row], other.lasts.values[row]);
      spans[at] = other.spans[row];
      counts[at] = other.counts[row];
      sums[at] = other.sums[row];
      least[at] = other.least[row];
      largest[at] = other.largest[row];
      firsts[at] = other.firsts[row];
      falls[at] = other.falls[row];
      lost[at] = other.lost[row];
    }
  }

  /** Appends a row with its last sample; the caller fills in the rest. */
  int next(long timeMs, double value) {
    ensure(size() + 1);
    lasts.add(timeMs, value);
    return size() - 1;
  }

  boolean isMarker(int row) {
    return counts[row] == 0;
  }

  /** Takes rows out whose last sample lies in a time, from a row on; all columns. */
  void takeOut(int from, long startMs, long endMs) {
    int kept = from;
    for (int row = from; row < size(); row++) {
      long time = lasts.times[row];
      if (startMs <= time && time <= endMs) continue;
      move(row, kept++);
    }
    lasts.size = kept;
  }

  private void move(int from, int to) {
    lasts.move(from, to);
    spans[to] = spans[from];
    counts[to] = counts[from];
    sums[to] = sums[from];
    least[to] = least[from];
    largest[to] = largest[from];
    firsts[to] = firsts[from];
    falls[to] = falls[from];
    lost[to] = lost[from];
  }
}
