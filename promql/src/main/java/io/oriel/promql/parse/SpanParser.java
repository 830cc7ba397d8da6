package io.oriel.promql.parse;

import io.oriel.promql.expr.Place;
import io.oriel.promql.expr.Span;
import io.oriel.promql.parse.Token.Kind;
import org.jspecify.annotations.Nullable;

/** Reads durations, plain ones and (where that is switched on) computed ones. */
final class SpanParser {
  private static final String EXPECTED = "number, duration, step(), or range()";
  private static final int SIGN_BINDS = 6;

  private final Tokens tokens;
  private final Features features;
  private final Runnable descend;
  private final Runnable ascend;
  private String context = "";
  private boolean operatorsMayFollow;

  SpanParser(Tokens tokens, Features features, Runnable descend, Runnable ascend) {
    this.tokens = tokens;
    this.features = features;
    this.descend = descend;
    this.ascend = ascend;
  }

  /** Where only what is longer than nothing makes sense. */
  Span inBrackets(String where) {
    context = where;
    operatorsMayFollow = true;
    Span span = expression(0);
    if (span instanceof Span.Fixed fixed && fixed.ms() <= 0) {
      throw tokens.problem(span.at(), "duration must be greater than 0");
    }
    return allowed(span);
  }

  /** After {@code offset}: operators need brackets there. */
  Span afterOffset() {
    context = "offset";
    operatorsMayFollow = false;
    return allowed(signed());
  }

  private Span allowed(Span span) {
    if (!Span.isFixed(span) && !features.experimental()) {
      throw tokens.problem(firstPart(span), "experimental duration expression is not enabled");
    }
    if (span instanceof Span.Fixed(double seconds, _, Place at)) {
      return new Span.Fixed(seconds, true, at);
    }
    return span;
  }

  private static Place firstPart(Span span) {
    return switch (span) {
      case Span.Bracketed(Span inner, _) -> firstPart(inner);
      case Span.Computed(_, Span left, _, _) -> firstPart(left);
      default -> span.at();
    };
  }

  private Span expression(int binds) {
    descend.run();
    Span left = signed();
    while (true) {
      Span.Op op = operator(tokens.peek());
      if (op == null || op.binds() < binds) break;
      Place sign = tokens.next().at();
      boolean fromRight = op == Span.Op.POWER;
      Span right = expression(fromRight ? op.binds() : op.binds() + 1);
      if (op == Span.Op.DIVIDE || op == Span.Op.MODULO) refuseZero(op, sign, right);
      left = new Span.Computed(op, left, right, left.at().to(right.at()));
      descend.run(); // a chain is as deep a tree as brackets are
    }
    ascend.run();
    return left;
  }

  private void refuseZero(Span.Op op, Place sign, Span divisor) {
    if (divisor instanceof Span.Fixed fixed && fixed.seconds() == 0) {
      throw tokens.problem(sign, op == Span.Op.DIVIDE ? "division by zero" : "modulo by zero");
    }
  }

  private static Span.@Nullable Op operator(Token token) {
    if (!token.is(Kind.OPERATOR)) return null;
    for (Span.Op op : Span.Op.values()) {
      if (op.binds() > 0 && op.sign().equals(token.text())) return op;
    }
    return null;
  }

  private Span signed() {
    Token sign = tokens.peek();
    if (!sign.isOperator("+") && !sign.isOperator("-")) return operand();
    tokens.next();
    boolean negative = sign.isOperator("-");
    descend.run();
    Span operand = operatorsMayFollow ? expression(SIGN_BINDS) : signed();
    ascend.run();
    Place at = sign.at().to(operand.at());
    if (operand instanceof Span.Fixed(double seconds, boolean duration, _)) {
      return new Span.Fixed(negative ? -seconds : seconds, duration, at);
    }
    return new Span.Signed(negative, operand, at);
  }

  private Span operand() {
    Token token = tokens.peek();
    if (token.is(Kind.NUMBER) || token.is(Kind.DURATION)) {
      tokens.next();
      double seconds = tokens.milliseconds(token) / 1000.0; // refuses what is out of range
      boolean duration = token.is(Kind.DURATION);
      return new Span.Fixed(duration ? seconds : tokens.value(token), duration, token.at());
    }
    if (token.isSign("(")) return bracketed();
    if (token.isKeyword("step") || token.isKeyword("range")) return ofQuery();
    if (token.isKeyword("max_of") || token.isKeyword("min_of")) return choice();
    throw unexpected();
  }

  private RuntimeException unexpected() {
    return tokens.unexpected(context, EXPECTED);
  }

  private Span bracketed() {
    Token open = tokens.next();
    Span inner = inner();
    if (!tokens.acceptSign(")")) throw unexpected();
    return new Span.Bracketed(inner, open.at().to(tokens.last()));
  }

  private Span ofQuery() {
    Token word = tokens.next();
    if (!tokens.acceptSign("(") || !tokens.acceptSign(")")) throw unexpected();
    Place at = word.at().to(tokens.last());
    return word.isKeyword("step") ? new Span.QueryStep(at) : new Span.QueryRange(at);
  }

  private Span choice() {
    Token word = tokens.next();
    if (!tokens.acceptSign("(")) throw unexpected();
    Span left = inner();
    if (!tokens.acceptSign(",")) throw unexpected();
    Span right = inner();
    if (!tokens.acceptSign(")")) throw unexpected();
    Span.Op op = word.isKeyword("max_of") ? Span.Op.MAX : Span.Op.MIN;
    return new Span.Computed(op, left, right, word.at().to(tokens.last()));
  }

  /** Inside brackets of its own all operators may stand, in an offset too. */
  private Span inner() {
    boolean outer = operatorsMayFollow;
    operatorsMayFollow = true;
    Span inner = expression(0);
    operatorsMayFollow = outer;
    return inner;
  }
}
