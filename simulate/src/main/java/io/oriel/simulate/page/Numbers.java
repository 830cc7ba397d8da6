package io.oriel.simulate.page;

/** How a client library writes numbers; all of them can be read by all readers. */
public enum Numbers {
  /** {@code 5.0}, {@code 1.048576e+06}: Python's. */
  PYTHON,
  /** {@code 5}, {@code 1.048576e+06}: Go's. */
  GO,
  /** {@code 5}, {@code 1048576}: JavaScript's and Rust's. */
  PLAIN;

  private static final double EXACT = 1L << 53;

  void write(double value, StringBuilder out) {
    if (Double.isNaN(value)) {
      out.append("NaN");
    } else if (Double.isInfinite(value)) {
      out.append(value > 0 ? "+Inf" : "-Inf");
    } else if (value == Math.rint(value) && Math.abs(value) < (this == PLAIN ? EXACT : 1e6)) {
      out.append((long) value);
      if (this == PYTHON) out.append(".0");
    } else {
      decimals(value, out);
    }
  }

  private void decimals(double value, StringBuilder out) {
    String text = Double.toString(value);
    int e = text.indexOf('E');
    if (e < 0) {
      if (this != PLAIN && Math.abs(value) >= 1e6) scientific(text, out);
      else out.append(text);
      return;
    }
    String mantissa = text.substring(0, e);
    if (mantissa.endsWith(".0")) mantissa = mantissa.substring(0, mantissa.length() - 2);
    exponent(mantissa, Integer.parseInt(text.substring(e + 1)), out);
  }

  /** {@code 1234567.5} is below Java's limit for exponents, and above that of the others. */
  private static void scientific(String text, StringBuilder out) {
    boolean negative = text.charAt(0) == '-';
    String digits = negative ? text.substring(1) : text;
    int dot = digits.indexOf('.');
    String all = digits.substring(0, dot) + digits.substring(dot + 1);
    int end = all.length();
    while (end > 1 && all.charAt(end - 1) == '0') end--;
    String rest = all.substring(1, end);
    String mantissa = (negative ? "-" : "") + all.charAt(0) + (rest.isEmpty() ? "" : "." + rest);
    exponent(mantissa, dot - 1, out);
  }

  private static void exponent(String mantissa, int exponent, StringBuilder out) {
    out.append(mantissa).append('e').append(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    if (size < 10) out.append('0');
    out.append(size);
  }
}
