package io.oriel.promql.plan;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.promql.expr.Expr;
import java.util.HashSet;
import java.util.List;

/** The labels of what {@code absent} misses: those that a selector fixes, each by one equality. */
final class AbsentLabels {
  private AbsentLabels() {}

  static Labels of(Expr expr) {
    return switch (expr.bare()) {
      case Expr.Selector selector -> of(selector.matchers());
      case Expr.Range range -> of(range.selector().matchers());
      default -> Labels.EMPTY;
    };
  }

  private static Labels of(List<Matcher> matchers) {
    var labels = Labels.builder();
    var seen = new HashSet<String>();
    for (Matcher matcher : matchers) {
      if (matcher.name().equals(Labels.NAME)) continue;
      boolean fixes = matcher.op() == Matcher.Op.EQUAL && seen.add(matcher.name());
      if (fixes) labels.set(matcher.name(), matcher.value());
      else labels.remove(matcher.name());
    }
    return labels.build();
  }
}
