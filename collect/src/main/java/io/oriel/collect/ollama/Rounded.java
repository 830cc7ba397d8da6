package io.oriel.collect.ollama;

import java.util.Locale;

/** A number of parameters as Ollama rounds it. */
final class Rounded {
  private Rounded() {}

  /** From {@code 8.0B} or {@code 751.63M}; 0 where it is none. */
  static double count(String text) {
    if (text.isEmpty() || text.length() > 20) return 0;
    char last = text.toUpperCase(Locale.ROOT).charAt(text.length() - 1);
    double unit =
        last == 'T' ? 1e12 : last == 'B' ? 1e9 : last == 'M' ? 1e6 : last == 'K' ? 1e3 : 0;
    try {
      String digits = unit == 0 ? text : text.substring(0, text.length() - 1);
      return (double) Math.round(Double.parseDouble(digits) * Math.max(1, unit));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
