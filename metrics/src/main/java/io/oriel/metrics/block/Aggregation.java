package io.oriel.metrics.block;

import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;

/**
 * Makes rows of samples, and coarser rows of finer ones: what is made in two steps equals what is
 * made in one, but for the last bit of a sum.
 */
public final class Aggregation {
  private final long lengthMs;
  private final AggregateRows rows;
  private int open = NONE; // the row of the stretch that is being filled
  private double rest; // what rounding cut off its sum
  private static final int NONE = -1;

  private Aggregation(long lengthMs, AggregateRows rows) {
    this.lengthMs = lengthMs;
    this.rows = rows;
  }

  /** The end of the stretch in which a moment lies. */
  public static long endOf(long timeMs, long lengthMs) {
    return -Math.floorDiv(-timeMs, lengthMs) * lengthMs;
  }

  /**
   * Appends the rows of a series' samples.
   *
   * @param samples floats, stale markers included
   */
  public static void ofSamples(SampleColumns samples, long lengthMs, AggregateRows into) {
    var aggregation = new Aggregation(lengthMs, into);
    for (int i = 0; i < samples.size; i++) {
      aggregation.add(samples.times[i], samples.values[i]);
    }
    aggregation.end();
  }

  /** Appends the rows that finer ones make, whose length goes into this one. */
  public static void ofRows(AggregateRows finer, long lengthMs, AggregateRows into) {
    var aggregation = new Aggregation(lengthMs, into);
    for (int row = 0; row < finer.size(); row++) aggregation.add(finer, row);
    aggregation.end();
  }

  private void add(long timeMs, double value) {
    if (Stale.isMarker(value)) {
      marker(timeMs, value);
      return;
    }
    int row = rowOf(timeMs);
    if (row == NONE) {
      begin(timeMs, value, value);
      return;
    }
    fall(row, value);
    rows.counts[row]++;
    plus(row, value);
    extremes(row, value, value);
    last(row, timeMs, value);
  }

  private void add(AggregateRows finer, int from) {
    long timeMs = finer.lasts.times[from];
    double value = finer.lasts.values[from];
    if (finer.isMarker(from)) {
      marker(timeMs, value);
      return;
    }
    int row = rowOf(timeMs);
    if (row == NONE) {
      row = begin(timeMs, finer.firsts[from], value);
      rows.spans[row] = finer.spans[from];
      rows.counts[row] = finer.counts[from];
      rows.sums[row] = finer.sums[from];
      rows.least[row] = finer.least[from];
      rows.largest[row] = finer.largest[from];
    } else {
      fall(row, finer.firsts[from]);
      rows.counts[row] += finer.counts[from];
      plus(row, finer.sums[from]);
      extremes(row, finer.least[from], finer.largest[from]);
      last(row, timeMs, value);
    }
    rows.falls[row] += finer.falls[from];
    rows.lost[row] += finer.lost[from];
  }

  /** The open row where the moment lies in it; else that row is done. */
  private int rowOf(long timeMs) {
    if (open != NONE && timeMs <= endOf(rows.lasts.times[open], lengthMs)) {
      int end = rows.size() - 1;
      if (end > open) rows.lasts.size = end; // a marker that more samples follow says nothing
      return open;
    }
    end();
    return NONE;
  }

  private int begin(long timeMs, double first, double last) {
    boolean isAfterMarker =
        rows.size() > 0
            && rows.isMarker(rows.size() - 1)
            && endOf(rows.lasts.times[rows.size() - 1], lengthMs) == endOf(timeMs, lengthMs);
    if (isAfterMarker) rows.lasts.size--;
    open = rows.next(timeMs, last);
    rest = 0;
    rows.spans[open] = 0;
    rows.counts[open] = 1;
    rows.sums[open] = first;
    rows.least[open] = first;
    rows.largest[open] = first;
    rows.firsts[open] = first;
    rows.falls[open] = 0;
    rows.lost[open] = 0;
    return open;
  }

  private void fall(int row, double next) {
    double before = rows.lasts.values[row];
    if (!(next < before)) return;
    rows.falls[row]++;
    rows.lost[row] += before;
  }

  /** Adds to the sum as Neumaier does: the rest is kept until the end. */
  private void plus(int row, double value) {
    double sum = rows.sums[row];
    double next = sum + value;
    if (Double.isInfinite(next)) rest = 0;
    else if (Math.abs(sum) >= Math.abs(value)) rest += (sum - next) + value;
    else rest += (value - next) + sum;
    rows.sums[row] = next;
  }

  private void extremes(int row, double low, double high) {
    // NaN only where there is nothing else
    if (low < rows.least[row] || Double.isNaN(rows.least[row])) rows.least[row] = low;
    if (high > rows.largest[row] || Double.isNaN(rows.largest[row])) rows.largest[row] = high;
  }

  private void last(int row, long timeMs, double value) {
    rows.spans[row] += timeMs - rows.lasts.times[row];
    rows.lasts.times[row] = timeMs;
    rows.lasts.values[row] = value;
  }

  /** The first of several in a stretch stays: since then the series is gone. */
  private void marker(long timeMs, double value) {
    int before = rows.size() - 1;
    boolean isKnown =
        before >= 0
            && rows.isMarker(before)
            && endOf(rows.lasts.times[before], lengthMs) == endOf(timeMs, lengthMs);
    if (isKnown) return;
    if (open != NONE && timeMs > endOf(rows.lasts.times[open], lengthMs)) end();
    int row = rows.next(timeMs, value);
    rows.spans[row] = 0;
    rows.counts[row] = 0;
    rows.sums[row] = value;
    rows.least[row] = value;
    rows.largest[row] = value;
    rows.firsts[row] = value;
    rows.falls[row] = 0;
    rows.lost[row] = 0;
  }

  private void end() {
    if (open == NONE) return;
    if (!Double.isInfinite(rows.sums[open])) rows.sums[open] += rest;
    rest = 0;
    open = NONE;
  }
}
