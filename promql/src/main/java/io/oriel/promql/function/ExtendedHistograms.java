package io.oriel.promql.function;

import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramSum;
import io.oriel.promql.expr.HistogramNotes;
import io.oriel.promql.expr.HistogramNotes.Operation;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.WindowEdges;
import io.oriel.promql.series.Windows;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** rate, increase and delta of native histograms over anchored and smoothed ranges. */
final class ExtendedHistograms {
  private final SampleColumns samples;
  private final WindowEdges edges;
  private final HistogramNotes notes;
  private final String metric;
  private final boolean counter;

  ExtendedHistograms(
      Windows windows, SampleColumns samples, Inputs inputs, WindowEdges edges, boolean counter) {
    this.samples = samples;
    this.edges = edges;
    this.notes = inputs.histogramNotes(0);
    this.metric = windows.metricName();
    this.counter = counter;
  }

  /** The result for the window that was reached. */
  void at(Windows windows, boolean perSecond, Column out) {
    if (!edges.find(windows) || !alike()) return;
    Histogram left = left();
    Histogram right = right();
    if (left == null || right == null) return;
    if (!counter && !HistogramsBetween.areGauges(left, right)) notes.notGauge(metric);
    var grown = new HistogramSum();
    grown.set(right);
    grown.subtract(left);
    if (grown.reconciled()) notes.boundsReconciled(Operation.SUBTRACTION);
    grown.forgetReconciled();
    if (counter) addLost(grown, left, right);
    if (perSecond) grown.divide(windows.rangeMs() / 1000.0);
    out.set(windows.step(), grown.result(CounterReset.GAUGE));
  }

  private Histogram sample(int index) {
    return Objects.requireNonNull(samples.histogram(index));
  }

  /** Whether all have the same kind of buckets. */
  private boolean alike() {
    boolean custom = sample(edges.first()).custom();
    for (int i = edges.first(); i <= edges.last(); i++) {
      Histogram histogram = sample(i);
      if (histogram.custom() != custom) {
        notes.mixedSchemas(metric);
        return false;
      }
      if (counter && histogram.reset() == CounterReset.GAUGE) notes.notCounter(metric);
    }
    return true;
  }

  private @Nullable Histogram left() {
    int first = edges.first();
    if (!edges.betweenLeft()) return sample(first);
    return HistogramsBetween.at(
        sample(first), sample(first + 1), edges.leftShare(), counter, notes, metric);
  }

  private @Nullable Histogram right() {
    int last = edges.last();
    if (!edges.betweenRight()) return sample(last);
    return HistogramsBetween.at(
        sample(last - 1), sample(last), edges.rightShare(), counter, notes, metric);
  }

  /** What the counter had counted each time it was reset, from one edge to the other. */
  private void addLost(HistogramSum grown, Histogram left, Histogram right) {
    int at = edges.first() + 1;
    Histogram before = left;
    if (edges.betweenLeft() && sample(at).isResetAfter(sample(at - 1))) {
      before = sample(at++); // the left edge lies behind that reset
    }
    if (at > edges.last()) return;
    var lost = new HistogramSum();
    for (; at < edges.last(); at++) {
      if (sample(at).isResetAfter(before)) lost.add(before);
      before = sample(at);
    }
    if (right.isResetAfter(before)) lost.add(before);
    if (!lost.isEmpty()) grown.add(lost.result());
    if (grown.reconciled() || lost.reconciled()) notes.boundsReconciled(Operation.ADDITION);
  }
}
