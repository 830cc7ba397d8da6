package io.oriel.promql.series;

import io.oriel.model.Labels;
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
   * @param margin how much further the samples reach than the windows
   */
  public record Frame(
      Steps steps, long rangeMs, long offsetMs, boolean fixed, long fixedMs, Margin margin) {
    public long endOf(int step) {
      return (fixed ? fixedMs : steps.at(step)) - offsetMs;
    }

    /** The first moment whose samples any window sees; the left edge itself is outside. */
    public long firstMs() {
      return endOf(0) - rangeMs - margin.beforeMs + 1;
    }

    public long lastMs() {
      return endOf(steps.count() - 1) + margin.afterMs;
    }
  }

  /** How far before the start and behind the end of a window samples are seen, too. */
  public record Margin(long beforeMs, long afterMs) {
    public static final Margin NONE = new Margin(0, 0);
  }

  private final Frame frame;
  private Labels labels = Labels.EMPTY;
  private long[] times = new long[0];
  private int size;
  private int step = -1;
  private int from;
  private int to;

  public Windows(Frame frame) {
    this.frame = frame;
  }

  /** Starts again at the first step, over the samples of another series. */
  public void over(Labels series, SampleColumns samples) {
    labels = series;
    times = samples.times;
    size = samples.size;
    step = -1;
    from = 0;
    to = 0;
  }

  /** Starts again at the first step, over these samples of the same series. */
  public void again(SampleColumns samples) {
    over(labels, samples);
  }

  /** Moves to the next step that sees at least one sample; false when there is none. */
  public boolean next() {
    while (++step < frame.steps.count()) {
      long end = endMs();
      long start = end - frame.rangeMs - frame.margin.beforeMs;
      end += frame.margin.afterMs;
      while (to < size && times[to] <= end) to++;
      while (from < to && times[from] <= start) from++;
      if (from < to) return true;
    }
    return false;
  }

  public int step() {
    return step;
  }

  /** The name of the series, empty where it has none; for what is said of it. */
  public String metricName() {
    return labels.metricName();
  }

  /** Index of the first sample inside, the margin included. */
  public int from() {
    return from;
  }

  /** Index after the last sample inside, the margin included. */
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

  /** How far samples are seen beyond the window itself. */
  public Margin margin() {
    return frame.margin;
  }

  /** The moment that the step asks for, whatever {@code offset} and {@code @} say. */
  public long stepMs() {
    return frame.steps.at(step);
  }
}
