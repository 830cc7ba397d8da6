package io.oriel.promql.plan;

import io.oriel.promql.expr.Expr;
import io.oriel.promql.series.QueryTime;
import java.util.Objects;
import java.util.Set;

/**
 * What is the same at every step of a range query, because {@code @} fixes it: computed once. Works
 * from the leaves up, so that a node only asks whether the nodes below it are marked.
 */
final class Steadiness {
  private static final Set<String> OF_THE_STEP = Set.of("time", "predict_linear");

  private Steadiness() {}

  static Plan.Vector of(Plan.Vector plan, QueryTime time) {
    return !time.instant() && steady(plan) ? new Plan.Steady(plan) : plan;
  }

  static Plan.Numbers of(Plan.Numbers plan, QueryTime time) {
    boolean known = plan instanceof Plan.Constant;
    return !known && !time.instant() && steady(plan) ? new Plan.SteadyNumber(plan) : plan;
  }

  /** Computes what only depends on constants: {@code 60 * 60} costs a query nothing. */
  static Plan.Numbers folded(Plan.Numbers plan) {
    return switch (plan) {
      case Plan.Arithmetic(var op, Plan.Constant(double l), Plan.Constant(double r)) ->
          new Plan.Constant(op.apply(l, r));
      case Plan.NegativeNumber(Plan.Constant(double value)) -> new Plan.Constant(-value);
      default -> plan;
    };
  }

  private static boolean marked(Plan plan) {
    return plan instanceof Plan.Constant
        || plan instanceof Plan.Steady
        || plan instanceof Plan.SteadyNumber;
  }

  private static boolean steady(Plan.Numbers plan) {
    return switch (plan) {
      case Plan.Constant _, Plan.SteadyNumber _ -> true;
      case Plan.AtSteps(_, Plan.Arguments arguments) -> steady(arguments);
      case Plan.NegativeNumber(Plan.Numbers operand) -> marked(operand);
      case Plan.Arithmetic(_, Plan.Numbers left, Plan.Numbers right) ->
          marked(left) && marked(right);
      case Plan.OnlyValue(Plan.Vector operand) -> marked(operand);
    };
  }

  private static boolean steady(Plan.Arguments arguments) {
    Expr.Call call = arguments.call();
    return !OF_THE_STEP.contains(call.function().name())
        && arguments.numbers().stream().filter(Objects::nonNull).allMatch(Steadiness::marked);
  }

  private static boolean steady(Plan.Vector plan) {
    return switch (plan) {
      case Plan.Select select -> select.reach().fixed();
      case Plan.Walk walk -> walk.samples().reach().fixed() && steady(walk.arguments());
      case Plan.Change change -> marked(change.operand()) && steady(change.arguments());
      case Plan.Relabel relabel -> marked(relabel.operand());
      case Plan.Whole whole -> marked(whole.operand()) && steady(whole.arguments());
      case Plan.OneSeries(Plan.Numbers operand) -> marked(operand);
      case Plan.Smooth smooth -> smooth.reach().fixed();
      case Plan.WithInfo info -> marked(info.operand()) && info.reach().fixed();
      case Plan.StepTimes _, Plan.Nothing _ -> false;
      case Plan.Absent absent -> marked(absent.operand());
      case Plan.Negative(Plan.Vector operand) -> marked(operand);
      case Plan.Aggregate aggregate ->
          marked(aggregate.operand()) && (aggregate.number() == null || marked(aggregate.number()));
      case Plan.Shared(_, Plan.Vector operand) -> steady(operand);
      case Plan.WithNumber with -> marked(with.vector()) && marked(with.number());
      case Plan.Join join -> marked(join.left()) && marked(join.right());
      case Plan.Combine combine -> marked(combine.left()) && marked(combine.right());
      case Plan.Steady _ -> true;
    };
  }
}
