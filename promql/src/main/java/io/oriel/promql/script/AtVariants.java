package io.oriel.promql.script;

import io.oriel.model.limit.Limits;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Shift;
import io.oriel.promql.parse.Features;
import io.oriel.promql.parse.Parser;
import io.oriel.promql.parse.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The same question asked from elsewhere: with {@code @ t} at every selector, the answer must not
 * depend on the time of the query.
 */
final class AtVariants {
  record Variant(String query, long timeMs) {}

  private static final Set<String> OF_THE_TIME =
      Set.of(
          "days_in_month",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "hour",
          "minute",
          "month",
          "year",
          "predict_linear",
          "time",
          "timestamp",
          "start",
          "end",
          "range",
          "step");

  private final long timeMs;
  private boolean dependsOnTime;

  private AtVariants(long timeMs) {
    this.timeMs = timeMs;
  }

  static List<Variant> of(String query, long timeMs) {
    Expr expr = Parser.parse(query, Features.ALL, Limits.NORMAL);
    var variants = new AtVariants(timeMs);
    Expr fixed = variants.fixed(expr);
    if (variants.dependsOnTime) return List.of();
    String text = Printer.line(fixed);
    var all = new ArrayList<Variant>();
    long[] times =
        timeMs == 0
            ? new long[] {-1000, 0, 1000}
            : new long[] {-10 * timeMs, 0, timeMs / 5, timeMs, 10 * timeMs};
    for (long time : times) all.add(new Variant(text, time));
    return all;
  }

  private Expr fixed(Expr expr) {
    return switch (expr) {
      case Expr.Constant _, Expr.Text _ -> expr;
      case Expr.Bracketed(Expr inner, var at) -> new Expr.Bracketed(fixed(inner), at);
      case Expr.Signed(boolean negative, Expr operand, var at) ->
          new Expr.Signed(negative, fixed(operand), at);
      case Expr.Binary(var op, Expr left, Expr right, boolean bool, var matching, var at) ->
          new Expr.Binary(op, fixed(left), fixed(right), bool, matching, at);
      case Expr.Call(var function, List<Expr> arguments, var at) -> {
        dependsOnTime |= OF_THE_TIME.contains(function.name());
        yield new Expr.Call(function, arguments.stream().map(this::fixed).toList(), at);
      }
      case Expr.Aggregate(var op, Expr parameter, Expr operand, var grouping, var at) ->
          new Expr.Aggregate(
              op, parameter == null ? null : fixed(parameter), fixed(operand), grouping, at);
      case Expr.Selector selector -> fixed(selector);
      case Expr.Range(Expr.Selector selector, var length, var at) ->
          new Expr.Range(fixed(selector), length, at);
      case Expr.Subquery(Expr inner, var length, var step, Shift shift, var at) -> {
        fixed(inner); // only to see what it calls
        yield new Expr.Subquery(inner, length, step, fixed(shift), at);
      }
    };
  }

  private Expr.Selector fixed(Expr.Selector s) {
    return new Expr.Selector(s.name(), s.matchers(), fixed(s.shift()), s.edges(), s.at());
  }

  private Shift fixed(Shift shift) {
    return shift.atMs() == null ? shift.withAt(timeMs) : shift;
  }
}
