package io.oriel.server.alias;

import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.histogram.Histogram;
import java.util.Arrays;

/**
 * The times in which there are data: spans from a first to a last sample that follow each other
 * without a hole. Both ends included, in milliseconds.
 */
final class Spans {
  /** Samples further apart than that have a hole between them: as far as a query looks back. */
  static final long HOLE_MS = 300_000;

  private long[] starts = new long[4];
  private long[] ends = new long[4];
  private int count;

  /**
   * Adds the spans of one series' samples. A stale marker ends one; else its last sample answers
   * for a while longer.
   *
   * @param holdMs for how long
   */
  void add(SampleColumns samples, long holdMs) {
    int first = -1;
    for (int i = 0; i < samples.size; i++) {
      boolean marker = marker(samples, i);
      boolean hole = first >= 0 && samples.times[i] - samples.times[i - 1] > HOLE_MS;
      if (first >= 0 && (marker || hole)) {
        long held = samples.times[i - 1] + holdMs;
        add(samples.times[first], marker ? Math.min(held, endBefore(samples, i)) : held);
        first = -1;
      }
      if (first < 0 && !marker) first = i;
    }
    if (first >= 0) add(samples.times[first], samples.times[samples.size - 1] + holdMs);
  }

  /** What a marker leaves of the time since the sample before it. */
  private static long endBefore(SampleColumns samples, int marker) {
    return Math.max(samples.times[marker - 1], samples.times[marker] - 1);
  }

  static boolean marker(SampleColumns samples, int i) {
    Histogram histogram = samples.histogram(i);
    return Stale.isMarker(histogram == null ? samples.values[i] : histogram.sum());
  }

  private void add(long start, long end) {
    int from = 0;
    while (from < count && ends[from] < start) from++;
    int to = from;
    while (to < count && starts[to] <= end) to++;
    long joinedStart = from < to ? Math.min(start, starts[from]) : start;
    long joinedEnd = from < to ? Math.max(end, ends[to - 1]) : end;
    replace(from, to, joinedStart, joinedEnd);
  }

  private void replace(int from, int to, long start, long end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    System.arraycopy(starts, to, starts, from + 1, count - to);
    System.arraycopy(ends, to, ends, from + 1, count - to);
    starts[from] = start;
    ends[from] = end;
    count += 1 - (to - from);
  }

  void addAll(Spans others) {
    for (int i = 0; i < others.count; i++) add(others.starts[i], others.ends[i]);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The number of the span that a time lies in, -1 where it lies in none. */
  int at(long timeMs) {
    int place = Arrays.binarySearch(starts, 0, count, timeMs);
    int candidate = place >= 0 ? place : -place - 2;
    return candidate >= 0 && timeMs <= ends[candidate] ? candidate : -1;
  }

  long start(int span) {
    return starts[span];
  }
}
