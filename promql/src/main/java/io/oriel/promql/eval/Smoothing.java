package io.oriel.promql.eval;

import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.promql.expr.HistogramNotes;
import io.oriel.promql.function.HistogramsBetween;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.Windows;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code x smoothed}: at each step the value on the line between the samples before and behind it;
 * the last value where nothing comes behind, nothing where nothing came before.
 */
final class Smoothing {
  private final HistogramNotes notes;

  Smoothing(HistogramNotes notes) {
    this.notes = notes;
  }

  void walk(Windows windows, SampleColumns samples, Column out) {
    int next = 0; // the first sample that is not before the step
    while (windows.next()) {
      int histograms = histograms(samples, windows);
      if (histograms > 0) {
        boolean all = histograms == windows.count();
        if (all) histogram(windows, samples, out);
        else notes.mixedWithFloats(windows.metricName());
        continue;
      }
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

  private void histogram(Windows windows, SampleColumns samples, Column out) {
    int next = windows.from();
    while (next < windows.to() && samples.times[next] < windows.endMs()) next++;
    boolean hit = next < windows.to() && samples.times[next] == windows.endMs();
    if (!hit && next == windows.from()) return;
    Histogram result =
        hit ? samples.histogram(next) : between(windows, samples, next, windows.endMs());
    if (result != null) out.set(windows.step(), result);
  }

  private @Nullable Histogram between(
      Windows windows, SampleColumns samples, int next, long timeMs) {
    Histogram before = Objects.requireNonNull(samples.histogram(next - 1));
    if (next == windows.to()) return before.withReset(CounterReset.UNKNOWN);
    Histogram behind = Objects.requireNonNull(samples.histogram(next));
    long start = samples.times[next - 1];
    double share = (double) (timeMs - start) / (samples.times[next] - start);
    boolean counter = !HistogramsBetween.areGauges(before, behind);
    String metric = windows.metricName();
    return HistogramsBetween.at(before, behind, share, counter, notes, metric);
  }
}
