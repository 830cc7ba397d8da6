package io.oriel.promql.function;

import static io.oriel.promql.expr.ValueType.SCALAR;
import static io.oriel.promql.expr.ValueType.VECTOR;

import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.expr.Kernel;
import io.oriel.promql.series.Column;
import java.util.List;

/** What changes each value by itself. */
final class Maths {
  static final List<Function> FUNCTIONS =
      List.of(
          Row.value("abs", "The value without its sign.", Math::abs),
          Row.value("ceil", "Rounded up to a whole number.", Math::ceil),
          Row.value("floor", "Rounded down to a whole number.", Math::floor),
          Row.value("exp", "e to the power of the value.", Math::exp),
          Row.value("sqrt", "The square root.", Math::sqrt),
          Row.value("ln", "The natural logarithm.", Math::log),
          Row.value("log2", "The logarithm to base 2.", Maths::log2),
          Row.value("log10", "The logarithm to base 10.", Math::log10),
          Row.value("sgn", "1, 0 or -1: the sign of the value.", Maths::sign),
          Row.value("sin", "The sine of radians.", Math::sin),
          Row.value("cos", "The cosine of radians.", Math::cos),
          Row.value("tan", "The tangent of radians.", Math::tan),
          Row.value("asin", "The arc sine, in radians.", Math::asin),
          Row.value("acos", "The arc cosine, in radians.", Math::acos),
          Row.value("atan", "The arc tangent, in radians.", Math::atan),
          Row.value("sinh", "The hyperbolic sine.", Math::sinh),
          Row.value("cosh", "The hyperbolic cosine.", Math::cosh),
          Row.value("tanh", "The hyperbolic tangent.", Math::tanh),
          Row.value("asinh", "The inverse hyperbolic sine.", Maths::asinh),
          Row.value("acosh", "The inverse hyperbolic cosine.", Maths::acosh),
          Row.value("atanh", "The inverse hyperbolic tangent.", Maths::atanh),
          Row.value("deg", "Radians as degrees.", x -> x * 180 / Math.PI),
          Row.value("rad", "Degrees as radians.", x -> x * Math.PI / 180),
          Row.optional(
              1,
              Row.of(
                  "round",
                  List.of(VECTOR, SCALAR),
                  VECTOR,
                  "Rounded to the nearest multiple (of 1, where nothing else is said); halves go"
                      + " up.",
                  (Kernel.OverValues) Maths::round)),
          Row.of(
              "clamp",
              List.of(VECTOR, SCALAR, SCALAR),
              VECTOR,
              "Held between a smallest and a largest value.",
              (Kernel.OverValues) Maths::clamp),
          Row.of(
              "clamp_min",
              List.of(VECTOR, SCALAR),
              VECTOR,
              "Held at or above a smallest value.",
              (Kernel.OverValues) (v, in) -> clamp(v, in, 1, -1)),
          Row.of(
              "clamp_max",
              List.of(VECTOR, SCALAR),
              VECTOR,
              "Held at or below a largest value.",
              (Kernel.OverValues) (v, in) -> clamp(v, in, -1, 1)),
          Row.scalar("pi", List.of(), "The number pi.", (step, inputs) -> Math.PI),
          Row.experimental(
              Row.scalar(
                  "max_of",
                  List.of(SCALAR, SCALAR),
                  "The larger of two numbers.",
                  (step, in) -> Math.max(in.scalar(0, step), in.scalar(1, step)))),
          Row.experimental(
              Row.scalar(
                  "min_of",
                  List.of(SCALAR, SCALAR),
                  "The smaller of two numbers.",
                  (step, in) -> Math.min(in.scalar(0, step), in.scalar(1, step)))));

  private Maths() {}

  /** Exact for powers of two. */
  private static double log2(double x) {
    if (!(x > 0) || x == Double.POSITIVE_INFINITY) return Math.log(x);
    if (x < Double.MIN_NORMAL) return log2(x * 0x1p54) - 54;
    int exponent = Math.getExponent(x);
    return Math.log(Math.scalb(x, -exponent)) / Math.log(2) + exponent;
  }

  private static double sign(double x) {
    return x < 0 ? -1 : x > 0 ? 1 : x;
  }

  private static final double SQUARES_ALONE = 0x1p28; // from here on x * x + 1 is x * x

  private static double asinh(double x) {
    if (x == 0 || Double.isInfinite(x)) return x;
    double size = Math.abs(x);
    if (size > SQUARES_ALONE) return Math.copySign(Math.log(size) + Math.log(2), x);
    double squared = size * size;
    return Math.copySign(Math.log1p(size + squared / (Math.sqrt(squared + 1) + 1)), x);
  }

  private static double acosh(double x) {
    if (x > SQUARES_ALONE) return Math.log(x) + Math.log(2);
    double above = x - 1;
    return Math.log1p(above + Math.sqrt(above * (x + 1)));
  }

  private static double atanh(double x) {
    return 0.5 * Math.log1p(2 * x / (1 - x));
  }

  private static void round(Column column, Inputs inputs) {
    for (int i = 0; i < column.values.length; i++) {
      if (!column.has(i)) continue;
      // dividing by the inverse keeps round(x, 0.1) at one decimal
      double inverse = 1 / inputs.scalar(1, i, 1);
      column.values[i] = Math.floor(column.values[i] * inverse + 0.5) / inverse;
    }
  }

  private static void clamp(Column column, Inputs inputs) {
    for (int i = 0; i < column.values.length; i++) {
      if (!column.has(i)) continue;
      double least = inputs.scalar(1, i);
      double most = inputs.scalar(2, i);
      if (most < least) column.hole(i);
      else column.values[i] = Math.max(least, Math.min(most, column.values[i]));
    }
  }

  /** Clamps to the limits that are arguments; -1 where there is none. */
  private static void clamp(Column column, Inputs inputs, int least, int most) {
    for (int i = 0; i < column.values.length; i++) {
      if (!column.has(i)) continue;
      if (least > 0) column.values[i] = Math.max(inputs.scalar(least, i), column.values[i]);
      if (most > 0) column.values[i] = Math.min(inputs.scalar(most, i), column.values[i]);
    }
  }
}
