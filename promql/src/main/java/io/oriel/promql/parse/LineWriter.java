package io.oriel.promql.parse;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.GoNumber;
import io.oriel.promql.expr.Grouping;
import io.oriel.promql.expr.Matching;
import io.oriel.promql.expr.Quoting;
import io.oriel.promql.expr.Shift;
import io.oriel.promql.expr.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a tree on one line, each part once, and stops soon after a given width: whether a part of
 * a tree fits a line is asked at every level of it.
 */
final class LineWriter {
  private final StringBuilder out = new StringBuilder();
  private final int most;

  private LineWriter(int most) {
    this.most = most;
  }

  /** The whole line, however long. */
  static String whole(Expr expr) {
    var line = new LineWriter(Integer.MAX_VALUE);
    line.expr(expr);
    return line.out.toString();
  }

  /** The line; cut somewhere behind a width where it is longer than that. */
  static String upTo(int width, Expr expr) {
    var line = new LineWriter(width);
    line.expr(expr);
    return line.out.toString();
  }

  /** What stands before the operands of an aggregation, its bracket included. */
  static String opening(Expr.Aggregate aggregate) {
    var line = new LineWriter(Integer.MAX_VALUE);
    line.aggregation(aggregate);
    return line.out.toString();
  }

  static String operator(Expr.Binary binary) {
    var line = new LineWriter(Integer.MAX_VALUE);
    line.sign(binary);
    return line.out.toString();
  }

  /** What stands behind the expression of a subquery. */
  static String behind(Expr.Subquery subquery) {
    var line = new LineWriter(Integer.MAX_VALUE);
    line.reach(subquery);
    return line.out.toString();
  }

  private boolean isFull() {
    return out.length() > most;
  }

  private void expr(Expr expr) {
    if (isFull()) return;
    switch (expr) {
      case Expr.Constant(double value, boolean duration, _) -> number(value, duration);
      case Expr.Text(String value, _) -> quoted(value);
      case Expr.Bracketed(Expr inner, _) -> {
        out.append('(');
        expr(inner);
        out.append(')');
      }
      case Expr.Signed(boolean negative, Expr operand, _) -> {
        out.append(negative ? '-' : '+');
        expr(operand);
      }
      case Expr.Binary binary -> {
        expr(Printer.leftOf(binary));
        out.append(' ');
        sign(binary);
        out.append(' ');
        expr(binary.right());
      }
      case Expr.Call call -> {
        out.append(call.function().name()).append('(');
        exprs(call.arguments());
      }
      case Expr.Aggregate aggregate -> {
        aggregation(aggregate);
        exprs(Printer.arguments(aggregate));
      }
      case Expr.Selector selector -> {
        selector(selector);
        edges(selector);
        shift(selector.shift());
      }
      case Expr.Range(Expr.Selector selector, Span length, _) -> {
        selector(selector);
        out.append('[');
        span(length);
        out.append(']');
        edges(selector);
        shift(selector.shift());
      }
      case Expr.Subquery subquery -> {
        expr(subquery.inner());
        reach(subquery);
      }
    }
  }

  private void exprs(List<Expr> exprs) {
    for (int i = 0; i < exprs.size() && !isFull(); i++) {
      if (i > 0) out.append(", ");
      expr(exprs.get(i));
    }
    out.append(')');
  }

  private void number(double value, boolean duration) {
    out.append(duration ? Literals.durationText(Math.round(value * 1000)) : GoNumber.plain(value));
  }

  /** What is longer than the width is not worth its escapes. */
  private void quoted(String text) {
    if (text.length() > most) out.append(text, 0, most + 1);
    else Quoting.appendQuoted(out, text);
  }

  private void aggregation(Expr.Aggregate aggregate) {
    Grouping grouping = aggregate.grouping();
    out.append(aggregate.aggregator().text());
    if (grouping.without() || !grouping.labels().isEmpty()) {
      out.append(grouping.without() ? " without " : " by ");
      labels(grouping.labels());
      out.append(' ');
    }
    out.append('(');
  }

  private void labels(List<String> labels) {
    out.append('(');
    for (int i = 0; i < labels.size() && !isFull(); i++) {
      if (i > 0) out.append(", ");
      label(labels.get(i));
    }
    out.append(')');
  }

  private void label(String name) {
    if (isPlain(name)) out.append(name);
    else quoted(name);
  }

  private static boolean isPlain(String name) {
    if (name.isEmpty() || Lexer.isDigit(name.charAt(0))) return false;
    return name.chars().allMatch(c -> Lexer.isAlpha(c) || Lexer.isDigit(c));
  }

  private void sign(Expr.Binary binary) {
    out.append(binary.operator().sign());
    if (binary.bool()) out.append(" bool");
    Matching matching = binary.matching();
    if (matching == null) return;
    boolean grouped = matching.cardinality() != Matching.Cardinality.ONE_TO_ONE;
    if (matching.explicit() || grouped) {
      out.append(matching.on() ? " on " : " ignoring ");
      labels(matching.labels());
    }
    if (grouped) {
      boolean left = matching.cardinality() == Matching.Cardinality.MANY_TO_ONE;
      out.append(left ? " group_left " : " group_right ");
      labels(matching.include());
    }
    fills(matching);
  }

  private void fills(Matching matching) {
    Double left = matching.fillLeft();
    Double right = matching.fillRight();
    if (left != null && right != null && left.doubleValue() == right.doubleValue()) {
      fill(" fill", left);
      return;
    }
    if (left != null) fill(" fill_left", left);
    if (right != null) fill(" fill_right", right);
  }

  private void fill(String word, double value) {
    out.append(word).append(" (").append(GoNumber.plain(value)).append(')');
  }

  private void selector(Expr.Selector selector) {
    var matchers = new ArrayList<String>();
    int length = 0;
    for (Matcher matcher : selector.matchers()) {
      boolean isName =
          matcher.name().equals(Labels.NAME)
              && matcher.op() == Matcher.Op.EQUAL
              && !selector.name().isEmpty()
              && matcher.value().equals(selector.name());
      if (isName) continue;
      length += matcher.name().length() + matcher.value().length();
      if (length > most) break; // too long in whatever order
      matchers.add(text(matcher));
    }
    out.append(selector.name());
    if (matchers.isEmpty() && length == 0 && !selector.name().isEmpty()) return;
    matchers.sort(null);
    out.append('{').append(String.join(",", matchers)).append('}');
    if (length > most) out.append(" ".repeat(most)); // says that it does not fit
  }

  private static String text(Matcher matcher) {
    var text = new LineWriter(Integer.MAX_VALUE);
    text.label(matcher.name());
    text.out.append(matcher.op().sign());
    text.quoted(matcher.value());
    return text.out.toString();
  }

  private void edges(Expr.Selector selector) {
    if (selector.edges() == Expr.Edges.PLAIN) return;
    out.append(' ').append(selector.edges().name().toLowerCase(Locale.ROOT));
  }

  private void reach(Expr.Subquery subquery) {
    out.append('[');
    span(subquery.length());
    out.append(':');
    Span step = subquery.step();
    if (step != null) span(step);
    out.append(']');
    shift(subquery.shift());
  }

  private void shift(Shift shift) {
    Long at = shift.atMs();
    Shift.Edge edge = shift.edge();
    Span offset = shift.offset();
    if (at != null) out.append(String.format(Locale.ROOT, " @ %.3f", at / 1000.0));
    if (edge != null) out.append(edge == Shift.Edge.START ? " @ start()" : " @ end()");
    if (offset == null) return;
    out.append(" offset ");
    span(offset);
  }

  private void span(Span span) {
    if (isFull()) return;
    switch (span) {
      case Span.Fixed fixed -> number(fixed.seconds(), fixed.duration());
      case Span.QueryStep _ -> out.append("step()");
      case Span.QueryRange _ -> out.append("range()");
      case Span.Bracketed(Span inner, _) -> {
        out.append('(');
        span(inner);
        out.append(')');
      }
      case Span.Signed(boolean negative, Span operand, _) -> {
        out.append(negative ? '-' : '+');
        span(operand);
      }
      case Span.Computed(Span.Op op, Span left, Span right, _) -> {
        boolean call = op.binds() == 0;
        if (call) out.append(op.sign()).append('(');
        span(left);
        out.append(call ? ", " : " " + op.sign() + " ");
        span(right);
        if (call) out.append(')');
      }
    }
  }
}
