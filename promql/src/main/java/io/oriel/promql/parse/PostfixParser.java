package io.oriel.promql.parse;

import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.GoNumber;
import io.oriel.promql.expr.Place;
import io.oriel.promql.expr.Shift;
import io.oriel.promql.expr.Span;
import io.oriel.promql.parse.Token.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what may stand behind an operand: a range or subquery, offset, @, anchored, smoothed. */
final class PostfixParser {
  private static final String NEEDS_SELECTOR =
      " modifier must be preceded by an instant vector selector or range vector selector or a"
          + " subquery";

  private final Tokens tokens;
  private final Features features;
  private final SpanParser spans;
  private final Runnable descend;

  PostfixParser(Tokens tokens, Features features, Runnable descend, Runnable ascend) {
    this.tokens = tokens;
    this.features = features;
    this.descend = descend;
    this.spans = new SpanParser(tokens, features, descend, ascend);
  }

  /** The operand with all that follows it. Each counts as one level: subqueries nest this way. */
  Expr read(Expr operand) {
    Expr expr = operand;
    while (true) {
      Token token = tokens.peek();
      if (token.isSign("[")) expr = brackets(expr);
      else if (token.isKeyword("offset")) expr = offset(expr);
      else if (token.isOperator("@")) expr = at(expr);
      else if (token.isKeyword("anchored")) expr = edges(expr, Expr.Edges.ANCHORED);
      else if (token.isKeyword("smoothed")) expr = edges(expr, Expr.Edges.SMOOTHED);
      else return expr;
    }
  }

  private Expr brackets(Expr expr) {
    Token open = tokens.next();
    Span length = spans.inBrackets("subquery or range selector");
    if (tokens.acceptSign("]")) return range(expr, length, open);
    if (!tokens.acceptSign(":")) {
      throw tokens.unexpected("subquery or range", "\":\" or \"]\"");
    }
    Span step = null;
    if (!tokens.peek().isSign("]")) step = spans.inBrackets("subquery selector");
    if (!tokens.acceptSign("]")) throw tokens.unexpected("subquery selector", "\"]\"");
    descend.run(); // not undone: a tower of subqueries is deep although it reads from left to right
    Place at = expr.at().to(tokens.last());
    return new Expr.Subquery(expr, length, step, Shift.NONE, at);
  }

  private Expr range(Expr expr, Span length, Token open) {
    Place bracket = open.at().to(tokens.last());
    if (!(expr instanceof Expr.Selector selector)) {
      throw tokens.problem(bracket, "ranges only allowed for vector selectors");
    }
    if (selector.shift().offset() != null) {
      throw tokens.problem(bracket, "no offset modifiers allowed before range");
    }
    if (selector.shift().fixed()) {
      throw tokens.problem(bracket, "no @ modifiers allowed before range");
    }
    return new Expr.Range(selector, length, expr.at().to(tokens.last()));
  }

  private Expr offset(Expr expr) {
    tokens.next();
    Span offset = spans.afterOffset();
    Shift shift = shiftOf(expr);
    if (shift == null) throw tokens.problem(expr.at(), "offset" + NEEDS_SELECTOR);
    if (shift.offset() != null) {
      throw tokens.problem(expr.at(), "offset may not be set multiple times");
    }
    boolean none = offset instanceof Span.Fixed fixed && fixed.ms() == 0;
    return none ? expr : shifted(expr, shift.withOffset(offset));
  }

  private Expr at(Expr expr) {
    tokens.next();
    Token token = tokens.peek();
    if (token.isKeyword("start") || token.isKeyword("end")) {
      tokens.next();
      if (!tokens.acceptSign("(") || !tokens.acceptSign(")")) throw noTimestamp();
      Shift shift = freeShift(expr);
      return shifted(
          expr, shift.withEdge(token.isKeyword("start") ? Shift.Edge.START : Shift.Edge.END));
    }
    boolean negative = token.isOperator("-");
    if (negative || token.isOperator("+")) tokens.next();
    Token number = tokens.peek();
    if (!number.is(Kind.NUMBER) && !number.is(Kind.DURATION)) throw noTimestamp();
    double seconds = tokens.value(tokens.next()) * (negative ? -1 : 1);
    return shifted(expr, freeShift(expr).withAt(milliseconds(seconds, expr)));
  }

  private Refusal.BadQuery noTimestamp() {
    return tokens.unexpected("@", "timestamp");
  }

  private long milliseconds(double seconds, Expr expr) {
    if (!(Math.abs(seconds) < Long.MAX_VALUE / 1000.0)) {
      String shown =
          Double.isNaN(seconds) || Double.isInfinite(seconds)
              ? GoNumber.plain(seconds)
              : String.format(Locale.ROOT, "%f", seconds);
      throw tokens.problem(expr.at(), "timestamp out of bounds for @ modifier: " + shown);
    }
    return Math.round(seconds * 1000);
  }

  private Shift freeShift(Expr expr) {
    Shift shift = shiftOf(expr);
    if (shift == null) throw tokens.problem(expr.at(), "@" + NEEDS_SELECTOR);
    if (shift.fixed()) {
      throw tokens.problem(expr.at(), "@ <timestamp> may not be set multiple times");
    }
    return shift;
  }

  private static @Nullable Shift shiftOf(Expr expr) {
    return switch (expr) {
      case Expr.Selector selector -> selector.shift();
      case Expr.Range range -> range.selector().shift();
      case Expr.Subquery subquery -> subquery.shift();
      default -> null;
    };
  }

  private Expr shifted(Expr expr, Shift shift) {
    Place at = expr.at().to(tokens.last());
    return switch (expr) {
      case Expr.Selector selector -> Parser.shifted(selector, shift, at);
      case Expr.Range(Expr.Selector selector, Span length, _) ->
          new Expr.Range(Parser.shifted(selector, shift, selector.at()), length, at);
      case Expr.Subquery(Expr inner, Span length, Span step, _, _) ->
          new Expr.Subquery(inner, length, step, shift, at);
      default -> throw new IllegalStateException("no selector: " + expr);
    };
  }

  private Expr edges(Expr expr, Expr.Edges edges) {
    tokens.next();
    String word = edges.name().toLowerCase(Locale.ROOT) + " modifier ";
    if (!features.experimental()) {
      throw tokens.problem(expr.at(), word + "is experimental and not enabled");
    }
    return switch (expr) {
      case Expr.Selector selector -> withEdges(selector, edges, expr.at());
      case Expr.Range(Expr.Selector selector, Span length, Place at) ->
          new Expr.Range(withEdges(selector, edges, at), length, at.to(tokens.last()));
      case Expr.Subquery _ ->
          throw tokens.problem(expr.at(), word + "is not supported for subqueries");
      default -> throw tokens.problem(expr.at(), word + "not implemented");
    };
  }

  private Expr.Selector withEdges(Expr.Selector selector, Expr.Edges edges, Place at) {
    if (selector.edges() != Expr.Edges.PLAIN && selector.edges() != edges) {
      throw tokens.problem(at, "anchored and smoothed modifiers cannot be used together");
    }
    return new Expr.Selector(
        selector.name(), selector.matchers(), selector.shift(), edges, selector.at());
  }
}
