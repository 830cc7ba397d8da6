package io.oriel.wire.yaml;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/**
 * What a single value can be: how it is called, how it looks when right, how it is read. Reading
 * throws an IllegalArgumentException where the text is not of the kind.
 */
record ScalarKind<T>(String words, String example, Function<String, T> read) {
  static final ScalarKind<Long> INTEGER =
      new ScalarKind<>("a whole number", "42", text -> Long.parseLong(text.replace("_", "")));

  static final ScalarKind<Double> NUMBER = new ScalarKind<>("a number", "0.5", Double::parseDouble);

  static final ScalarKind<Boolean> BOOLEAN =
      new ScalarKind<>("true or false", "true", ScalarKind::truth);

  static final ScalarKind<Duration> DURATION =
      new ScalarKind<>("a duration", "30s, 5m or 15d", PrometheusDuration::parse);

  static final ScalarKind<Long> BYTES =
      new ScalarKind<>("a number of bytes", "64MB or 1GiB", ScalarKind::bytes);

  /** YAML 1.1's words too: Prometheus' own reader takes them. */
  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "y" -> true;
      case "false", "no", "off", "n" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** KB and KiB are both 1024, as in Prometheus' configuration. */
  private static long bytes(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) digits++;
    long count = Long.parseLong(text.substring(0, digits));
    String unit = text.substring(digits).strip();
    if (unit.isEmpty() || unit.equals("B")) return count;
    int power = "KMGTPE".indexOf(unit.charAt(0)) + 1;
    String tail = unit.substring(1);
    if (power == 0 || !(tail.equals("B") || tail.equals("iB"))) {
      throw new IllegalArgumentException(text);
    }
    long factor = 1L << (10 * power);
    if (count > Long.MAX_VALUE / factor) throw new IllegalArgumentException(text);
    return count * factor;
  }
}
