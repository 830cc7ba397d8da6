package io.oriel.wire.exposition;

/** Backslashes: {@code \\}, {@code \n} and where quotes are {@code \"}; any other one is kept. */
final class Escapes {
  private Escapes() {}

  static String undo(String text, boolean quotes) {
    int at = text.indexOf('\\');
    if (at < 0) return text;
    var out = new StringBuilder(text.length());
    int copied = 0;
    for (; at >= 0 && at + 1 < text.length(); at = text.indexOf('\\', at)) {
      char next = text.charAt(at + 1);
      boolean known = next == '\\' || next == 'n' || (quotes && next == '"');
      if (!known) {
        at += 2;
        continue;
      }
      out.append(text, copied, at).append(next == 'n' ? '\n' : next);
      at += 2;
      copied = at;
    }
    return out.append(text, copied, text.length()).toString();
  }

  static void write(StringBuilder out, String text, boolean quotes) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '"' -> out.append(quotes ? "\\\"" : "\"");
        default -> out.append(c);
      }
    }
  }
}
