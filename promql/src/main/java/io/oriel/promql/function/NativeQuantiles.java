package io.oriel.promql.function;

import io.oriel.model.Labels;
import io.oriel.model.histogram.Estimates;
import io.oriel.model.histogram.Histogram;
import io.oriel.promql.expr.HistogramNotes;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.HeldSeries;
import io.oriel.promql.series.SeriesSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Quantiles and fractions of the native histograms among the series. */
final class NativeQuantiles {
  /** What is asked of a histogram at a step. */
  private interface Question {
    double ask(Histogram histogram, int step);
  }

  private final List<HeldSeries> series = new ArrayList<>();
  private final Inputs inputs;
  private final HistogramNotes notes;

  /**
   * Keeps the series that have native histograms.
   *
   * @param families the classic histograms among the same series: where one stands beside a native
   *     one of the same labels, neither is looked at
   */
  NativeQuantiles(
      List<HeldSeries> all, Map<Labels, BucketFamily> families, Inputs inputs, int argument) {
    this.inputs = inputs;
    this.notes = inputs.histogramNotes(argument);
    for (HeldSeries held : all) {
      if (held.column().histograms == null) continue;
      series.add(held);
      BucketFamily family = families.get(held.labels());
      if (family != null) hideBoth(held, family);
    }
  }

  private void hideBoth(HeldSeries held, BucketFamily family) {
    for (int i = 0; i < held.column().steps(); i++) {
      if (held.column().histogram(i) == null || !family.read(i)) continue;
      notes.mixedWithClassic(held.labels().metricName());
      family.hide(i);
      held.column().hole(i);
    }
  }

  /** The labels with what a function adds to them. */
  interface Relabel {
    Labels apply(Labels labels);
  }

  void quantiles(int argument, Relabel relabel, SeriesSink out) {
    each(
        relabel,
        out,
        name ->
            (histogram, step) -> {
              double result = Estimates.quantile(histogram, inputs.scalar(argument, step));
              boolean known = !Double.isNaN(inputs.scalar(argument, step));
              if (known && Double.isNaN(histogram.sum())) note(histogram, name, result);
              return result;
            });
  }

  private void note(Histogram histogram, String name, double result) {
    if (histogram.count() == 0 || Double.isInfinite(result)) return;
    if (Double.isNaN(result)) notes.quantileIsNaN(name);
    else if (Estimates.sawNaN(histogram)) notes.quantileIsSkewed(name);
  }

  void fractions(SeriesSink out) {
    each(
        labels -> labels,
        out,
        name ->
            (histogram, step) -> {
              double from = inputs.scalar(0, step);
              double to = inputs.scalar(1, step);
              if (from < to && histogram.count() != 0 && Estimates.sawNaN(histogram)) {
                notes.fractionWithoutNaN(name);
              }
              return Estimates.fraction(histogram, from, to);
            });
  }

  private void each(
      Relabel relabel, SeriesSink out, java.util.function.Function<String, Question> questions) {
    var result = new Column(inputs.steps().count());
    for (HeldSeries held : series) {
      result.clear();
      Question question = questions.apply(held.labels().metricName());
      for (int i = 0; i < result.steps(); i++) {
        Histogram histogram = held.column().histogram(i);
        if (histogram != null) result.set(i, question.ask(histogram, i));
      }
      out.take(relabel.apply(held.labels()), true, result);
    }
  }
}
