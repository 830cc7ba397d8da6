package io.oriel.promql.expr;

import org.jspecify.annotations.Nullable;

/**
 * A duration as it is written: fixed, or computed from others and from the query's step and range.
 * Worked out to milliseconds when a query is planned.
 */
public sealed interface Span {
  Place at();

  /**
   * So long, whatever the query.
   *
   * @param duration written as {@code 2s}, not as the number of seconds, and printed so
   */
  record Fixed(double seconds, boolean duration, Place at) implements Span {
    public long ms() {
      return Math.round(seconds * 1000);
    }
  }

  /** {@code step()}: the step of the query; 0 in an instant query. */
  record QueryStep(Place at) implements Span {}

  /** {@code range()}: from the start of the query to its end. */
  record QueryRange(Place at) implements Span {}

  record Signed(boolean negative, Span operand, Place at) implements Span {}

  record Bracketed(Span inner, Place at) implements Span {}

  record Computed(Op op, Span left, Span right, Place at) implements Span {}

  /** What may stand between two durations. */
  enum Op {
    ADD("+", 4),
    SUBTRACT("-", 4),
    MULTIPLY("*", 5),
    DIVIDE("/", 5),
    MODULO("%", 5),
    POWER("^", 6),
    MAX("max_of", 0),
    MIN("min_of", 0);

    private final String sign;
    private final int binds;

    Op(String sign, int binds) {
      this.sign = sign;
      this.binds = binds;
    }

    public String sign() {
      return sign;
    }

    /** How tightly it binds; 0 for those that are written as calls. */
    public int binds() {
      return binds;
    }

    double apply(double left, double right) {
      return switch (this) {
        case ADD -> left + right;
        case SUBTRACT -> left - right;
        case MULTIPLY -> left * right;
        case DIVIDE -> left / right;
        case MODULO -> left % right;
        case POWER -> Math.pow(left, right);
        case MAX -> Math.max(left, right);
        case MIN -> Math.min(left, right);
      };
    }
  }

  static boolean isFixed(@Nullable Span span) {
    return span instanceof Fixed;
  }

  /** The length in seconds, for a query with such a step and range. */
  default double seconds(long stepMs, long rangeMs) {
    return switch (this) {
      case Fixed(double seconds, _, _) -> seconds;
      case QueryStep _ -> stepMs / 1000.0;
      case QueryRange _ -> rangeMs / 1000.0;
      case Bracketed(Span inner, _) -> inner.seconds(stepMs, rangeMs);
      case Signed(boolean negative, Span operand, _) ->
          negative ? -operand.seconds(stepMs, rangeMs) : operand.seconds(stepMs, rangeMs);
      case Computed(Op op, Span left, Span right, _) ->
          op.apply(left.seconds(stepMs, rangeMs), right.seconds(stepMs, rangeMs));
    };
  }
}
