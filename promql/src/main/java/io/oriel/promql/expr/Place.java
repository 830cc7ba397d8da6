package io.oriel.promql.expr;

import java.nio.charset.StandardCharsets;

/** Where something stands in the text of a query: from one character up to before another. */
public record Place(int start, int end) {

  public Place to(Place last) {
    return new Place(start, Math.max(start, last.end));
  }

  /** {@code line:column} of the start, both from 1, columns counted in bytes as Prometheus does. */
  public String in(String text) {
    if (start > text.length()) return "invalid position";
    if (text.isEmpty()) return "unknown position";
    int lineStart = text.lastIndexOf('\n', start - 1) + 1;
    int line = 1;
    for (int i = 0; i < lineStart; i++) if (text.charAt(i) == '\n') line++;
    int column = text.substring(lineStart, start).getBytes(StandardCharsets.UTF_8).length + 1;
    return line + ":" + column;
  }
}
