package io.oriel.promql.series;

import io.oriel.model.SampleColumns;

/**
 * The samples behind each step of a range selector: a window that is open on the left and closed on
 * the right, {@code (end - range, end]}. Both edges only move forward, so each sample enters once
 * and leaves once.
 *
 * <pre>
 *   while (windows.next()) {
 *     for (int i = windows.from(); i &lt; windows.to(); i++) ...   // indexes into the samples
 *     out.set(windows.step(), result);
 *   }
 * </pre>
 */
public final class Windows {
  /**
   * Where the windows of a selector lie.
   *
   * @param offsetMs how far a window's end lies before its step; negative: after it
   * @param fixed whether all windows end at {@code fixedMs - offsetMs} ({@code @ fixedMs})
   */
  public record Frame(Steps steps, long rangeMs, long offsetMs, boolean fixed, long fixedMs) {
    public long endOf(int step) {
      return (fixed ? fixedMs : steps.at(step)) - offsetMs;
    }

    /** The first moment that any window covers; the left edge itself is outside. */
    public long firstMs() {
      return endOf(0) - rangeMs + 1;
    }

    public long lastMs() {
      return endOf(steps.count() - 1);
    }
  }

  private final Frame frame;
  private long[] times = new long[0];
  private int size;
  private int step = -1;
  private int from;
  private int to;

  public Windows(Frame frame) {
    this.frame = frame;
  }

  /** Starts again at the first step, over other samples (without stale markers). */
  public void over(SampleColumns samples) {
    times = samples.times;
    size = samples.size;
    step = -1;
    from = 0;
    to = 0;
  }

  /** Moves to the next step that has at least one sample; false when there is none. */
  public boolean next() {
    while (++step < frame.steps.count()) {
      long end = endMs();
      long start = end - frame.rangeMs;
      while (to < size && times[to] <= end) to++;
      while (from < to && times[from] <= start) from++;
      if (from < to) return true;
    }
    return false;
  }

  public int step() {
    return step;
  }

  /** Index of the first sample inside. */
  public int from() {
    return from;
  }

  /** Index after the last sample inside. */
  public int to() {
    return to;
  }

  public int count() {
    return to - from;
  }

  public long endMs() {
    return frame.endOf(step);
  }

  public long startMs() {
    return endMs() - frame.rangeMs;
  }

  public long rangeMs() {
    return frame.rangeMs;
  }

  /** The moment that the step asks for, whatever {@code offset} and {@code @} say. */
  public long stepMs() {
    return frame.steps.at(step);
  }
}
