package io.oriel.promql.function;

import io.oriel.model.SampleColumns;
import io.oriel.promql.expr.FloatsOnly;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.expr.Kernel;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.Windows;

/**
 * For functions that compute on floats or on native histograms but not on both: windows of floats
 * go to the one kernel, windows of histograms to the other. A mixed window gives nothing, with a
 * warning.
 */
record PureWindows(Kernel.OverWindows floats, Each histograms) implements Kernel.OverWindows {
  /** Looks at a window that has histograms alone. */
  interface Each {
    /** Told of a series before its windows; the answer is asked for each of them. */
    default Each over(SampleColumns samples) {
      return this;
    }

    void at(Windows windows, SampleColumns samples, Inputs inputs, Column out);
  }

  @Override
  public void walk(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    floats.walk(windows, samples, inputs, out);
  }

  @Override
  public void walkMixed(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    FloatsOnly.walk(floats, windows, samples, inputs, out);
    Each each = histograms.over(samples);
    var natives = new Tally(samples.size);
    for (int i = 0; i < samples.size; i++) natives.add(samples.histogram(i) != null);
    while (windows.next()) {
      int count = natives.between(windows.from(), windows.to());
      if (count == 0) continue;
      out.hole(windows.step());
      if (count == windows.count()) each.at(windows, samples, inputs, out);
      else inputs.histogramNotes(0).mixedWithFloats(windows.metricName());
    }
  }
}
