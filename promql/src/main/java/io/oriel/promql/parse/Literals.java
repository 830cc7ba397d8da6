package io.oriel.promql.parse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the digits of numbers and durations are worth. */
final class Literals {
  /** Units from large to small, each at most once. */
  private static final Pattern DURATION =
      Pattern.compile(
          "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

  private static final long[] UNIT_MS = {
    365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000, 1
  };
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long LONGEST_MS = Long.MAX_VALUE / 1_000_000; // Go counts nanoseconds

  private Literals() {}

  /** The value of a number token; null when it is none (or too large for a float). */
  static @Nullable Double number(String text) {
    String plain = text.replace("_", "");
    try {
      if (plain.startsWith("0x") || plain.startsWith("0X")) {
        return (double) Long.parseLong(plain.substring(2), 16);
      }
      if (plain.length() > 1
          && plain.chars().allMatch(c -> c >= '0' && c <= '7')
          && plain.charAt(0) == '0') {
        return (double) Long.parseLong(plain, 8);
      }
      if (plain.equalsIgnoreCase("inf")) return Double.POSITIVE_INFINITY;
      if (plain.equalsIgnoreCase("nan")) return Double.NaN;
      double value = Double.parseDouble(plain);
      return Double.isInfinite(value) ? null : (Double) value;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The length of a duration token in milliseconds, null when its units are not in order. */
  static @Nullable Long duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) return null;
    double total = 0;
    long exact = 0;
    for (int i = 0; i < UNIT_MS.length; i++) {
      String digits = parts.group(i + 1);
      if (digits == null) continue;
      total += Double.parseDouble(digits) * UNIT_MS[i];
      if (total > LONGEST_MS) throw new ArithmeticException("duration out of range");
      exact += Long.parseLong(digits) * UNIT_MS[i];
    }
    return exact;
  }

  static long fromSeconds(double seconds) {
    double ms = seconds * 1000;
    if (!(Math.abs(ms) <= LONGEST_MS)) throw new ArithmeticException("duration out of range");
    return Math.round(ms);
  }

  /** As durations are printed: {@code 1h30m}; years and weeks only where they come out even. */
  static String durationText(long ms) {
    if (ms == 0) return "0s";
    var out = new StringBuilder(ms < 0 ? "-" : "");
    long left = Math.abs(ms);
    for (int i = 0; i < UNIT_MS.length; i++) {
      boolean onlyEven = i < 2;
      if (onlyEven && left % UNIT_MS[i] != 0) continue;
      long count = left / UNIT_MS[i];
      if (count > 0) out.append(count).append(UNITS[i]);
      left -= count * UNIT_MS[i];
    }
    return out.toString();
  }
}
