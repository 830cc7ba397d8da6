package io.oriel.promql.parse;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Place;
import io.oriel.promql.expr.Quoting;
import io.oriel.promql.parse.Token.Kind;
import org.jspecify.annotations.Nullable;

/** The tokens of a text with one of look-ahead, and what can be said about the one that is due. */
final class Tokens {
  private final String text;
  private final Lexer lexer;
  private final Limits limits;
  private int taken;
  private @Nullable Token due;
  private Place last = new Place(0, 0);

  Tokens(String text, Limits limits) {
    this.text = text;
    this.limits = limits;
    this.lexer = new Lexer(text);
  }

  Token peek() {
    if (due == null) due = lexer.next();
    return due;
  }

  Token next() {
    Token token = peek();
    limits.check(Limit.QUERY_PARTS, ++taken, "the query"); // each costs a hundred bytes and more
    due = null;
    last = token.at();
    return token;
  }

  /** Whether an opening bracket stands right after the token that is due. */
  boolean bracketFollows() {
    int at = peek().at().end();
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
    return at < text.length() && text.charAt(at) == '(';
  }

  /** Where the token stands that was taken last. */
  Place last() {
    return last;
  }

  boolean acceptSign(String sign) {
    if (!peek().isSign(sign)) return false;
    next();
    return true;
  }

  boolean acceptKeyword(String word) {
    if (!peek().isKeyword(word)) return false;
    next();
    return true;
  }

  Refusal.BadQuery unexpected() {
    return unexpected("", "");
  }

  /** The token that is due can't stand here. */
  Refusal.BadQuery unexpected(String context, String expected) {
    Token token = peek();
    String message = "unexpected " + token.described();
    if (!context.isEmpty()) message += " in " + context;
    if (!expected.isEmpty()) message += ", expected " + expected;
    return problem(token.at(), message);
  }

  Refusal.BadQuery problem(Place at, String message) {
    return Problem.at(at, text, message);
  }

  /** What a number is worth, or the seconds of a duration. */
  double value(Token token) {
    if (token.is(Kind.DURATION)) return milliseconds(token) / 1000.0;
    Double value = Literals.number(token.text());
    if (value == null) {
      throw problem(
          token.at(),
          "error parsing number: strconv.ParseFloat: parsing "
              + Quoting.quote(token.text())
              + ": "
              + (isOnlyTooLarge(token.text()) ? "value out of range" : "invalid syntax"));
    }
    return value;
  }

  private static boolean isOnlyTooLarge(String number) {
    try {
      return Double.isInfinite(Double.parseDouble(number.replace("_", "")));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** The milliseconds of a duration, or of a number of seconds. */
  long milliseconds(Token token) {
    try {
      if (token.is(Kind.NUMBER)) return Literals.fromSeconds(value(token));
      Long ms = Literals.duration(token.text());
      if (ms != null) return ms;
    } catch (ArithmeticException e) {
      throw problem(token.at(), "duration out of range");
    }
    throw problem(token.at(), "not a valid duration string: " + Quoting.quote(token.text()));
  }
}
