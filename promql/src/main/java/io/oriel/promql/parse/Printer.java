package io.oriel.promql.parse;

import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Operator;
import java.util.List;

/**
 * Writes a tree as text: on one line, or broken at 100 columns. Both read back to the same tree.
 */
public final class Printer {
  private static final int WIDTH = 100;
  private static final String INDENT = "  ";

  private final StringBuilder out = new StringBuilder();

  private Printer() {}

  /** On one line. */
  public static String line(Expr expr) {
    return LineWriter.whole(expr);
  }

  /** Broken over lines where it is longer than 100 columns. */
  public static String pretty(Expr expr) {
    var printer = new Printer();
    printer.pretty(expr, 0, true);
    return printer.out.toString();
  }

  /** A sign before {@code ^} would be read as one of the whole power: brackets keep it. */
  static Expr leftOf(Expr.Binary binary) {
    Expr left = binary.left();
    boolean signed =
        left instanceof Expr.Constant(double value, _, _)
            && (value == Double.POSITIVE_INFINITY || value < 0);
    return signed && binary.operator() == Operator.POWER
        ? new Expr.Bracketed(left, left.at())
        : left;
  }

  static List<Expr> arguments(Expr.Aggregate aggregate) {
    Expr parameter = aggregate.parameter();
    return parameter == null
        ? List.of(aggregate.operand())
        : List.of(parameter, aggregate.operand());
  }

  private void pretty(Expr expr, int level, boolean indented) {
    if (indented) indent(level);
    String line = LineWriter.upTo(WIDTH, expr);
    if (line.length() <= WIDTH) {
      out.append(line);
      return;
    }
    switch (expr) {
      case Expr.Bracketed(Expr inner, _) -> {
        out.append("(\n");
        pretty(inner, level + 1, true);
        newLine(level);
        out.append(')');
      }
      case Expr.Signed(boolean negative, Expr operand, _) -> {
        out.append(negative ? '-' : '+');
        pretty(operand, level, false);
      }
      case Expr.Binary binary -> binary(binary, level);
      case Expr.Call call -> {
        out.append(call.function().name()).append('(');
        arguments(call.arguments(), level);
      }
      case Expr.Aggregate aggregate -> {
        out.append(LineWriter.opening(aggregate));
        arguments(arguments(aggregate), level);
      }
      case Expr.Subquery subquery -> {
        pretty(subquery.inner(), level, false);
        out.append(LineWriter.behind(subquery));
      }
      case Expr.Constant _, Expr.Text _, Expr.Selector _, Expr.Range _ -> out.append(line(expr));
    }
  }

  private void binary(Expr.Binary binary, int level) {
    out.append(INDENT); // the caller's indent is there already
    pretty(leftOf(binary), level + 1, false);
    newLine(level);
    out.append(LineWriter.operator(binary)).append('\n');
    pretty(binary.right(), level + 1, true);
  }

  private void arguments(List<Expr> arguments, int level) {
    for (int i = 0; i < arguments.size(); i++) {
      out.append(i == 0 ? "\n" : ",\n");
      pretty(arguments.get(i), level + 1, true);
    }
    newLine(level);
    out.append(')');
  }

  private void newLine(int level) {
    out.append('\n');
    indent(level);
  }

  private void indent(int level) {
    out.repeat(INDENT, level);
  }
}
