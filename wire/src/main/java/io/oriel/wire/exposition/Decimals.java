package io.oriel.wire.exposition;

import io.oriel.model.Stale;
import java.nio.charset.StandardCharsets;

/**
 * Reads decimal numbers out of bytes: exactly what Double.parseDouble gives, without a String for
 * any number of up to 19 digits. {@code Inf}, {@code Infinity} and {@code NaN} pass in any case, a
 * sign before them too except before NaN.
 *
 * <p>Three ways, the first that is sure wins: a division or product of two exact doubles (Clinger),
 * 128 bits of the power of five ({@link Lemire}), Java's own parser.
 */
final class Decimals {
  private static final int MOST_DIGITS = 19; // what a long holds, unsigned
  private static final long EXACT = 1L << 53; // up to here each whole number is a double

  // powers that are exact in a double
  private static final double[] TENS = new double[23];

  static {
    for (int i = 0; i < TENS.length; i++) TENS[i] = Double.parseDouble("1e" + i);
  }

  private Decimals() {}

  /**
   * @throws NumberFormatException when the bytes are not a number, or one beyond what a double
   *     holds; too small a number is 0
   */
  static double parse(byte[] bytes, int from, int to) {
    int at = from;
    boolean negative = at < to && bytes[at] == '-';
    if (at < to && (negative || bytes[at] == '+')) at++;

    long digits = 0;
    int count = 0; // significant ones in digits
    int power = 0;
    int start = at;
    for (; at < to && isDigit(bytes[at]); at++) {
      digits = digits * 10 + (bytes[at] - '0');
      if (digits != 0) count++;
    }
    int seen = at - start;
    if (at < to && bytes[at] == '.') {
      int point = ++at;
      for (; at < to && isDigit(bytes[at]); at++) {
        digits = digits * 10 + (bytes[at] - '0');
        if (digits != 0) count++;
      }
      power = point - at;
      seen += at - point;
    }
    if (seen == 0) return word(bytes, from, to);
    if (at < to && (bytes[at] | 0x20) == 'e') {
      int exponentAt = at + 1;
      at = exponentEnd(bytes, exponentAt, to);
      power += exponent(bytes, exponentAt, at);
    }
    if (at != to) throw notANumber(bytes, from, to);
    if (count > MOST_DIGITS) return slow(bytes, from, to);
    return scaled(digits, power, negative, bytes, from, to);
  }

  private static double scaled(
      long digits, int power, boolean negative, byte[] bytes, int from, int to) {
    double value;
    if (Long.compareUnsigned(digits, EXACT) <= 0 && power >= -22 && power <= 22) {
      value = power < 0 ? digits / TENS[-power] : digits * TENS[power];
    } else {
      long bits = Lemire.bits(digits, power);
      if (bits == Lemire.UNSURE) return slow(bytes, from, to);
      value = Double.longBitsToDouble(bits);
    }
    return negative ? -value : value;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static int exponentEnd(byte[] bytes, int from, int to) {
    int at = from;
    if (at < to && (bytes[at] == '-' || bytes[at] == '+')) at++;
    int start = at;
    while (at < to && isDigit(bytes[at])) at++;
    return at == start ? from - 1 : at; // without digits the e itself is what is wrong
  }

  private static int exponent(byte[] bytes, int from, int to) {
    boolean negative = from < to && bytes[from] == '-';
    int value = 0;
    for (int i = from; i < to; i++) {
      // 9999 is beyond any double either way, and small enough to count on with
      if (isDigit(bytes[i])) value = Math.min(9999, value * 10 + (bytes[i] - '0'));
    }
    return negative ? -value : value;
  }

  private static double slow(byte[] bytes, int from, int to) {
    double value =
        Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    if (Double.isInfinite(value)) {
      throw new NumberFormatException(shown(bytes, from, to) + " is too large a number");
    }
    return value;
  }

  private static double word(byte[] bytes, int from, int to) {
    boolean signed = bytes.length > from && from < to && (bytes[from] == '-' || bytes[from] == '+');
    int at = signed ? from + 1 : from;
    if (is(bytes, at, to, "inf") || is(bytes, at, to, "infinity")) {
      return signed && bytes[from] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (!signed && is(bytes, at, to, "nan")) return Stale.NORMAL_NAN;
    throw notANumber(bytes, from, to);
  }

  private static boolean is(byte[] bytes, int from, int to, String word) {
    if (to - from != word.length()) return false;
    for (int i = from; i < to; i++) if ((bytes[i] | 0x20) != word.charAt(i - from)) return false;
    return true;
  }

  private static NumberFormatException notANumber(byte[] bytes, int from, int to) {
    return new NumberFormatException(shown(bytes, from, to) + " is not a number");
  }

  private static String shown(byte[] bytes, int from, int to) {
    return "'" + new Page(bytes, to, 0).excerpt(from, Math.min(to, from + 40)) + "'";
  }
}
