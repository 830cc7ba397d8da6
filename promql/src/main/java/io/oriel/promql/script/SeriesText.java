package io.oriel.promql.script;

import io.oriel.model.Labels;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.parse.Parser;

/** The series at the beginning of a line: a name with or without labels, or labels alone. */
final class SeriesText {
  private SeriesText() {}

  /** Where the series ends and its samples begin. */
  static int end(String line) {
    int at = 0;
    while (at < line.length() && " \t{@".indexOf(line.charAt(at)) < 0) at++;
    int braces = at;
    while (braces < line.length() && " \t".indexOf(line.charAt(braces)) >= 0) braces++;
    boolean labels = line.startsWith("{", braces) && !line.startsWith("{{", braces);
    return labels ? closing(line, braces) : at;
  }

  private static int closing(String line, int open) {
    char quote = 0;
    for (int i = open; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && c == '}') return i + 1;
      if (quote == 0 && (c == '"' || c == '\'' || c == '`')) quote = c;
      else if (quote != 0 && c == '\\' && quote != '`') i++;
      else if (c == quote) quote = 0;
    }
    throw new IllegalArgumentException("the labels are not closed: " + line);
  }

  static Labels labels(String series) {
    try {
      return Parser.series(series);
    } catch (Refusal.BadQuery e) {
      throw new IllegalArgumentException(series + ": " + e.getMessage(), e);
    }
  }
}
