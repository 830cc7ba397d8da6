package io.oriel.receive.otlp;

import java.util.Map;

/** Units of OpenTelemetry (UCUM's short signs) in Prometheus' words. */
final class Units {
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("d", "days"),
          Map.entry("h", "hours"),
          Map.entry("min", "minutes"),
          Map.entry("s", "seconds"),
          Map.entry("ms", "milliseconds"),
          Map.entry("us", "microseconds"),
          Map.entry("ns", "nanoseconds"),
          Map.entry("By", "bytes"),
          Map.entry("KiBy", "kibibytes"),
          Map.entry("MiBy", "mebibytes"),
          Map.entry("GiBy", "gibibytes"),
          Map.entry("TiBy", "tibibytes"),
          Map.entry("KBy", "kilobytes"),
          Map.entry("MBy", "megabytes"),
          Map.entry("GBy", "gigabytes"),
          Map.entry("TBy", "terabytes"),
          Map.entry("m", "meters"),
          Map.entry("V", "volts"),
          Map.entry("A", "amperes"),
          Map.entry("J", "joules"),
          Map.entry("W", "watts"),
          Map.entry("g", "grams"),
          Map.entry("Cel", "celsius"),
          Map.entry("Hz", "hertz"),
          Map.entry("1", ""),
          Map.entry("%", "percent"));

  private static final Map<String, String> PER =
      Map.of(
          "s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y",
          "year");

  private Units() {}

  /** What stands before the stroke, in words; empty where it says nothing. */
  static String main(String unit) {
    int stroke = unit.indexOf('/');
    String sign = (stroke < 0 ? unit : unit.substring(0, stroke)).strip();
    return isSaid(sign) ? WORDS.getOrDefault(sign, sign) : "";
  }

  /** What stands behind the stroke: {@code per_second}; empty where nothing does. */
  static String per(String unit) {
    int stroke = unit.indexOf('/');
    String sign = stroke < 0 ? "" : unit.substring(stroke + 1).strip();
    return isSaid(sign) ? "per_" + PER.getOrDefault(sign, sign) : "";
  }

  /** Braces hold remarks: {@code {request}}. */
  private static boolean isSaid(String sign) {
    return !sign.isEmpty() && sign.indexOf('{') < 0 && sign.indexOf('}') < 0;
  }

  /** The whole unit in words, as metadata say it: {@code bytes_per_second}. */
  static String words(String unit, boolean escapes) {
    String main = escapes ? Names.escapedUnit(main(unit)) : main(unit);
    String per = escapes ? Names.escapedUnit(per(unit)) : per(unit);
    String words = main.isEmpty() || per.isEmpty() ? main + per : main + "_" + per;
    if (words.startsWith("_")) words = words.substring(1);
    return words.endsWith("_") ? words.substring(0, words.length() - 1) : words;
  }
}
