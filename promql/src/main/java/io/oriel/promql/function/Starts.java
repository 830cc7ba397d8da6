package io.oriel.promql.function;

import static io.oriel.model.SampleColumns.NO_START;

import io.oriel.model.SampleColumns;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.series.Windows;

/**
 * What the start times of samples say of a counter, where it need not have fallen to begin anew.
 */
final class Starts {
  private Starts() {}

  /**
   * Whether the counter began anew between a sample and the one before. A start at that one's time
   * is a delta's (each sample starts where the last one ended), unless the last one's own start is
   * unknown: then it is OpenTelemetry's way to say that nobody knows when the counter began.
   */
  static boolean reset(SampleColumns samples, int i) {
    if (samples.starts == null) return false;
    long start = samples.start(i);
    long before = samples.times[i - 1];
    if (start == NO_START || start >= samples.times[i] || start < before) return false;
    if (start > before) return true;
    long startBefore = samples.start(i - 1);
    return startBefore < before && startBefore != NO_START;
  }

  /** Whether a sample claims to have begun before the one before it ended: two sources in one. */
  private static boolean overlaps(SampleColumns samples, int i) {
    long start = samples.start(i);
    return start != NO_START && start < samples.times[i - 1] && start != samples.start(i - 1);
  }

  /**
   * Warns once for a window in which samples overlap; {@code from} and {@code to} as windows do.
   */
  static void warnOfOverlap(SampleColumns samples, Windows windows, Inputs inputs) {
    for (int i = windows.from() + 1; i < windows.to(); i++) {
      if (!overlaps(samples, i)) continue;
      String name = windows.metricName();
      inputs
          .notes()
          .warnCounted(
              "sample has start time that overlaps with previous sample timestamp for metric \""
                  + name
                  + "\"",
              inputs.at(0));
      return;
    }
  }

  /** Whether the counter of the window's first sample began inside the window: it was 0 then. */
  static boolean beganInside(SampleColumns samples, Windows windows) {
    if (samples.starts == null) return false;
    long start = samples.start(windows.from());
    return start != NO_START && start > windows.startMs() && start < samples.times[windows.from()];
  }

  /**
   * By how much the growth since that start is stretched to stand for the whole window: only at the
   * right end, to the edge, or by half the mean distance between samples where the edge is far.
   */
  static double stretch(SampleColumns samples, Windows windows) {
    int first = windows.from();
    int last = windows.to() - 1;
    double sampled = (samples.times[last] - samples.start(first)) / 1000.0;
    double spacing =
        first == last ? 0 : (samples.times[last] - samples.times[first]) / 1000.0 / (last - first);
    double toEnd = (windows.endMs() - samples.times[last]) / 1000.0;
    if (toEnd >= spacing * 1.1) toEnd = spacing / 2;
    return (sampled + toEnd) / sampled;
  }
}
