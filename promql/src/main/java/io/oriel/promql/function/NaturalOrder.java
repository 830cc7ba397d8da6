package io.oriel.promql.function;

/** Texts as people order them: runs of digits by their value, everything else by character. */
final class NaturalOrder {
  private NaturalOrder() {}

  static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int endA = runEnd(a, i);
      int endB = runEnd(b, j);
      String left = a.substring(i, endA);
      String right = b.substring(j, endB);
      int order =
          isDigit(left.charAt(0)) && isDigit(right.charAt(0))
              ? compareDigits(left, right)
              : left.compareTo(right);
      if (order != 0) return order;
      i = endA;
      j = endB;
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  private static int runEnd(String text, int from) {
    boolean digits = isDigit(text.charAt(from));
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end)) == digits) end++;
    return end;
  }

  private static int compareDigits(String a, String b) {
    String left = a.replaceFirst("^0+(?=.)", "");
    String right = b.replaceFirst("^0+(?=.)", "");
    int order = Integer.compare(left.length(), right.length());
    if (order == 0) order = left.compareTo(right);
    return order == 0 ? Integer.compare(a.length(), b.length()) : order;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
