package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.promql.plan.Plan;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.HeldSeries;
import io.oriel.promql.series.SeriesSink;
import io.oriel.promql.series.Steps;
import io.oriel.promql.series.Windows;

/**
 * Asks an expression once over all that the windows cover, at the multiples of the subquery's step
 * since 1970, and walks over what comes as over samples of a store.
 */
final class SubqueryReader {
  private final Evaluation evaluation;
  private final Plan.Subquery subquery;
  private final Windows.Frame frame;

  SubqueryReader(Evaluation evaluation, Plan.Subquery subquery, Windows.Frame frame) {
    this.evaluation = evaluation;
    this.subquery = subquery;
    this.frame = frame;
  }

  void read(SeriesReader.Walk walk, SeriesSink out) {
    Steps steps = innerSteps();
    if (steps.count() == 0) return;
    var samples = new SampleColumns(steps.count());
    var windows = new Windows(frame);
    var column = new Column(frame.steps().count());
    Budget budget = evaluation.budget();
    try (var held = new SeriesSet(budget)) {
      evaluation.vector(subquery.inner(), steps, held);
      for (HeldSeries series : held.all()) {
        budget.check();
        walkOne(walk, series, steps, samples, windows, column);
        StepCount perStep = budget.perStep();
        if (perStep != null) perStep.ofWindows(frame, windows, samples);
        Labels labels = series.labels();
        if (!column.isEmpty()) out.take(labels, series.nameless(), column);
      }
    }
  }

  private static void walkOne(
      SeriesReader.Walk walk,
      HeldSeries series,
      Steps steps,
      SampleColumns samples,
      Windows windows,
      Column column) {
    samples.clear();
    Column values = series.column();
    for (int i = 0; i < values.steps(); i++) {
      Histogram histogram = values.histogram(i);
      if (histogram != null) samples.add(steps.at(i), withoutHint(histogram));
      else if (values.has(i)) samples.add(steps.at(i), values.values[i]);
    }
    column.clear();
    windows.over(series.labels(), samples);
    walk.walk(series.labels(), windows, samples, column);
  }

  /** Between two steps a counter may have begun anew unseen, or the same reset may come twice. */
  private static Histogram withoutHint(Histogram histogram) {
    boolean gauge = histogram.reset() == CounterReset.GAUGE;
    return gauge ? histogram : histogram.withReset(CounterReset.UNKNOWN);
  }

  private Steps innerSteps() {
    long stepMs = subquery.stepMs();
    long leftEdge = frame.firstMs() - 1;
    long start = Math.floorDiv(leftEdge, stepMs) * stepMs + stepMs; // the left edge is outside
    long count = Math.floorDiv(frame.lastMs() - start, stepMs) + 1;
    if (count <= 0) return new Steps(start, stepMs, 0);
    evaluation.budget().hold(count);
    evaluation.budget().release(count);
    return new Steps(start, stepMs, (int) count);
  }
}
