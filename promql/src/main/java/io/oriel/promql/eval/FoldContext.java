package io.oriel.promql.eval;

import io.oriel.promql.expr.Aggregator;
import io.oriel.promql.expr.HistogramNotes;
import io.oriel.promql.expr.Notes;
import io.oriel.promql.expr.Place;
import io.oriel.promql.plan.Plan;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.Steps;
import org.jspecify.annotations.Nullable;

/**
 * What the folds of one aggregation share.
 *
 * @param parameter the scalar parameter at each step, null where there is none
 * @param text the string parameter, empty where there is none
 * @param histogramNotes what is said of native histograms among the series
 */
record FoldContext(
    Aggregator aggregator,
    Steps steps,
    boolean instant,
    @Nullable Column parameter,
    String text,
    Place parameterAt,
    HistogramNotes histogramNotes,
    Notes notes,
    Budget budget) {

  static FoldContext of(Evaluation evaluation, Plan.Aggregate plan, Steps steps) {
    Plan.Numbers number = plan.number();
    Place parameterAt = plan.parameterAt();
    return new FoldContext(
        plan.aggregator(),
        steps,
        evaluation.time().instant(),
        number == null ? null : evaluation.numbers(number, steps),
        plan.text(),
        parameterAt == null ? plan.at() : parameterAt,
        new HistogramNotes(evaluation.notes(), ignoredAt(plan)),
        evaluation.notes(),
        evaluation.budget());
  }

  /** Prometheus shows the whole aggregation where series are ranked, else the operand. */
  private static Place ignoredAt(Plan.Aggregate plan) {
    boolean ranks = plan.aggregator() == Aggregator.TOPK || plan.aggregator() == Aggregator.BOTTOMK;
    return ranks ? plan.wholeAt() : plan.at();
  }

  double parameter(int step) {
    if (parameter == null) throw new IllegalStateException("no parameter: " + aggregator);
    return parameter.values[step];
  }
}
