package io.oriel.promql.series;

import io.oriel.model.SampleColumns;

/**
 * The two edges of a window whose samples reach beyond it. {@code anchored}: the last sample at or
 * before the start stands on the left edge, the last one of the window on the right edge. {@code
 * smoothed}: the value on an edge lies on the line between the samples before and behind it.
 *
 * <p>Where there is no sample before the start, the first one inside is taken; where there is none
 * behind the end, the last one. Rules: Prometheus' proposal 52, "extended range selectors".
 */
public final class WindowEdges {
  private final SampleColumns samples;
  private final boolean smoothed;
  private long startMs;
  private long endMs;
  private int from;
  private int first;
  private int last;

  public WindowEdges(SampleColumns samples, boolean smoothed) {
    this.samples = samples;
    this.smoothed = smoothed;
  }

  /** Looks at the window that was reached; false when nothing in it counts. */
  public boolean find(Windows windows) {
    startMs = windows.startMs();
    endMs = windows.endMs();
    from = windows.from();
    last = windows.to() - 1;
    first = Math.max(from, firstAfter(startMs, last) - 1);
    if (smoothed) last = firstAfter(endMs - 1, last);
    return samples.times[last] > startMs && !(smoothed && samples.times[first] > endMs);
  }

  /** The index of the first sample after a moment, {@code to} where there is none before it. */
  private int firstAfter(long timeMs, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (samples.times[middle] > timeMs) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The sample that the left edge begins with. */
  public int first() {
    return first;
  }

  /** The sample that the right edge ends with. */
  public int last() {
    return last;
  }

  /** Whether the value on the left edge lies between {@code first()} and the one behind it. */
  public boolean betweenLeft() {
    return smoothed && samples.times[first] < startMs;
  }

  /** Whether the value on the right edge lies between {@code last()} and the one before it. */
  public boolean betweenRight() {
    return smoothed && last > from && samples.times[last] > endMs;
  }

  /** How far from {@code first()} to the next sample the left edge lies, 0 to 1. */
  public double leftShare() {
    return share(first, startMs);
  }

  /** How far from the sample before {@code last()} to it the right edge lies, 0 to 1. */
  public double rightShare() {
    return share(last - 1, endMs);
  }

  private double share(int before, long timeMs) {
    long[] times = samples.times;
    return (double) (timeMs - times[before]) / (times[before + 1] - times[before]);
  }

  /** The float on the left edge; a counter that fell in between began at 0. */
  public double left(boolean counter) {
    return betweenLeft() ? between(first, startMs, counter) : samples.values[first];
  }

  /** The float on the right edge. */
  public double right(boolean counter) {
    return betweenRight() ? between(last - 1, endMs, counter) : samples.values[last];
  }

  private double between(int before, long timeMs, boolean counter) {
    long[] times = samples.times;
    double from = samples.values[before];
    double to = samples.values[before + 1];
    if (counter && to < from) from = 0;
    return from + (to - from) * (timeMs - times[before]) / (times[before + 1] - times[before]);
  }

  /** The first sample that lies between the edges and on neither. */
  public int innerFrom() {
    return samples.times[first] <= startMs ? first + 1 : first;
  }

  /** Behind the last sample that lies between the edges and on neither. */
  public int innerTo() {
    return samples.times[last] >= endMs ? last : last + 1;
  }
}
