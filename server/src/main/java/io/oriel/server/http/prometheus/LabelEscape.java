package io.oriel.server.http.prometheus;

/**
 * Label names in a path: {@code U__} and then each character that a plain name can't have as {@code
 * _HEX_}, an underscore as two.
 *
 * <p>Source: Prometheus, {@code common/model/metric.go} (value encoding).
 */
final class LabelEscape {
  private static final String MARK = "U__";
  private static final int LONGEST_HEX = 6;

  private LabelEscape() {}

  /** The name that was meant; the text itself where it is not escaped, or not well. */
  static String unescape(String text) {
    if (!text.startsWith(MARK)) return text;
    var name = new StringBuilder(text.length());
    for (int i = MARK.length(); i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '_') {
        name.append(c);
        continue;
      }
      int end = text.indexOf('_', i + 1);
      if (end < 0 || end - i - 1 > LONGEST_HEX) return text;
      if (end == i + 1) {
        name.append('_');
      } else {
        int point = hex(text.substring(i + 1, end));
        if (point < 0) return text;
        name.appendCodePoint(point);
      }
      i = end;
    }
    return name.toString();
  }

  private static int hex(String digits) {
    try {
      int point = Integer.parseInt(digits, 16);
      return Character.isValidCodePoint(point) ? point : -1;
    } catch (NumberFormatException _) {
      return -1;
    }
  }
}
