package io.oriel.promql.parse;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.Regex;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Place;
import io.oriel.promql.expr.Quoting;
import io.oriel.promql.expr.Shift;
import io.oriel.promql.parse.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads a selector: a metric name, and matchers in braces. */
final class SelectorParser {
  private static final String CONTEXT = "label matching";

  private final Tokens tokens;
  private final Limits limits;
  private long regexes; // parts of all that the query has

  SelectorParser(Tokens tokens, Limits limits) {
    this.tokens = tokens;
    this.limits = limits;
  }

  /** Goes on after the metric name. */
  Expr.Selector named(Token name) {
    var matchers = new ArrayList<Matcher>();
    if (tokens.peek().isSign("{")) braces(matchers);
    matchers.add(Matcher.equal(Labels.NAME, name.text()));
    return selector(name.text(), matchers, name.at().to(tokens.last()));
  }

  Expr.Selector unnamed() {
    Place open = tokens.peek().at();
    var matchers = new ArrayList<Matcher>();
    braces(matchers);
    return selector("", matchers, open.to(tokens.last()));
  }

  private static Expr.Selector selector(String name, List<Matcher> matchers, Place at) {
    return new Expr.Selector(name, List.copyOf(matchers), Shift.NONE, Expr.Edges.PLAIN, at);
  }

  private void braces(List<Matcher> into) {
    tokens.next();
    while (!tokens.peek().isSign("}")) {
      into.add(matcher());
      if (tokens.acceptSign(",")) continue;
      if (!tokens.peek().isSign("}")) throw tokens.unexpected(CONTEXT, "\",\" or \"}\"");
    }
    tokens.next();
  }

  private Matcher matcher() {
    Token name = tokens.peek();
    if (!name.is(Kind.IDENTIFIER) && !name.is(Kind.STRING)) {
      throw tokens.unexpected(CONTEXT, "identifier or \"}\"");
    }
    tokens.next();
    String label = name.is(Kind.STRING) ? Quoting.unquote(name.text()) : name.text();
    Token sign = tokens.peek();
    if (name.is(Kind.STRING) && (sign.isSign(",") || sign.isSign("}"))) {
      return Matcher.equal(Labels.NAME, label); // {"my.metric"}
    }
    Matcher.Op op = op(sign);
    tokens.next();
    Token value = tokens.peek();
    if (!value.is(Kind.STRING)) throw tokens.unexpected(CONTEXT, "string");
    tokens.next();
    return matcher(label, op, Quoting.unquote(value.text()), name.at().to(value.at()));
  }

  private Matcher matcher(String label, Matcher.Op op, String value, Place at) {
    boolean regex = op == Matcher.Op.REGEX || op == Matcher.Op.NOT_REGEX;
    try {
      if (regex) check(value);
      return new Matcher(label, op, value);
    } catch (PatternSyntaxException e) {
      throw tokens.problem(at, String.valueOf(e.getMessage()));
    }
  }

  /** Compiled alone, so that the message shows what was written. */
  private void check(String regex) {
    regexes += Regex.check(regex);
    limits.check(Limit.QUERY_REGEX_PARTS, regexes, "the query");
    if (!Regex.isLiterals(regex)) Pattern.compile(regex);
  }

  private Matcher.Op op(Token sign) {
    for (Matcher.Op op : Matcher.Op.values()) {
      boolean fits = sign.is(Kind.SIGN) || sign.is(Kind.OPERATOR);
      if (fits && sign.text().equals(op.sign())) return op;
    }
    throw tokens.unexpected(CONTEXT, "label matching operator");
  }
}
