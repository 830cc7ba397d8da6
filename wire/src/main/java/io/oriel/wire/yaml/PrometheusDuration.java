package io.oriel.wire.yaml;

import java.time.Duration;

/**
 * A length of time as Prometheus writes it: {@code 15s}, {@code 1h30m}, {@code 2w}. Units from
 * large to small, each at most once, whole numbers only; {@code 0} needs no unit. A day is 24
 * hours, a year 365 days.
 *
 * <p>Source: Prometheus, {@code common/model/time.go}.
 */
public final class PrometheusDuration {
  /** Some are written only where nothing is left over: 370d reads better than 1y5d. */
  private record Unit(String name, long ms, boolean onlyWhole) {}

  private static final Unit[] UNITS = {
    new Unit("y", 365L * 24 * 3600 * 1000, true),
    new Unit("w", 7L * 24 * 3600 * 1000, true),
    new Unit("d", 24L * 3600 * 1000, false),
    new Unit("h", 3600 * 1000, false),
    new Unit("m", 60 * 1000, false),
    new Unit("s", 1000, false),
    new Unit("ms", 1, false)
  };

  private PrometheusDuration() {}

  /**
   * Reads such a text.
   *
   * @throws IllegalArgumentException when the text is not such a length, or too long to count
   */
  public static Duration parse(String text) {
    if (text.equals("0")) return Duration.ZERO;
    long total = 0;
    int at = 0;
    int unit = 0;
    while (at < text.length()) {
      int digits = at;
      while (at < text.length() && Character.isDigit(text.charAt(at))) at++;
      int word = at;
      while (at < text.length() && Character.isLetter(text.charAt(at))) at++;
      unit = indexOf(text.substring(word, at), unit);
      if (digits == word || unit < 0) throw wrong(text);
      total = plus(total, text.substring(digits, word), UNITS[unit++].ms, text);
    }
    if (text.isEmpty()) throw wrong(text);
    return Duration.ofMillis(total);
  }

  private static int indexOf(String name, int from) {
    for (int i = from; i < UNITS.length; i++) {
      if (UNITS[i].name.equals(name)) return i;
    }
    return -1;
  }

  private static long plus(long total, String count, long unitMs, String text) {
    try {
      return Math.addExact(total, Math.multiplyExact(Long.parseLong(count), unitMs));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is too long a duration", e);
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException("'" + text + "' is not a duration like 15s, 1h30m or 2w");
  }

  /** The shortest such text for a length; parts below a millisecond are dropped. */
  public static String format(Duration length) {
    long rest = length.toMillis();
    if (rest == 0) return "0s";
    var out = new StringBuilder();
    for (Unit unit : UNITS) {
      if (rest < unit.ms || (unit.onlyWhole && rest % unit.ms != 0)) continue;
      out.append(rest / unit.ms).append(unit.name);
      rest %= unit.ms;
    }
    return out.toString();
  }
}
