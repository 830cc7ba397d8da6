package io.oriel.model;

/** How labels are written for people: Prometheus' notation. */
final class LabelText {
  private LabelText() {}

  static String write(Labels labels) {
    var out = new StringBuilder();
    String name = labels.metricName();
    boolean nameOutside = !name.isEmpty() && isPlainName(name, true);
    if (nameOutside) out.append(name);
    int inside = labels.size() - (nameOutside ? 1 : 0);
    if (inside == 0 && nameOutside) return out.toString();

    out.append('{');
    String comma = "";
    if (!nameOutside && !name.isEmpty()) {
      quote(out, name);
      comma = ", ";
    }
    for (int i = 0; i < labels.size(); i++) {
      if (labels.nameAt(i).equals(Labels.NAME)) continue;
      out.append(comma);
      if (isPlainName(labels.nameAt(i), false)) out.append(labels.nameAt(i));
      else quote(out, labels.nameAt(i));
      out.append('=');
      quote(out, labels.valueAt(i));
      comma = ", ";
    }
    return out.append('}').toString();
  }

  /** Whether a name needs no quotes: letters, digits, underscore; a metric name also colons. */
  static boolean isPlainName(String name, boolean colons) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || c == '_'
              || (colons && c == ':')
              || (i > 0 && c >= '0' && c <= '9');
      if (!plain) return false;
    }
    return !name.isEmpty();
  }

  static String quoted(String text) {
    var out = new StringBuilder(text.length() + 2);
    quote(out, text);
    return out.toString();
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < ' ' || c == 0x7f) out.append("\\x%02x".formatted((int) c));
          else out.append(c);
        }
      }
    }
    out.append('"');
  }
}
