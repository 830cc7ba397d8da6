package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.promql.expr.Aggregator;
import io.oriel.promql.expr.Grouping;
import io.oriel.promql.plan.Plan;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.SeriesSink;
import io.oriel.promql.series.Steps;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An aggregation: each series is folded into its group as it comes and then forgotten, so that what
 * is held depends on the number of groups, not of series.
 */
final class Aggregation implements SeriesSink {
  private static final class Group {
    private final GroupFold fold;
    private boolean nameless;

    Group(GroupFold fold) {
      this.fold = fold;
    }
  }

  private final Map<Labels, Group> groups = new LinkedHashMap<>();
  private final Grouping grouping;
  private final Set<String> names;
  private final Supplier<GroupFold> newFold;
  private final Budget budget;
  private final int steps;

  private Aggregation(
      Evaluation evaluation, Grouping grouping, Supplier<GroupFold> newFold, int steps) {
    this.grouping = grouping;
    this.names =
        grouping.without()
            ? new HashSet<>(evaluation.names().and(grouping.labels()))
            : new HashSet<>(grouping.labels());
    this.newFold = newFold;
    this.budget = evaluation.budget();
    this.steps = steps;
  }

  /** Evaluates the operand and hands the groups on. */
  static void run(Evaluation evaluation, Plan.Aggregate plan, Steps steps, SeriesSink out) {
    var context = FoldContext.of(evaluation, plan, steps);
    var aggregation =
        new Aggregation(evaluation, plan.grouping(), Folds.of(context), steps.count());
    try {
      evaluation.vector(plan.operand(), steps, aggregation);
      boolean mayMeet = plan.aggregator() == Aggregator.COUNT_VALUES;
      if (mayMeet) CountValues.addUp(aggregation::handOn, out);
      else aggregation.handOn(out);
    } finally {
      evaluation.budget().release((long) aggregation.groups.size() * steps.count());
    }
  }

  private void handOn(SeriesSink out) {
    groups.forEach((labels, group) -> group.fold.handOn(labels, group.nameless, out));
  }

  @Override
  public void take(Labels labels, boolean nameless, Column column) {
    Labels key = grouping.without() ? labels.without(names) : labels.only(names);
    Group group = groups.get(key);
    if (group == null) {
      budget.hold(steps);
      group = new Group(newFold.get());
      groups.put(key, group);
    }
    if (nameless) group.nameless = true;
    group.fold.add(labels, nameless, column);
  }
}
