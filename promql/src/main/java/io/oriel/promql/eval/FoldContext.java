package io.oriel.promql.eval;

import io.oriel.promql.expr.Aggregator;
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
 */
record FoldContext(
    Aggregator aggregator,
    Steps steps,
    boolean instant,
    @Nullable Column parameter,
    String text,
    Place parameterAt,
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
        evaluation.notes(),
        evaluation.budget());
  }

  double parameter(int step) {
    if (parameter == null) throw new IllegalStateException("no parameter: " + aggregator);
    return parameter.values[step];
  }
}
