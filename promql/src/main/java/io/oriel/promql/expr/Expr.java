package io.oriel.promql.expr;

import io.oriel.model.Matcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed PromQL expression: a closed family, immutable, each node knowing its place. */
public sealed interface Expr {
  Place at();

  /**
   * A number.
   *
   * @param duration written as a duration ({@code 5m}), and printed so
   */
  record Constant(double value, boolean duration, Place at) implements Expr {}

  record Text(String value, Place at) implements Expr {}

  record Bracketed(Expr inner, Place at) implements Expr {}

  record Signed(boolean negative, Expr operand, Place at) implements Expr {}

  /**
   * Two expressions with an operator between them.
   *
   * @param bool whether a comparison gives 0 or 1 instead of filtering
   * @param matching null between a vector and a scalar, or two scalars
   */
  record Binary(
      Operator operator, Expr left, Expr right, boolean bool, @Nullable Matching matching, Place at)
      implements Expr {}

  record Call(Function function, List<Expr> arguments, Place at) implements Expr {}

  record Aggregate(
      Aggregator aggregator, @Nullable Expr parameter, Expr operand, Grouping grouping, Place at)
      implements Expr {}

  /**
   * Series chosen by matchers.
   *
   * @param name the metric name written before the braces, empty where there is none; it is among
   *     the matchers too
   */
  record Selector(String name, List<Matcher> matchers, Shift shift, Edges edges, Place at)
      implements Expr {}

  /** A selector with a window behind it; {@code offset} and {@code @} stand at the selector. */
  record Range(Selector selector, Span length, Place at) implements Expr {}

  /** An expression asked at regular moments within a window; without a step: the engine's own. */
  record Subquery(Expr inner, Span length, @Nullable Span step, Shift shift, Place at)
      implements Expr {}

  /** How the edges of a window are treated. */
  enum Edges {
    PLAIN,
    ANCHORED,
    SMOOTHED
  }

  default ValueType type() {
    return switch (this) {
      case Constant _ -> ValueType.SCALAR;
      case Text _ -> ValueType.STRING;
      case Bracketed(Expr inner, _) -> inner.type();
      case Signed(_, Expr operand, _) -> operand.type();
      case Binary b ->
          b.left.type() == ValueType.SCALAR && b.right.type() == ValueType.SCALAR
              ? ValueType.SCALAR
              : ValueType.VECTOR;
      case Call(Function function, _, _) -> function.returns();
      case Aggregate _, Selector _ -> ValueType.VECTOR;
      case Range _, Subquery _ -> ValueType.MATRIX;
    };
  }

  /** The expression without the brackets around it. */
  default Expr bare() {
    Expr expr = this;
    while (expr instanceof Bracketed(Expr inner, _)) expr = inner;
    return expr;
  }
}
