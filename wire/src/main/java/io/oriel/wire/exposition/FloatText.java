package io.oriel.wire.exposition;

import java.nio.charset.StandardCharsets;

/**
 * Numbers as Prometheus and its clients write them: the fewest digits that read back, an exponent
 * from a million on and below 0.0001, {@code +Inf}, {@code NaN}.
 *
 * <p>Source: Go's {@code strconv.FormatFloat(f, 'g', -1, 64)}.
 */
final class FloatText {
  private FloatText() {}

  /**
   * The form of bucket bounds and quantiles that all clients agree on: {@code 1} becomes {@code
   * 1.0}; what is no number stays as it is.
   */
  static String canonical(String bound) {
    byte[] bytes = bound.getBytes(StandardCharsets.ISO_8859_1);
    double value;
    try {
      value = Decimals.parse(bytes, 0, bytes.length);
    } catch (NumberFormatException e) {
      return bound;
    }
    String text = of(value);
    boolean plain = text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-');
    return plain ? text + ".0" : text;
  }

  static String of(double value) {
    if (Double.isNaN(value)) return "NaN";
    if (Double.isInfinite(value)) return value > 0 ? "+Inf" : "-Inf";
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    if (value == 0) return sign + "0";
    return sign + positive(Math.abs(value));
  }

  private static String positive(double value) {
    String java = Double.toString(value); // 123.45 or 1.2345E-7
    int e = java.indexOf('E');
    String mantissa = e < 0 ? java : java.substring(0, e);
    int point = mantissa.indexOf('.');
    String all = mantissa.substring(0, point) + mantissa.substring(point + 1);
    int first = 0;
    while (all.charAt(first) == '0') first++;
    int last = all.length();
    while (all.charAt(last - 1) == '0') last--;
    int exponent = point - first - 1 + (e < 0 ? 0 : Integer.parseInt(java.substring(e + 1)));
    return layOut(fewest(all.substring(first, last), exponent, value), exponent);
  }

  /** Java gives two digits where one would do: 4.9E-324 is 5e-324. */
  private static String fewest(String digits, int exponent, double value) {
    if (digits.length() != 2) return digits;
    int one = (Integer.parseInt(digits) + 5) / 10;
    boolean same = one < 10 && Double.parseDouble(one + "e" + exponent) == value;
    if (same) return Integer.toString(one);
    return digits;
  }

  private static String layOut(String digits, int exponent) {
    int count = digits.length();
    // Go writes an exponent where more than six digits would stand before the point
    if (exponent < -4 || exponent >= 6) return scientific(digits, exponent);
    if (exponent < 0) return "0." + "0".repeat(-exponent - 1) + digits;
    if (count <= exponent + 1) return digits + "0".repeat(exponent + 1 - count);
    return digits.substring(0, exponent + 1) + "." + digits.substring(exponent + 1);
  }

  private static String scientific(String digits, int exponent) {
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    String power = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + power;
  }
}
