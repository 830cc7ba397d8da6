package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.promql.plan.Plan;
import java.util.List;

/** Tells of a plan whether all its series have the same metric name, as most do. */
final class OneName {
  private OneName() {}

  static boolean is(Plan.Samples plan) {
    return switch (plan) {
      case Plan.SelectRange range -> is(range.matchers());
      case Plan.Subquery subquery -> is(subquery.inner());
    };
  }

  static boolean is(Plan.Vector plan) {
    return switch (plan) {
      case Plan.Select select -> is(select.matchers());
      case Plan.Smooth smooth -> is(smooth.matchers());
      case Plan.WithInfo info -> is(info.operand());
      case Plan.Walk walk -> is(walk.samples());
      case Plan.Change change -> is(change.operand());
      case Plan.StepTimes(Plan.Vector operand) -> is(operand);
      case Plan.Negative(Plan.Vector operand) -> is(operand);
      case Plan.WithNumber with -> is(with.vector());
      case Plan.Steady(Plan.Vector operand) -> is(operand);
      case Plan.Shared(_, Plan.Vector operand) -> is(operand);
      case Plan.OneSeries _, Plan.Absent _, Plan.Nothing _ -> true;
      case Plan.Aggregate aggregate ->
          aggregate.aggregator().keepsLabels()
              ? is(aggregate.operand())
              : aggregate.grouping().without()
                  || !aggregate.grouping().labels().contains(Labels.NAME);
      case Plan.Relabel _, Plan.Whole _, Plan.Join _, Plan.Combine _ -> false;
    };
  }

  private static boolean is(List<Matcher> matchers) {
    for (Matcher matcher : matchers) {
      boolean fixes = matcher.op() == Matcher.Op.EQUAL && !matcher.value().isEmpty();
      if (fixes && matcher.name().equals(Labels.NAME)) return true;
    }
    return false;
  }
}
