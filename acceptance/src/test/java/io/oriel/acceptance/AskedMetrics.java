package io.oriel.acceptance;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.parse.Features;
import io.oriel.promql.parse.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which metrics a query asks for, and whether a store has them. */
final class AskedMetrics {
  private AskedMetrics() {}

  /** Whether each selector of the query finds a name that the store has. */
  static boolean areThere(String query, Set<String> stored) {
    try {
      List<Expr.Selector> selectors = new ArrayList<>();
      selectors(Parser.parse(query, Features.STABLE, Limits.NORMAL), selectors);
      return !selectors.isEmpty() && selectors.stream().allMatch(each -> isThere(each, stored));
    } catch (Refusal _) {
      return false; // what no server can parse, none can serve
    }
  }

  private static boolean isThere(Expr.Selector selector, Set<String> stored) {
    List<Matcher> named =
        selector.matchers().stream().filter(matcher -> matcher.name().equals(Labels.NAME)).toList();
    if (named.isEmpty()) return false; // asks for a label of whatever metric: nobody can say
    return stored.stream().anyMatch(name -> named.stream().allMatch(each -> each.matches(name)));
  }

  private static void selectors(Expr expr, List<Expr.Selector> into) {
    switch (expr) {
      case Expr.Selector selector -> into.add(selector);
      case Expr.Range range -> into.add(range.selector());
      case Expr.Subquery subquery -> selectors(subquery.inner(), into);
      case Expr.Bracketed bracketed -> selectors(bracketed.inner(), into);
      case Expr.Signed signed -> selectors(signed.operand(), into);
      case Expr.Binary binary -> {
        selectors(binary.left(), into);
        selectors(binary.right(), into);
      }
      case Expr.Call call -> call.arguments().forEach(each -> selectors(each, into));
      case Expr.Aggregate aggregate -> {
        if (aggregate.parameter() != null) selectors(aggregate.parameter(), into);
        selectors(aggregate.operand(), into);
      }
      case Expr.Constant _, Expr.Text _ -> {}
    }
  }
}
