package io.oriel.promql.parse;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.GoNumber;
import io.oriel.promql.expr.Grouping;
import io.oriel.promql.expr.Matching;
import io.oriel.promql.expr.Operator;
import io.oriel.promql.expr.Quoting;
import io.oriel.promql.expr.Shift;
import io.oriel.promql.expr.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes a tree as text: on one line, or broken at 100 columns. Both read back to the same tree.
 */
public final class Printer {
  private static final int WIDTH = 100;
  private static final String INDENT = "  ";

  private Printer() {}

  /** On one line. */
  public static String line(Expr expr) {
    return switch (expr) {
      case Expr.Constant(double value, boolean duration, _) -> number(value, duration);
      case Expr.Text(String value, _) -> Quoting.quote(value);
      case Expr.Bracketed(Expr inner, _) -> "(" + line(inner) + ")";
      case Expr.Signed(boolean negative, Expr operand, _) -> (negative ? "-" : "+") + line(operand);
      case Expr.Binary binary ->
          line(leftOf(binary)) + " " + operator(binary) + " " + line(binary.right());
      case Expr.Call call -> call.function().name() + "(" + lines(call.arguments()) + ")";
      case Expr.Aggregate aggregate -> opening(aggregate) + lines(arguments(aggregate)) + ")";
      case Expr.Selector selector -> selector(selector) + edges(selector) + shift(selector.shift());
      case Expr.Range(Expr.Selector selector, Span length, _) ->
          selector(selector) + "[" + span(length) + "]" + edges(selector) + shift(selector.shift());
      case Expr.Subquery subquery -> line(subquery.inner()) + behind(subquery);
    };
  }

  /** A sign before {@code ^} would be read as one of the whole power: brackets keep it. */
  private static Expr leftOf(Expr.Binary binary) {
    Expr left = binary.left();
    boolean signed =
        left instanceof Expr.Constant(double value, _, _)
            && (value == Double.POSITIVE_INFINITY || value < 0);
    return signed && binary.operator() == Operator.POWER
        ? new Expr.Bracketed(left, left.at())
        : left;
  }

  private static String lines(List<Expr> exprs) {
    return exprs.stream().map(Printer::line).collect(Collectors.joining(", "));
  }

  private static List<Expr> arguments(Expr.Aggregate aggregate) {
    Expr parameter = aggregate.parameter();
    return parameter == null
        ? List.of(aggregate.operand())
        : List.of(parameter, aggregate.operand());
  }

  private static String number(double value, boolean duration) {
    return duration ? Literals.durationText(Math.round(value * 1000)) : GoNumber.plain(value);
  }

  private static String opening(Expr.Aggregate aggregate) {
    Grouping grouping = aggregate.grouping();
    String name = aggregate.aggregator().text();
    if (grouping.without()) return name + " without " + labels(grouping.labels()) + " (";
    if (grouping.labels().isEmpty()) return name + "(";
    return name + " by " + labels(grouping.labels()) + " (";
  }

  private static String labels(List<String> labels) {
    return labels.stream().map(Printer::label).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String label(String name) {
    return name.matches("[a-zA-Z_][a-zA-Z0-9_]*") ? name : Quoting.quote(name);
  }

  private static String operator(Expr.Binary binary) {
    var text = new StringBuilder(binary.operator().sign());
    if (binary.bool()) text.append(" bool");
    Matching matching = binary.matching();
    if (matching == null) return text.toString();
    boolean grouped = matching.cardinality() != Matching.Cardinality.ONE_TO_ONE;
    if (matching.explicit() || grouped) {
      text.append(matching.on() ? " on " : " ignoring ").append(labels(matching.labels()));
    }
    if (grouped) {
      boolean left = matching.cardinality() == Matching.Cardinality.MANY_TO_ONE;
      text.append(left ? " group_left " : " group_right ").append(labels(matching.include()));
    }
    return text.append(fills(matching)).toString();
  }

  private static String fills(Matching matching) {
    Double left = matching.fillLeft();
    Double right = matching.fillRight();
    if (left != null && right != null && left.doubleValue() == right.doubleValue()) {
      return fill(" fill", left);
    }
    return (left == null ? "" : fill(" fill_left", left))
        + (right == null ? "" : fill(" fill_right", right));
  }

  private static String fill(String word, double value) {
    return word + " (" + GoNumber.plain(value) + ")";
  }

  private static String selector(Expr.Selector selector) {
    var matchers = new ArrayList<String>();
    for (Matcher matcher : selector.matchers()) {
      boolean isName =
          matcher.name().equals(Labels.NAME)
              && matcher.op() == Matcher.Op.EQUAL
              && !selector.name().isEmpty()
              && matcher.value().equals(selector.name());
      if (!isName) {
        matchers.add(label(matcher.name()) + matcher.op().sign() + Quoting.quote(matcher.value()));
      }
    }
    if (matchers.isEmpty() && !selector.name().isEmpty()) return selector.name();
    matchers.sort(null);
    return selector.name() + "{" + String.join(",", matchers) + "}";
  }

  private static String edges(Expr.Selector selector) {
    return selector.edges() == Expr.Edges.PLAIN
        ? ""
        : " " + selector.edges().name().toLowerCase(Locale.ROOT);
  }

  private static String behind(Expr.Subquery subquery) {
    Span step = subquery.step();
    String second = step == null ? "" : span(step);
    return "[" + span(subquery.length()) + ":" + second + "]" + shift(subquery.shift());
  }

  private static String shift(Shift shift) {
    var text = new StringBuilder();
    Long at = shift.atMs();
    Shift.Edge edge = shift.edge();
    Span offset = shift.offset();
    if (at != null) text.append(String.format(Locale.ROOT, " @ %.3f", at / 1000.0));
    if (edge != null) text.append(edge == Shift.Edge.START ? " @ start()" : " @ end()");
    if (offset != null) text.append(" offset ").append(span(offset));
    return text.toString();
  }

  private static String span(Span span) {
    return switch (span) {
      case Span.Fixed fixed -> number(fixed.seconds(), fixed.duration());
      case Span.QueryStep _ -> "step()";
      case Span.QueryRange _ -> "range()";
      case Span.Bracketed(Span inner, _) -> "(" + span(inner) + ")";
      case Span.Signed(boolean negative, Span operand, _) -> (negative ? "-" : "+") + span(operand);
      case Span.Computed(Span.Op op, Span left, Span right, _) ->
          op.binds() == 0
              ? op.sign() + "(" + span(left) + ", " + span(right) + ")"
              : span(left) + " " + op.sign() + " " + span(right);
    };
  }

  /** Broken over lines where it is longer than 100 columns. */
  public static String pretty(Expr expr) {
    return pretty(expr, 0);
  }

  private static String pretty(Expr expr, int level) {
    String indent = INDENT.repeat(level);
    String line = line(expr);
    if (line.length() <= WIDTH) return indent + line;
    return switch (expr) {
      case Expr.Bracketed(Expr inner, _) ->
          indent + "(\n" + pretty(inner, level + 1) + "\n" + indent + ")";
      case Expr.Signed(boolean negative, Expr operand, _) ->
          indent + (negative ? "-" : "+") + pretty(operand, level).substring(indent.length());
      case Expr.Binary binary ->
          pretty(leftOf(binary), level + 1)
              + "\n"
              + indent
              + operator(binary)
              + "\n"
              + pretty(binary.right(), level + 1);
      case Expr.Call call ->
          indent + call.function().name() + "(" + broken(call.arguments(), level) + ")";
      case Expr.Aggregate aggregate ->
          indent + opening(aggregate) + broken(arguments(aggregate), level) + ")";
      case Expr.Subquery subquery -> pretty(subquery.inner(), level) + behind(subquery);
      case Expr.Constant _, Expr.Text _, Expr.Selector _, Expr.Range _ -> indent + line;
    };
  }

  private static String broken(List<Expr> exprs, int level) {
    return exprs.stream()
        .map(expr -> pretty(expr, level + 1))
        .collect(Collectors.joining(",\n", "\n", "\n" + INDENT.repeat(level)));
  }
}
