package io.oriel.promql.expr;

import java.math.BigDecimal;
import java.util.Locale;

/** Floats as text in the forms that Prometheus prints them in. */
public final class GoNumber {
  private GoNumber() {}

  /** The fewest digits that read back to the same value, never an exponent. */
  public static String plain(double value) {
    String special = special(value);
    if (special != null) return special;
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** The fewest digits, with an exponent below 1e-4 and from 1e21 on: {@code 1e+21}. */
  public static String general(double value) {
    double size = Math.abs(value);
    if (size == 0
        || Double.isNaN(value)
        || Double.isInfinite(value)
        || (size >= 1e-4 && size < 1e21)) {
      return plain(value);
    }
    var exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    String digits = exact.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String sign = value < 0 ? "-" : "";
    return sign
        + String.format(
            Locale.ROOT, "%se%s%02d", mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /** As label values such as {@code le} have it: a whole number with {@code .0}. */
  public static String openMetrics(double value) {
    String text = general(value);
    return text.matches("-?\\d+") ? text + ".0" : text;
  }

  private static @org.jspecify.annotations.Nullable String special(double value) {
    if (Double.isNaN(value)) return "NaN";
    if (Double.isInfinite(value)) return value > 0 ? "+Inf" : "-Inf";
    return null;
  }
}
