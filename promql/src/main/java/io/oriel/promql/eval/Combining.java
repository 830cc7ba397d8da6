package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.promql.expr.Matching;
import io.oriel.promql.expr.Operator;
import io.oriel.promql.plan.Plan;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.SeriesSink;
import io.oriel.promql.series.Steps;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The set operators. Of one side only is kept at which steps each match group is there; the series
 * of the other stream past.
 */
final class Combining {
  private final Evaluation evaluation;
  private final Plan.Combine plan;
  private final Steps steps;
  private final List<String> ignored;
  private final Map<Labels, BitSet> present = new HashMap<>();

  Combining(Evaluation evaluation, Plan.Combine plan, Steps steps) {
    this.evaluation = evaluation;
    this.plan = plan;
    this.steps = steps;
    this.ignored = Names.withName(plan.matching().labels());
  }

  void run(SeriesSink out) {
    try {
      combine(out);
    } finally {
      evaluation.budget().releaseSeries(present.size());
    }
  }

  private void combine(SeriesSink out) {
    if (plan.operator() == Operator.OR) {
      SeriesSink left =
          (labels, nameless, column) -> {
            remember(labels, column);
            out.take(labels, nameless, column);
          };
      evaluation.vector(plan.left(), steps, left);
      evaluation.vector(plan.right(), steps, masked(false, out));
    } else {
      evaluation.vector(plan.right(), steps, (labels, _, column) -> remember(labels, column));
      evaluation.vector(plan.left(), steps, masked(plan.operator() == Operator.AND, out));
    }
  }

  private void remember(Labels labels, Column column) {
    Labels group = group(labels);
    BitSet known = present.get(group);
    if (known == null) {
      evaluation.budget().holdSeries();
      known = new BitSet(column.steps());
      present.put(group, known);
    }
    for (int i = 0; i < column.steps(); i++) if (column.hasAny(i)) known.set(i);
  }

  /** Lets a value through where its group is there, or where it is not. */
  private SeriesSink masked(boolean wanted, SeriesSink out) {
    return (labels, nameless, column) -> {
      BitSet known = present.get(group(labels));
      for (int i = 0; i < column.steps(); i++) {
        if ((known != null && known.get(i)) != wanted) column.hole(i);
      }
      if (!column.isEmpty()) out.take(labels, nameless, column);
    };
  }

  private Labels group(Labels labels) {
    Matching matching = plan.matching();
    return matching.on() ? labels.only(matching.labels()) : labels.without(ignored);
  }
}
