package io.oriel.promql.parse;

import io.oriel.promql.expr.Matching;
import io.oriel.promql.expr.Matching.Cardinality;
import io.oriel.promql.expr.Quoting;
import io.oriel.promql.parse.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what may stand behind a binary operator: on, ignoring, group_left, group_right, fill. */
final class MatchingParser {
  private static final String CONTEXT = "grouping opts";
  private static final Set<String> NEVER_OPERANDS =
      Set.of("bool", "on", "ignoring", "group_left", "group_right");

  private final Tokens tokens;
  private final Features features;

  MatchingParser(Tokens tokens, Features features) {
    this.tokens = tokens;
    this.features = features;
  }

  /** The clauses that are there; plain matching where there are none. */
  Matching read() {
    Matching matching = Matching.PLAIN;
    Token token = tokens.peek();
    if (token.isKeyword("on") || token.isKeyword("ignoring")) {
      tokens.next();
      List<String> labels = labels();
      matching = group(token.isKeyword("on"), labels);
    }
    return fill(matching);
  }

  private Matching group(boolean on, List<String> labels) {
    Token token = tokens.peek();
    boolean left = token.isKeyword("group_left");
    if (!left && !token.isKeyword("group_right")) {
      return new Matching(on, labels, Cardinality.ONE_TO_ONE, List.of(), null, null);
    }
    tokens.next();
    List<String> include = List.of();
    if (tokens.peek().isSign("(")) include = labels();
    else if (!beginsOperand(tokens.peek())) throw tokens.unexpected(CONTEXT, "\"(\"");
    var cardinality = left ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
    return new Matching(on, labels, cardinality, include, null, null);
  }

  private static boolean beginsOperand(Token token) {
    return switch (token.kind()) {
      case END -> false;
      case KEYWORD -> !NEVER_OPERANDS.contains(token.word());
      case SIGN -> token.isSign("{");
      case OPERATOR -> token.word().matches("and|or|unless|[+-]");
      default -> true;
    };
  }

  /** Label names in round brackets. */
  List<String> labels() {
    if (!tokens.acceptSign("(")) throw tokens.unexpected(CONTEXT, "\"(\"");
    var labels = new ArrayList<String>();
    while (!tokens.acceptSign(")")) {
      labels.add(label());
      if (tokens.acceptSign(",")) continue;
      if (!tokens.peek().isSign(")")) throw tokens.unexpected(CONTEXT, "\",\" or \")\"");
    }
    return labels;
  }

  private String label() {
    Token token = tokens.peek();
    boolean word =
        switch (token.kind()) {
          case IDENTIFIER, AGGREGATOR, KEYWORD, STRING -> true;
          case OPERATOR -> Character.isLetter(token.text().charAt(0));
          default -> false;
        };
    if (!word) throw tokens.unexpected(CONTEXT, "label");
    tokens.next();
    if (!token.is(Kind.STRING)) return token.text();
    String label = Quoting.unquote(token.text());
    if (label.isEmpty() || !Quoting.isUtf8(label)) {
      throw tokens.problem(token.at(), "invalid label name for grouping: " + Quoting.quote(label));
    }
    return label;
  }

  /** {@code fill(0)}, or {@code fill_left} and {@code fill_right} once each, in any order. */
  private Matching fill(Matching matching) {
    Double left = null;
    Double right = null;
    while (true) {
      Token token = tokens.peek();
      boolean both = token.isKeyword("fill") && left == null && right == null;
      boolean onlyLeft = token.isKeyword("fill_left") && left == null;
      boolean onlyRight = token.isKeyword("fill_right") && right == null;
      boolean fills = both || onlyLeft || onlyRight;
      if (!fills || !tokens.bracketFollows()) break;
      double value = fillValue(token);
      if (both || onlyLeft) left = value;
      if (both || onlyRight) right = value;
    }
    if (left == null && right == null) return matching;
    return new Matching(
        matching.on(), matching.labels(), matching.cardinality(), matching.include(), left, right);
  }

  private double fillValue(Token fill) {
    tokens.next();
    tokens.next();
    @Nullable Token sign = null;
    if (tokens.peek().isOperator("-") || tokens.peek().isOperator("+")) sign = tokens.next();
    Token number = tokens.peek();
    if (!number.is(Kind.NUMBER) && !number.is(Kind.DURATION)) throw tokens.unexpected();
    double value = tokens.value(tokens.next());
    if (!tokens.acceptSign(")")) throw tokens.unexpected();
    if (!features.experimental()) {
      throw tokens.problem(
          new io.oriel.promql.expr.Place(0, fill.at().end()),
          "binop fill modifiers are experimental and not enabled");
    }
    return sign != null && sign.isOperator("-") ? -value : value;
  }
}
