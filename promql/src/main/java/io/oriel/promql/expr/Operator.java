package io.oriel.promql.expr;

/**
 * The binary operators: sign, how tightly each binds, in words, and what it computes on two floats.
 */
public enum Operator {
  OR(
      "or",
      1,
      Kind.SET,
      "or else",
      "The series of the left side, and those of the right side whose labels the left has not.",
      "up or vector(0)"),
  AND(
      "and",
      2,
      Kind.SET,
      "only where",
      "The series of the left side for which the right side has one with the same labels.",
      "up == 0 and on (instance) node_load1 > 10"),
  UNLESS(
      "unless",
      2,
      Kind.SET,
      "except where",
      "The series of the left side for which the right side has none with the same labels.",
      "up unless on (instance) maintenance"),
  EQUAL("==", 3, Kind.COMPARISON, "is", "Keeps what is equal; with bool: 1 or 0.", "up == 0"),
  NOT_EQUAL(
      "!=", 3, Kind.COMPARISON, "is not", "Keeps what is not equal; with bool: 1 or 0.", "up != 1"),
  LESS(
      "<",
      3,
      Kind.COMPARISON,
      "is below",
      "Keeps what is smaller; with bool: 1 or 0.",
      "node_filesystem_avail_bytes < 1e9"),
  LESS_EQUAL(
      "<=",
      3,
      Kind.COMPARISON,
      "is at most",
      "Keeps what is smaller or equal; with bool: 1 or 0.",
      "node_load1 <= bool 10"),
  GREATER(
      ">",
      3,
      Kind.COMPARISON,
      "is above",
      "Keeps what is larger; with bool: 1 or 0.",
      "node_load1 > 10"),
  GREATER_EQUAL(
      ">=",
      3,
      Kind.COMPARISON,
      "is at least",
      "Keeps what is larger or equal; with bool: 1 or 0.",
      "node_load1 >= 10"),
  TRIM_UPPER(
      "</",
      3,
      Kind.TRIM,
      "without observations above",
      "Cuts off the observations of a native histogram above a value.",
      "http_request_duration_seconds </ 10"),
  TRIM_LOWER(
      ">/",
      3,
      Kind.TRIM,
      "without observations below",
      "Cuts off the observations of a native histogram below a value.",
      "http_request_duration_seconds >/ 0.1"),
  ADD(
      "+",
      4,
      Kind.ARITHMETIC,
      "plus",
      "The sum; of two native histograms, all observations of both.",
      "node_memory_Cached_bytes + node_memory_Buffers_bytes"),
  SUBTRACT(
      "-",
      4,
      Kind.ARITHMETIC,
      "minus",
      "The difference.",
      "node_memory_MemTotal_bytes - node_memory_MemFree_bytes"),
  MULTIPLY("*", 5, Kind.ARITHMETIC, "times", "The product.", "node_load1 * 100"),
  DIVIDE(
      "/",
      5,
      Kind.ARITHMETIC,
      "divided by",
      "The quotient; by zero it is infinite, or NaN.",
      "node_filesystem_avail_bytes / node_filesystem_size_bytes"),
  MODULO(
      "%",
      5,
      Kind.ARITHMETIC,
      "modulo",
      "The remainder, with the sign of the left side.",
      "time() % 86400"),
  ATAN2(
      "atan2",
      5,
      Kind.ARITHMETIC,
      "atan2",
      "The angle of the point (right, left), in radians.",
      "wind_y atan2 wind_x"),
  POWER("^", 6, Kind.ARITHMETIC, "to the power of", "The power; binds to the right.", "2 ^ 10");

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
  private final String words;
  private final String doc;
  private final String example;

  Operator(String sign, int binds, Kind kind, String words, String doc, String example) {
    this.sign = sign;
    this.binds = binds;
    this.kind = kind;
    this.words = words;
    this.doc = doc;
    this.example = example;
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

  /** As it is said between its sides: "divided by". */
  public String words() {
    return words;
  }

  public String doc() {
    return doc;
  }

  /** A query that uses it. */
  public String example() {
    return example;
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
