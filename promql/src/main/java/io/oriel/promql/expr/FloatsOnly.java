package io.oriel.promql.expr;

import io.oriel.model.SampleColumns;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.Windows;

/** How a function of floats sees a series that has native histograms, too: without them. */
public final class FloatsOnly {
  private FloatsOnly() {}

  /** Walks over the floats alone. */
  public static void walk(
      Kernel.OverWindows kernel,
      Windows windows,
      SampleColumns samples,
      Inputs inputs,
      Column out) {
    var floats = new SampleColumns(samples.size);
    for (int i = 0; i < samples.size; i++) {
      if (samples.histogram(i) == null) floats.addAll(samples, i, i + 1);
    }
    floats.histograms = null;
    windows.again(floats);
    kernel.walk(windows, floats, inputs, out);
    windows.again(samples);
  }

  /** Says so where a window has both kinds. */
  static void note(Windows windows, SampleColumns samples, Inputs inputs) {
    while (windows.next()) {
      if (!mixed(windows, samples)) continue;
      inputs.histogramNotes(0).ignoredInRange(windows.metricName());
      break;
    }
    windows.again(samples);
  }

  private static boolean mixed(Windows windows, SampleColumns samples) {
    boolean first = samples.histogram(windows.from()) == null;
    for (int i = windows.from() + 1; i < windows.to(); i++) {
      if ((samples.histogram(i) == null) != first) return true;
    }
    return false;
  }
}
