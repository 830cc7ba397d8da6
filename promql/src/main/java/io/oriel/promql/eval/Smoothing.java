package io.oriel.promql.eval;

import io.oriel.model.SampleColumns;
import io.oriel.promql.expr.Notes;
import io.oriel.promql.expr.Place;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.Windows;

/**
 * {@code x smoothed}: at each step the value on the line between the samples before and behind it;
 * the last value where nothing comes behind, nothing where nothing came before.
 */
final class Smoothing {
  private final Notes notes;
  private final Place at;

  Smoothing(Notes notes, Place at) {
    this.notes = notes;
    this.at = at;
  }

  void walk(Windows windows, SampleColumns samples, Column out) {
    int next = 0; // the first sample that is not before the step
    while (windows.next()) {
      int histograms = histograms(samples, windows);
      if (histograms > 0 && histograms < windows.count()) mixed(windows);
      if (histograms > 0) continue;
      next = Math.max(next, windows.from());
      while (next < windows.to() && samples.times[next] < windows.endMs()) next++;
      boolean hit = next < windows.to() && samples.times[next] == windows.endMs();
      if (hit) out.set(windows.step(), samples.values[next]);
      else if (next > windows.from()) out.set(windows.step(), value(windows, samples, next));
    }
  }

  private static double value(Windows windows, SampleColumns samples, int next) {
    double before = samples.values[next - 1];
    if (next == windows.to()) return before;
    long[] times = samples.times;
    double rise = samples.values[next] - before;
    return before + rise * (windows.endMs() - times[next - 1]) / (times[next] - times[next - 1]);
  }

  private static int histograms(SampleColumns samples, Windows windows) {
    int count = 0;
    for (int i = windows.from(); samples.histograms != null && i < windows.to(); i++) {
      if (samples.histogram(i) != null) count++;
    }
    return count;
  }

  private void mixed(Windows windows) {
    String name = windows.metricName();
    notes.warn(
        "encountered a mix of histograms and floats"
            + (name.isEmpty() ? "" : " for metric name \"" + name + "\""),
        at);
  }
}
