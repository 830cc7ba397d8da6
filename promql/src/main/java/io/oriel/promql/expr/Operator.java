package io.oriel.promql.expr;

import java.util.function.DoubleBinaryOperator;

/** The binary operators: sign, how tightly each binds, and what it computes on two floats. */
public enum Operator {
  OR("or", 1, Kind.SET, (l, r) -> Double.NaN),
  AND("and", 2, Kind.SET, (l, r) -> Double.NaN),
  UNLESS("unless", 2, Kind.SET, (l, r) -> Double.NaN),
  EQUAL("==", 3, Kind.COMPARISON, (l, r) -> truth(l == r)),
  NOT_EQUAL("!=", 3, Kind.COMPARISON, (l, r) -> truth(l != r)),
  LESS("<", 3, Kind.COMPARISON, (l, r) -> truth(l < r)),
  LESS_EQUAL("<=", 3, Kind.COMPARISON, (l, r) -> truth(l <= r)),
  GREATER(">", 3, Kind.COMPARISON, (l, r) -> truth(l > r)),
  GREATER_EQUAL(">=", 3, Kind.COMPARISON, (l, r) -> truth(l >= r)),
  TRIM_UPPER("</", 3, Kind.TRIM, (l, r) -> Double.NaN),
  TRIM_LOWER(">/", 3, Kind.TRIM, (l, r) -> Double.NaN),
  ADD("+", 4, Kind.ARITHMETIC, (l, r) -> l + r),
  SUBTRACT("-", 4, Kind.ARITHMETIC, (l, r) -> l - r),
  MULTIPLY("*", 5, Kind.ARITHMETIC, (l, r) -> l * r),
  DIVIDE("/", 5, Kind.ARITHMETIC, (l, r) -> l / r),
  MODULO("%", 5, Kind.ARITHMETIC, (l, r) -> l % r), // the remainder has the sign of the dividend
  ATAN2("atan2", 5, Kind.ARITHMETIC, Math::atan2),
  POWER("^", 6, Kind.ARITHMETIC, Operator::power);

  /** What an operator does to its sides. */
  public enum Kind {
    ARITHMETIC,
    COMPARISON,
    SET,
    /** Cuts native histograms; a float on the left is dropped. */
    TRIM
  }

  /** How tightly {@code -x} binds: {@code -a ^ b} is {@code -(a ^ b)}. */
  public static final int SIGN_BINDS = 6;

  private final String sign;
  private final int binds;
  private final Kind kind;
  private final DoubleBinaryOperator floats;

  Operator(String sign, int binds, Kind kind, DoubleBinaryOperator floats) {
    this.sign = sign;
    this.binds = binds;
    this.kind = kind;
    this.floats = floats;
  }

  private static double truth(boolean holds) {
    return holds ? 1 : 0;
  }

  /** As C and Go have it: 1 to any power is 1, and so is (-1) to an infinite one. */
  private static double power(double base, double exponent) {
    if (base == 1 || base == -1 && Double.isInfinite(exponent)) return 1;
    return Math.pow(base, exponent);
  }

  public String sign() {
    return sign;
  }

  public int binds() {
    return binds;
  }

  public boolean rightAssociative() {
    return this == POWER;
  }

  public Kind kind() {
    return kind;
  }

  public boolean isComparison() {
    return kind == Kind.COMPARISON;
  }

  public boolean isSet() {
    return kind == Kind.SET;
  }

  /** The result on two floats; a comparison gives 1 or 0. */
  public double apply(double left, double right) {
    return floats.applyAsDouble(left, right);
  }
}
