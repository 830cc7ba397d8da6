package io.oriel.promql.function;

import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramFold;
import io.oriel.promql.expr.HistogramNotes;
import io.oriel.promql.expr.HistogramNotes.Operation;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.Windows;
import java.util.Objects;

/** What the functions over a range make of native histograms. */
final class HistogramsOverTime {
  private HistogramsOverTime() {}

  static void sum(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    fold(HistogramFold.of(false), windows, samples, inputs, out);
  }

  static void mean(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    fold(HistogramFold.of(true), windows, samples, inputs, out);
  }

  private static void fold(
      HistogramFold fold, Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    HistogramNotes notes = inputs.histogramNotes(0);
    for (int i = windows.from(); i < windows.to(); i++) {
      if (fold.add(Objects.requireNonNull(samples.histogram(i)))) continue;
      notes.mixedSchemas(windows.metricName());
      return;
    }
    if (fold.reconciled()) notes.boundsReconciled(Operation.AGGREGATION);
    if (fold.resetsCollide()) notes.resetsCollide(Operation.AGGREGATION);
    out.set(windows.step(), fold.result());
  }

  static void last(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    while (windows.next()) copy(windows.step(), windows.to() - 1, samples, out);
  }

  static void first(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    while (windows.next()) copy(windows.step(), windows.from(), samples, out);
  }

  private static void copy(int step, int sample, SampleColumns samples, Column out) {
    Histogram histogram = samples.histogram(sample);
    if (histogram == null) out.set(step, samples.values[sample]);
    else out.set(step, histogram);
  }
}
