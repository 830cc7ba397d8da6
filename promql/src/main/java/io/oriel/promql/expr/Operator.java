package io.oriel.promql.expr;

/** The binary operators: sign, how tightly each binds, and what it computes on two floats. */
public enum Operator {
  OR("or", 1, Kind.SET),
  AND("and", 2, Kind.SET),
  UNLESS("unless", 2, Kind.SET),
  EQUAL("==", 3, Kind.COMPARISON),
  NOT_EQUAL("!=", 3, Kind.COMPARISON),
  LESS("<", 3, Kind.COMPARISON),
  LESS_EQUAL("<=", 3, Kind.COMPARISON),
  GREATER(">", 3, Kind.COMPARISON),
  GREATER_EQUAL(">=", 3, Kind.COMPARISON),
  TRIM_UPPER("</", 3, Kind.TRIM),
  TRIM_LOWER(">/", 3, Kind.TRIM),
  ADD("+", 4, Kind.ARITHMETIC),
  SUBTRACT("-", 4, Kind.ARITHMETIC),
  MULTIPLY("*", 5, Kind.ARITHMETIC),
  DIVIDE("/", 5, Kind.ARITHMETIC),
  MODULO("%", 5, Kind.ARITHMETIC),
  ATAN2("atan2", 5, Kind.ARITHMETIC),
  POWER("^", 6, Kind.ARITHMETIC);

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

  Operator(String sign, int binds, Kind kind) {
    this.sign = sign;
    this.binds = binds;
    this.kind = kind;
  }

  private static double truth(boolean holds) {
    return holds ? 1 : 0;
  }

  /** As C and Go have it: 1 to any power is 1, and so is (-1) to an infinite one. */
  private static double power(double base, double exponent) {
    if (base == 1 || (base == -1 && Double.isInfinite(exponent))) return 1;
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
    return switch (this) {
      case EQUAL -> truth(left == right);
      case NOT_EQUAL -> truth(left != right);
      case LESS -> truth(left < right);
      case LESS_EQUAL -> truth(left <= right);
      case GREATER -> truth(left > right);
      case GREATER_EQUAL -> truth(left >= right);
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case MODULO -> left % right; // the remainder has the sign of the dividend
      case ATAN2 -> Math.atan2(left, right);
      case POWER -> power(left, right);
      case OR, AND, UNLESS, TRIM_UPPER, TRIM_LOWER -> Double.NaN; // nothing on two floats
    };
  }
}
