package io.oriel.promql.plan;

import io.oriel.promql.expr.Aggregator;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.parse.Printer;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which aggregations stand in a query several times, word for word, as in {@code sum(a) / (sum(a) +
 * sum(b))}: they are computed once. Nothing else is: an aggregation reads much and leaves little to
 * be held, while the series of a selector are cheaper read twice than held.
 */
final class SharedParts {
  static final SharedParts NONE = new SharedParts();

  private final Map<String, Integer> counts = new HashMap<>();
  private final IdentityHashMap<Expr.Aggregate, String> texts = new IdentityHashMap<>();

  static SharedParts of(Expr query) {
    if (aggregations(query) < 2) return NONE;
    var parts = new SharedParts();
    parts.count(query);
    return parts;
  }

  /** The text of an aggregation that stands in the query several times; null for all others. */
  @Nullable String textOf(Expr.Aggregate aggregate) {
    String text = texts.get(aggregate);
    return text != null && counts.getOrDefault(text, 0) > 1 ? text : null;
  }

  private static int aggregations(Expr expr) {
    return switch (expr) {
      case Expr.Constant _, Expr.Text _, Expr.Selector _, Expr.Range _ -> 0;
      case Expr.Bracketed(Expr inner, _) -> aggregations(inner);
      case Expr.Signed(_, Expr operand, _) -> aggregations(operand);
      case Expr.Binary binary -> aggregations(binary.left()) + aggregations(binary.right());
      case Expr.Call call -> call.arguments().stream().mapToInt(SharedParts::aggregations).sum();
      case Expr.Subquery subquery -> aggregations(subquery.inner());
      case Expr.Aggregate aggregate -> 1 + aggregations(aggregate.operand());
    };
  }

  private void count(Expr expr) {
    switch (expr) {
      case Expr.Constant _, Expr.Text _, Expr.Selector _, Expr.Range _ -> {}
      case Expr.Bracketed(Expr inner, _) -> count(inner);
      case Expr.Signed(_, Expr operand, _) -> count(operand);
      case Expr.Binary binary -> {
        count(binary.left());
        count(binary.right());
      }
      case Expr.Call call -> call.arguments().forEach(this::count);
      case Expr.Subquery subquery -> count(subquery.inner());
      case Expr.Aggregate aggregate -> count(aggregate);
    }
  }

  private void count(Expr.Aggregate aggregate) {
    boolean known = folds(aggregate.aggregator()) && countText(aggregate) > 1;
    if (!known) count(aggregate.operand()); // of a repeated one, what is inside is not repeated
  }

  private int countText(Expr.Aggregate aggregate) {
    String text = Printer.line(aggregate);
    texts.put(aggregate, text);
    return counts.merge(text, 1, Integer::sum);
  }

  /** Whether its series are groups, each of which comes once. */
  private static boolean folds(Aggregator aggregator) {
    return !aggregator.keepsLabels() && aggregator != Aggregator.COUNT_VALUES;
  }
}
