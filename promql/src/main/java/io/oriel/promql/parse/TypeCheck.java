package io.oriel.promql.parse;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Matching;
import io.oriel.promql.expr.Matching.Cardinality;
import io.oriel.promql.expr.Place;
import io.oriel.promql.expr.Quoting;
import io.oriel.promql.expr.ValueType;
import java.util.HashSet;
import java.util.List;

/**
 * Checks a tree against the rows of its functions and the rules of the operators. The order of the
 * checks is Prometheus', so that of several faults the same one is told.
 */
final class TypeCheck {
  private final String text;

  TypeCheck(String text) {
    this.text = text;
  }

  void check(Expr expr) {
    switch (expr) {
      case Expr.Constant _, Expr.Text _ -> {}
      case Expr.Bracketed(Expr inner, _) -> check(inner);
      case Expr.Signed signed -> signed(signed);
      case Expr.Binary binary -> binary(binary);
      case Expr.Call call -> call(call);
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Selector selector -> selector(selector);
      case Expr.Range range -> selector(range.selector());
      case Expr.Subquery subquery -> subquery(subquery);
    }
  }

  private void expect(Expr expr, ValueType type, String context) {
    check(expr);
    if (expr.type() == type) return;
    throw wrong(
        expr.at(),
        "expected type %s in %s, got %s".formatted(type.words(), context, expr.type().words()));
  }

  private void signed(Expr.Signed signed) {
    check(signed.operand());
    ValueType type = signed.operand().type();
    if (type == ValueType.SCALAR || type == ValueType.VECTOR) return;
    throw wrong(
        signed.at(),
        "unary expression only allowed on expressions of type scalar or instant vector, got "
            + Quoting.quote(type.words()));
  }

  private void subquery(Expr.Subquery subquery) {
    check(subquery.inner());
    ValueType type = subquery.inner().type();
    if (type == ValueType.VECTOR) return;
    throw wrong(
        subquery.at(),
        "subquery is only allowed on instant vector, got " + type.apiName() + " instead");
  }

  private void aggregate(Expr.Aggregate aggregate) {
    expect(aggregate.operand(), ValueType.VECTOR, "aggregation expression");
    ValueType wanted = aggregate.aggregator().parameter();
    Expr parameter = aggregate.parameter();
    if (wanted != null && parameter != null) expect(parameter, wanted, "aggregation parameter");
  }

  private void selector(Expr.Selector selector) {
    List<Matcher> matchers = selector.matchers();
    if (!selector.name().isEmpty()) {
      for (Matcher matcher : matchers.subList(0, matchers.size() - 1)) {
        if (!matcher.name().equals(Labels.NAME)) continue;
        throw wrong(
            selector.at(),
            "metric name must not be set twice: %s or %s"
                .formatted(Quoting.quote(selector.name()), Quoting.quote(matcher.value())));
      }
      return;
    }
    for (Matcher matcher : matchers) if (!matcher.matchesEmpty()) return;
    throw wrong(selector.at(), "vector selector must contain at least one non-empty matcher");
  }

  private void call(Expr.Call call) {
    Function function = call.function();
    int given = call.arguments().size();
    String count =
        function.optional() == 0
            ? "expected " + function.most()
            : given < function.fewest()
                ? "expected at least " + function.fewest()
                : "expected at most " + function.most();
    if (given < function.fewest() || given > function.most()) {
      throw wrong(
          call.at(),
          "%s argument(s) in call to %s, got %d"
              .formatted(count, Quoting.quote(function.name()), given));
    }
    boolean info = function.name().equals("info") && given == 2;
    if (info) infoSelector(call);
    for (int i = 0; i < (info ? 1 : given); i++) {
      expect(
          call.arguments().get(i),
          function.takes(i),
          "call to function " + Quoting.quote(function.name()));
    }
  }

  /** The second argument of {@code info} is no expression: only its matchers are looked at. */
  private void infoSelector(Expr.Call call) {
    Expr labels = call.arguments().get(1);
    if (labels.type() != ValueType.VECTOR) {
      throw wrong(
          call.at(),
          "expected type instant vector in call to function \"info\", got "
              + labels.type().words());
    }
    if (!(labels instanceof Expr.Selector selector)) {
      throw wrong(labels.at(), "expected label selectors only");
    }
    if (!selector.name().isEmpty()) {
      throw wrong(labels.at(), "expected label selectors only, got vector selector instead");
    }
  }

  private void binary(Expr.Binary binary) {
    check(binary.left());
    check(binary.right());
    ValueType left = binary.left().type();
    ValueType right = binary.right().type();
    boolean scalars = left == ValueType.SCALAR && right == ValueType.SCALAR;
    Matching matching = binary.matching();
    if (binary.bool() && !binary.operator().isComparison()) {
      throw wrong(signOf(binary), "bool modifier can only be used on comparison operators");
    }
    if (binary.operator().isComparison() && !binary.bool() && scalars) {
      throw wrong(signOf(binary), "comparisons between scalars must use BOOL modifier");
    }
    if (matching != null) refuseTwofold(binary, matching);
    refuseOtherTypes(binary.left());
    refuseOtherTypes(binary.right());
    boolean vectors = left == ValueType.VECTOR && right == ValueType.VECTOR;
    if (matching != null) matching(binary, matching, vectors);
    if (binary.operator().isSet() && !vectors) {
      throw wrong(binary, "set operator %s not allowed in binary scalar expression");
    }
  }

  private void refuseTwofold(Expr.Binary binary, Matching matching) {
    var include = new HashSet<>(matching.include());
    for (String label : matching.on() ? matching.labels() : List.<String>of()) {
      if (!include.contains(label)) continue;
      throw wrong(
          signOf(binary),
          "label %s must not occur in ON and GROUP clause at once".formatted(Quoting.quote(label)));
    }
  }

  private void refuseOtherTypes(Expr side) {
    if (side.type() == ValueType.SCALAR || side.type() == ValueType.VECTOR) return;
    throw wrong(side.at(), "binary expression must contain only scalar and instant vector types");
  }

  private void matching(Expr.Binary binary, Matching matching, boolean vectors) {
    if (!vectors && !matching.labels().isEmpty()) {
      throw wrong(binary.at(), "vector matching only allowed between instant vectors");
    }
    if (!vectors && matching.fills()) {
      throw wrong(binary.at(), "filling in missing series only allowed between instant vectors");
    }
    if (!vectors || !binary.operator().isSet()) return;
    if (matching.cardinality() != Cardinality.ONE_TO_ONE) {
      throw wrong(binary, "no grouping allowed for %s operation");
    }
    if (matching.fills()) {
      throw wrong(binary.at(), "filling in missing series not allowed for set operators");
    }
  }

  /** Where the operator stands: what is between the two sides. */
  private Place signOf(Expr.Binary binary) {
    int start = binary.left().at().end();
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) start++;
    return new Place(start, Math.max(start, binary.right().at().start()));
  }

  private Refusal.BadQuery wrong(Expr.Binary binary, String message) {
    return wrong(binary.at(), message.formatted(Quoting.quote(binary.operator().sign())));
  }

  private Refusal.BadQuery wrong(Place at, String message) {
    return Problem.at(at, text, message);
  }
}
