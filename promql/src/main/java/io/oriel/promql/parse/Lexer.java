package io.oriel.promql.parse;

import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Place;
import io.oriel.promql.expr.Quoting;
import io.oriel.promql.parse.Token.Kind;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts a query into tokens, one when it is asked for one, so that the first thing wrong is the
 * first thing said. What a character means depends on where it stands: outside, inside braces, or
 * at the beginning of a duration in brackets.
 */
final class Lexer {
  private static final Set<String> AGGREGATORS =
      Set.of(
          "sum",
          "avg",
          "count",
          "min",
          "max",
          "group",
          "stddev",
          "stdvar",
          "topk",
          "bottomk",
          "count_values",
          "quantile",
          "limitk",
          "limit_ratio");
  private static final Set<String> KEYWORDS =
      Set.of(
          "offset",
          "anchored",
          "smoothed",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "fill",
          "fill_left",
          "fill_right",
          "bool",
          "start",
          "end",
          "step",
          "range",
          "max_of",
          "min_of");
  private static final Set<String> WORD_OPERATORS = Set.of("and", "or", "unless", "atan2");
  private static final Set<String> WORD_NUMBERS = Set.of("inf", "nan");
  private static final int END = -1;

  private final String text;
  private int start;
  private int pos;
  private int openParens;
  private boolean inBraces;
  private boolean inBrackets;
  private boolean durationDue; // just after a bracket, a colon or an operator inside brackets
  private boolean hadDuration;
  private boolean hadColon;

  Lexer(String text) {
    this.text = text;
  }

  /** The next token; at the end of the text the same again and again. */
  Token next() {
    skipBlanks();
    start = pos;
    if (inBraces) return insideBraces();
    return durationDue ? durationStart() : statement();
  }

  private void skipBlanks() {
    while (pos < text.length()) {
      char c = text.charAt(pos);
      if (c == '#') while (pos < text.length() && text.charAt(pos) != '\n') pos++;
      else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') pos++;
      else return;
    }
  }

  private Token statement() {
    int c = read();
    return switch (c) {
      case END -> end();
      case ',', '=', '!', '<', '>', '+', '-', '*', '/', '%', '^', '@' -> operator(c);
      case '"', '\'' -> string(c);
      case '`' -> rawString();
      case '(' -> openParen();
      case ')' -> closeParen();
      case '{' -> {
        inBraces = true;
        yield sign();
      }
      case '[' -> openBracket();
      case ']' -> closeBracket();
      case ':' -> colonOrName();
      default -> {
        if (isDigit(c) || (c == '.' && isDigit(peek()))) yield number();
        if (isAlpha(c)) yield word();
        throw wrong("unexpected character: " + Quoting.quote(c));
      }
    };
  }

  private Token end() {
    if (openParens > 0) throw wrong("unclosed left parenthesis");
    if (inBrackets) throw wrong("unclosed left bracket");
    return new Token(Kind.END, "", new Place(text.length(), text.length()));
  }

  private Token operator(int c) {
    switch (c) {
      case ',' -> {
        return sign();
      }
      case '=' -> {
        if (peek() == '~') throw afterSign('=');
        return accept("=") ? token(Kind.OPERATOR) : sign();
      }
      case '!' -> {
        if (!accept("=")) throw afterSign('!');
      }
      case '<', '>' -> {
        if (!accept("=")) accept("/");
      }
      default -> {
        if (inBrackets) durationDue = true;
      }
    }
    return token(Kind.OPERATOR);
  }

  private Refusal.BadQuery afterSign(char sign) {
    return wrong("unexpected character after '" + sign + "': " + shown(read()));
  }

  private Token openParen() {
    openParens++;
    if (inBrackets) durationDue = true;
    return sign();
  }

  private Token closeParen() {
    if (--openParens < 0) {
      start = pos; // as Prometheus counts it: behind the sign
      throw wrong("unexpected right parenthesis ')'");
    }
    durationDue = false;
    return sign();
  }

  private Token openBracket() {
    if (inBrackets) throw wrong("unexpected left bracket '['");
    inBrackets = true;
    durationDue = true;
    hadDuration = false;
    hadColon = false;
    return sign();
  }

  private Token closeBracket() {
    if (!inBrackets) throw wrong("unexpected right bracket ']'");
    inBrackets = false;
    durationDue = false;
    return sign();
  }

  private Token colonOrName() {
    if (!inBrackets) return word();
    if (hadColon) throw wrong("unexpected colon ':'");
    hadColon = true;
    return sign();
  }

  /** Inside brackets, where a duration or what leads up to one must stand. */
  private Token durationStart() {
    int c = read();
    return switch (c) {
      case END -> throw wrong("unexpected end of input in duration expression");
      case ']' -> closeBracket();
      case ':' -> colonAfterDuration();
      case '(' -> openParen();
      case ')' -> closeParen();
      case ',' -> sign();
      case '+', '-', '*', '/', '%', '^' -> token(Kind.OPERATOR);
      default -> {
        if (isDigit(c) || (c == '.' && isDigit(peek()))) {
          durationDue = false;
          hadDuration = true;
          yield number();
        }
        if (isAlpha(c)) yield durationWord(c);
        throw wrong("unexpected character in duration expression: " + Quoting.quote(c));
      }
    };
  }

  private Token colonAfterDuration() {
    if (!hadDuration) {
      start = pos; // as Prometheus counts it: behind the sign
      throw wrong("unexpected colon before duration in duration expression");
    }
    durationDue = false;
    return colonOrName();
  }

  private Token durationWord(int first) {
    while (isAlpha(peek())) pos++;
    switch (lower()) {
      case "step", "range" -> {
        durationDue = false;
        hadDuration = true;
      }
      case "max_of", "min_of" -> {}
      default ->
          throw wrong("unexpected character in duration expression: " + Quoting.quote(first));
    }
    return token(Kind.KEYWORD);
  }

  private Token insideBraces() {
    int c = read();
    return switch (c) {
      case END -> throw wrong("unexpected end of input inside braces");
      case ',' -> sign();
      case '"', '\'' -> string(c);
      case '`' -> rawString();
      case '=' -> accept("~") ? token(Kind.OPERATOR) : sign();
      case '!' -> {
        if (accept("~=")) yield token(Kind.OPERATOR);
        throw wrong("unexpected character after '!' inside braces: " + shown(read()));
      }
      case '{' -> throw wrong("unexpected left brace '{'");
      case '}' -> {
        inBraces = false;
        yield sign();
      }
      default -> {
        if (!isAlpha(c)) {
          throw wrong("unexpected character inside braces: " + Quoting.quote(c));
        }
        while (isAlpha(peek()) || isDigit(peek())) pos++;
        yield token(Kind.IDENTIFIER);
      }
    };
  }

  private Token word() {
    while (isAlpha(peek()) || isDigit(peek()) || peek() == ':') pos++;
    String word = lower();
    if (WORD_NUMBERS.contains(word)) return token(Kind.NUMBER);
    if (AGGREGATORS.contains(word)) return token(Kind.AGGREGATOR);
    if (WORD_OPERATORS.contains(word)) return token(Kind.OPERATOR);
    if (KEYWORDS.contains(word)) return token(Kind.KEYWORD);
    return token(word.indexOf(':') < 0 ? Kind.IDENTIFIER : Kind.METRIC_IDENTIFIER);
  }

  private Token string(int quote) {
    while (true) {
      int c = read();
      if (c == quote) return token(Kind.STRING);
      if (c == '\\') escape(quote);
      else if (c == END || c == '\n') throw wrong("unterminated quoted string");
    }
  }

  private Token rawString() {
    int end = text.indexOf('`', pos);
    if (end < 0) throw wrong("unterminated raw string");
    pos = end + 1;
    return token(Kind.STRING);
  }

  private void escape(int quote) {
    int kind = read();
    switch (kind) {
      case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\' -> {}
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        pos--;
        digits(3, 8, 255);
      }
      case 'x' -> digits(2, 16, 255);
      case 'u' -> digits(4, 16, Character.MAX_CODE_POINT);
      case 'U' -> digits(8, 16, Character.MAX_CODE_POINT);
      case END -> throw wrong("escape sequence not terminated");
      default -> {
        if (kind != quote) throw wrong("unknown escape sequence " + unicode(kind));
      }
    }
  }

  private void digits(int count, int base, int largest) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      int c = read();
      if (c == END) throw wrong("escape sequence not terminated");
      int digit = c < 0x80 ? Character.digit(c, base) : -1;
      if (digit < 0) throw wrong("illegal character " + unicode(c) + " in escape sequence");
      value = value * base + digit;
    }
    if (value > largest || (value >= 0xD800 && value < 0xE000)) {
      throw wrong("escape sequence is an invalid Unicode code point");
    }
  }

  private static String unicode(int c) {
    return String.format(Locale.ROOT, "U+%04X %s", c, "'" + Character.toString(c) + "'");
  }

  private Token number() {
    pos = start;
    var scanner = new NumberScanner(text, pos);
    Kind kind = scanner.scan();
    pos = scanner.end();
    if (kind == Kind.END) {
      throw wrong("bad number or duration syntax: " + Quoting.quote(text.substring(start, pos)));
    }
    return token(kind);
  }

  private int read() {
    if (pos >= text.length()) return END;
    int c = text.codePointAt(pos);
    pos += Character.charCount(c);
    return c;
  }

  private int peek() {
    return pos < text.length() ? text.charAt(pos) : END;
  }

  private boolean accept(String any) {
    if (peek() == END || any.indexOf(peek()) < 0) return false;
    pos++;
    return true;
  }

  private String lower() {
    return text.substring(start, pos).toLowerCase(Locale.ROOT);
  }

  private Token token(Kind kind) {
    return new Token(kind, text.substring(start, pos), new Place(start, pos));
  }

  private Token sign() {
    return token(Kind.SIGN);
  }

  private static String shown(int c) {
    return Quoting.quote(c == END ? 0xFFFD : c);
  }

  private Refusal.BadQuery wrong(String message) {
    return Problem.at(new Place(start, pos), text, message);
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isAlpha(int c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
