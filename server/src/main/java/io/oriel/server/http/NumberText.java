package io.oriel.server.http;

/**
 * How Prometheus' API writes numbers: the shortest text that reads back as the same double, with an
 * exponent below 1e-6 and from 1e21 on, as Go's {@code strconv} does.
 *
 * <p>Source: Prometheus, {@code util/jsonutil/marshal.go}.
 */
final class NumberText {
  static final int LONGEST = 32; // bytes that a double or a long may take, with room to spare

  /** Numbers with at most 15 digits have one decimal text that short: no search is needed. */
  private static final double EXACT = 1e15;

  private static final double[] SCALES = {1e3, 1e6, 1e9};

  private NumberText() {}

  /** Writes a value; gives the position after it. Allocates only for values with many digits. */
  static int write(double value, byte[] out, int at) {
    if (Double.isNaN(value)) return ascii("NaN", out, at);
    if (Double.isInfinite(value)) return ascii(value > 0 ? "+Inf" : "-Inf", out, at);
    double size = Math.abs(value);
    if (size < EXACT && size == Math.rint(size)) {
      if (value < 0 || 1 / value < 0) out[at++] = '-'; // -0 has its sign in Go too
      return digits((long) size, out, at);
    }
    if (size >= 1e-3) {
      for (int i = 0; i < SCALES.length; i++) {
        double scaled = Math.rint(size * SCALES[i]);
        if (scaled >= EXACT) break;
        if (scaled / SCALES[i] == size) {
          if (value < 0) out[at++] = '-';
          return decimal((long) scaled, 3 * (i + 1), out, at);
        }
      }
    }
    boolean isPlain = size >= 1e-3 && size < 1e7; // then Java writes it as Go does, no whole one
    return ascii(isPlain ? Double.toString(value) : shortest(value), out, at);
  }

  /** Writes a whole number. */
  static int write(long value, byte[] out, int at) {
    if (value == Long.MIN_VALUE) return ascii("-9223372036854775808", out, at);
    if (value < 0) out[at++] = '-';
    return digits(Math.abs(value), out, at);
  }

  /** Writes milliseconds as seconds; a fraction has all three digits, as Prometheus writes it. */
  static int seconds(long ms, byte[] out, int at) {
    if (ms < 0) out[at++] = '-';
    long size = Math.abs(ms);
    at = digits(size / 1000, out, at);
    int fraction = (int) (size % 1000);
    if (fraction == 0) return at;
    out[at++] = '.';
    out[at++] = (byte) ('0' + fraction / 100);
    out[at++] = (byte) ('0' + fraction / 10 % 10);
    out[at++] = (byte) ('0' + fraction % 10);
    return at;
  }

  private static int digits(long value, byte[] out, int at) {
    int count = 1;
    for (long rest = value; rest >= 10; rest /= 10) count++;
    for (int i = at + count - 1; i >= at; i--) {
      out[i] = (byte) ('0' + value % 10);
      value /= 10;
    }
    return at + count;
  }

  private static int decimal(long scaled, int places, byte[] out, int at) {
    long scale = places == 3 ? 1_000 : places == 6 ? 1_000_000 : 1_000_000_000;
    at = digits(scaled / scale, out, at);
    out[at] = '.';
    long fraction = scaled % scale;
    for (int i = at + places; i > at; i--) {
      out[i] = (byte) ('0' + fraction % 10);
      fraction /= 10;
    }
    at += places + 1;
    while (out[at - 1] == '0') at--;
    return at;
  }

  /** Java finds the same shortest digits as Go; only where the point stands differs. */
  static String shortest(double value) {
    String java = Double.toString(Math.abs(value)); // 12.5, 1.25E-7
    if (Math.abs(value) == Double.MIN_VALUE) java = "5.0E-324"; // Java never tries one digit
    int e = java.indexOf('E');
    int exponent = e < 0 ? 0 : Integer.parseInt(java.substring(e + 1));
    String mantissa = e < 0 ? java : java.substring(0, e);
    int point = mantissa.indexOf('.');
    String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
    int before = point + exponent; // how many of the digits stand before the point
    int zeros = 0;
    while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') zeros++;
    digits = digits.substring(zeros);
    before -= zeros;
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') end--;
    digits = digits.substring(0, end);
    String sign = value < 0 ? "-" : "";
    double size = Math.abs(value);
    return sign
        + (size < 1e-6 || size >= 1e21 ? scientific(digits, before - 1) : fixed(digits, before));
  }

  private static String fixed(String digits, int before) {
    if (before <= 0) return "0." + "0".repeat(-before) + digits;
    if (before >= digits.length()) return digits + "0".repeat(before - digits.length());
    return digits.substring(0, before) + "." + digits.substring(before);
  }

  private static String scientific(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    int size = Math.abs(exponent);
    return mantissa + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
  }

  private static int ascii(String text, byte[] out, int at) {
    for (int i = 0; i < text.length(); i++) out[at + i] = (byte) text.charAt(i);
    return at + text.length();
  }
}
