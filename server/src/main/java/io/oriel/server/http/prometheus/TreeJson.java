package io.oriel.server.http.prometheus;

import io.oriel.model.Matcher;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.GoNumber;
import io.oriel.promql.expr.Matching;
import io.oriel.promql.expr.Operator;
import io.oriel.promql.expr.Shift;
import io.oriel.promql.expr.Span;
import io.oriel.promql.expr.ValueType;
import io.oriel.server.http.JsonOut;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tree of a query as JSON: an object a node, its kind under {@code type}.
 *
 * <p>Names and shapes are those of Prometheus' tree view ({@code web/api/v1/translate_ast.go}).
 */
final class TreeJson {
  private final JsonOut out;

  private TreeJson(JsonOut out) {
    this.out = out;
  }

  static void write(JsonOut out, Expr expr) throws IOException {
    new TreeJson(out).node(expr);
  }

  private void node(@Nullable Expr expr) throws IOException {
    switch (expr) {
      case null -> out.nothing();
      case Expr.Constant(double value, _, _) -> open("numberLiteral").field("val", text(value));
      case Expr.Text(String value, _) -> open("stringLiteral").field("val", value);
      case Expr.Bracketed(Expr inner, _) -> child(open("parenExpr"), "expr", inner);
      case Expr.Signed(boolean negative, Expr operand, _) ->
          child(open("unaryExpr").field("op", negative ? "-" : "+"), "expr", operand);
      case Expr.Binary binary -> binary(binary);
      case Expr.Call(Function function, List<Expr> arguments, _) -> call(function, arguments);
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Selector selector -> {
        open("vectorSelector");
        selector(selector);
      }
      case Expr.Range(Expr.Selector selector, Span length, _) -> {
        open("matrixSelector");
        selector(selector);
        span("range", length);
      }
      case Expr.Subquery subquery -> subquery(subquery);
    }
    if (expr != null) out.end();
  }

  private JsonOut open(String type) throws IOException {
    return out.object().field("type", type);
  }

  private void child(JsonOut of, String name, @Nullable Expr expr) throws IOException {
    of.name(name);
    node(expr);
  }

  private static String text(double value) {
    return GoNumber.plain(value);
  }

  private void binary(Expr.Binary binary) throws IOException {
    open("binaryExpr").field("op", binary.operator().sign()).field("bool", binary.bool());
    child(out, "lhs", binary.left());
    child(out, "rhs", binary.right());
    out.name("matching");
    Matching matching = binary.matching();
    boolean vectors =
        binary.left().type() == ValueType.VECTOR && binary.right().type() == ValueType.VECTOR;
    if (matching == null || !vectors) out.nothing(); // a scalar needs no partner
    else matching(matching, binary.operator());
  }

  private void matching(Matching matching, Operator operator) throws IOException {
    out.object()
        .field("card", cardinality(matching, operator))
        .field("labels", matching.labels())
        .field("on", matching.on())
        .field("include", matching.include())
        .name("fillValues")
        .object();
    number("lhs", matching.fillLeft());
    number("rhs", matching.fillRight());
    out.end().end();
  }

  /** The set operators match many to many, whatever is written. */
  private static String cardinality(Matching matching, Operator operator) {
    if (operator.isSet()) return "many-to-many";
    return switch (matching.cardinality()) {
      case ONE_TO_ONE -> "one-to-one";
      case MANY_TO_ONE -> "many-to-one";
      case ONE_TO_MANY -> "one-to-many";
    };
  }

  private void number(String name, @Nullable Double value) throws IOException {
    out.name(name);
    if (value == null) out.nothing();
    else out.value(value);
  }

  private void call(Function function, List<Expr> arguments) throws IOException {
    open("call")
        .name("func")
        .object()
        .field("name", function.name())
        .field("argTypes", function.takes().stream().map(ValueType::apiName).toList())
        .field("variadic", function.optional())
        .field("returnType", function.returns().apiName())
        .end()
        .name("args")
        .array();
    for (Expr argument : arguments) node(argument);
    out.end();
  }

  private void aggregate(Expr.Aggregate aggregate) throws IOException {
    open("aggregation").field("op", aggregate.aggregator().text());
    child(out, "expr", aggregate.operand());
    child(out, "param", aggregate.parameter());
    out.field("grouping", aggregate.grouping().labels())
        .field("without", aggregate.grouping().without());
  }

  private void selector(Expr.Selector selector) throws IOException {
    out.field("name", selector.name()).name("matchers").array();
    for (Matcher matcher : selector.matchers()) {
      out.object()
          .field("name", matcher.name())
          .field("type", matcher.op().sign())
          .field("value", matcher.value())
          .end();
    }
    out.end();
    shift(selector.shift());
    out.field("anchored", selector.edges() == Expr.Edges.ANCHORED)
        .field("smoothed", selector.edges() == Expr.Edges.SMOOTHED);
  }

  private void subquery(Expr.Subquery subquery) throws IOException {
    child(open("subquery"), "expr", subquery.inner());
    span("range", subquery.length());
    span("step", subquery.step());
    shift(subquery.shift());
  }

  private void shift(Shift shift) throws IOException {
    span("offset", shift.offset());
    out.name("timestamp");
    Long at = shift.atMs();
    if (at == null) out.nothing();
    else out.value(at);
    out.name("startOrEnd");
    Shift.Edge edge = shift.edge();
    if (edge == null) out.nothing();
    else out.value(edge.name().toLowerCase(Locale.ROOT));
  }

  /** A length in milliseconds, 0 where it must be computed, and how it is computed beside it. */
  private void span(String name, @Nullable Span span) throws IOException {
    out.field(name, span instanceof Span.Fixed fixed ? fixed.ms() : 0).name(name + "Expr");
    if (span == null || span instanceof Span.Fixed) out.nothing();
    else computed(span, false);
  }

  private void computed(Span span, boolean bracketed) throws IOException {
    switch (span) {
      case Span.Fixed(double seconds, boolean duration, _) ->
          open("numberLiteral").field("val", text(seconds)).field("duration", duration).end();
      case Span.QueryStep _ -> duration("step", null, null, bracketed);
      case Span.QueryRange _ -> duration("range", null, null, bracketed);
      case Span.Bracketed(Span inner, _) -> computed(inner, true);
      case Span.Signed(boolean negative, Span operand, _) -> {
        if (negative) duration("-", null, operand, bracketed);
        else computed(operand, bracketed);
      }
      case Span.Computed(Span.Op op, Span left, Span right, _) ->
          duration(op.sign(), left, right, bracketed);
    }
  }

  private void duration(String op, @Nullable Span left, @Nullable Span right, boolean bracketed)
      throws IOException {
    open("durationExpr").field("op", op).name("lhs");
    if (left == null) out.nothing();
    else computed(left, false);
    out.name("rhs");
    if (right == null) out.nothing();
    else computed(right, false);
    out.field("wrapped", bracketed).end();
  }
}
