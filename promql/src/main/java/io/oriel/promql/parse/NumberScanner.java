package io.oriel.promql.parse;

import io.oriel.promql.parse.Token.Kind;

/** Finds the end of a number or a duration, letting through what Prometheus' lexer lets through. */
final class NumberScanner {
  private static final String DECIMAL = "0123456789";
  private static final String HEX = DECIMAL + "abcdefABCDEF";

  private final String text;
  private int pos;

  NumberScanner(String text, int start) {
    this.text = text;
    this.pos = start;
  }

  /** Where it ends, or where it went wrong. */
  int end() {
    return pos;
  }

  /** NUMBER, DURATION, or END when it is neither. */
  Kind scan() {
    if (number()) return Kind.NUMBER;
    return duration() ? Kind.DURATION : Kind.END;
  }

  private boolean number() {
    String digits = DECIMAL;
    if (accept("0") && accept("xX")) {
      accept("_");
      digits = HEX;
    }
    accept(".");
    boolean dot = false;
    boolean exponent = false;
    while (true) {
      if (accept(digits)) continue;
      if (accept(".")) {
        if (dot || digits.equals(HEX) || accept("_.")) return false;
        dot = true;
      } else if (accept("eE")) {
        if (exponent || accept("._eE") || atEnd()) return false;
        accept("+-");
        if (accept("._eE") || atEnd()) return false;
        exponent = true;
      } else if (accept("_")) {
        if (accept("._eE") || atEnd()) return false;
      } else {
        return !isWordAt(pos);
      }
    }
  }

  /** After digits: a unit, then more digits and units. */
  private boolean duration() {
    if (!accept("smhdwy")) return false;
    accept("s");
    while (accept(DECIMAL)) {
      while (accept(DECIMAL)) {}
      if (!accept("smhdw")) return false;
      accept("s");
    }
    if (!isWordAt(pos)) return true;
    pos++;
    return false;
  }

  private boolean isWordAt(int at) {
    return at < text.length() && (Lexer.isAlpha(text.charAt(at)) || Lexer.isDigit(text.charAt(at)));
  }

  private boolean atEnd() {
    return pos >= text.length();
  }

  private boolean accept(String any) {
    if (atEnd() || any.indexOf(text.charAt(pos)) < 0) return false;
    pos++;
    return true;
  }
}
