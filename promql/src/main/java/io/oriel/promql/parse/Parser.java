package io.oriel.promql.parse;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Aggregator;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Grouping;
import io.oriel.promql.expr.Matching;
import io.oriel.promql.expr.Operator;
import io.oriel.promql.expr.Place;
import io.oriel.promql.expr.Quoting;
import io.oriel.promql.expr.Shift;
import io.oriel.promql.function.Functions;
import io.oriel.promql.parse.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query: recursive descent for what nests, a loop by binding strength for operators. How
 * deep the tree may become is limited, so that no text can overflow a stack, here or later.
 */
public final class Parser {
  private static final Map<String, Operator> OPERATORS = new HashMap<>();

  static {
    for (Operator operator : Operator.values()) OPERATORS.put(operator.sign(), operator);
  }

  private final Tokens tokens;
  private final Features features;
  private final Limits limits;
  private final SelectorParser selectors;
  private final MatchingParser matchings;
  private final PostfixParser postfixes;
  private int depth; // of what is being read
  private int height; // of the tree that was read last

  private Parser(String text, Features features, Limits limits) {
    this.tokens = new Tokens(text, limits);
    this.features = features;
    this.limits = limits;
    this.selectors = new SelectorParser(tokens, limits);
    this.matchings = new MatchingParser(tokens, features);
    this.postfixes = new PostfixParser(tokens, features, this::descend, this::ascend);
  }

  /**
   * The tree of a query, checked for types.
   *
   * @throws Refusal.BadQuery with position and reason, as Prometheus says it
   * @throws Refusal.LimitReached when the text is too long or nests too deep
   */
  public static Expr parse(String text, Features features, Limits limits) {
    limits.check(Limit.QUERY_LENGTH, text.length(), "the query");
    String utf8 = Quoting.withoutLoneSurrogates(text);
    Expr expr = new Parser(utf8, features, limits).whole();
    new TypeCheck(utf8).check(expr);
    return expr;
  }

  /**
   * The matchers of a selector alone: a name, matchers in braces, nothing around or behind them.
   * Whether they ask for anything at all is the caller's affair.
   *
   * @throws Refusal.BadQuery with position and reason, as Prometheus says it
   * @throws Refusal.LimitReached when the text is too long
   */
  public static List<Matcher> selector(String text, Limits limits) {
    limits.check(Limit.QUERY_LENGTH, text.length(), "the selector");
    var parser = new Parser(Quoting.withoutLoneSurrogates(text), Features.STABLE, limits);
    Expr.Selector selector = parser.selector();
    if (!parser.tokens.peek().is(Kind.END)) throw parser.tokens.unexpected();
    return selector.matchers();
  }

  private Expr.Selector selector() {
    Token token = tokens.peek();
    boolean named =
        switch (token.kind()) {
          case IDENTIFIER, METRIC_IDENTIFIER, AGGREGATOR -> true;
          case KEYWORD -> !token.word().matches("bool|on|ignoring|group_left|group_right");
          case OPERATOR -> token.word().matches("and|or|unless");
          case NUMBER, DURATION, STRING, SIGN, END -> false;
        };
    if (named) return selectors.named(tokens.next());
    if (token.isSign("{")) return selectors.unnamed();
    throw tokens.unexpected();
  }

  private Expr whole() {
    if (tokens.peek().is(Kind.END)) {
      throw tokens.problem(new Place(0, 0), "no expression found in input");
    }
    Expr expr = expression(0);
    if (!tokens.peek().is(Kind.END)) throw tokens.unexpected();
    return expr;
  }

  private void descend() {
    limits.check(Limit.QUERY_DEPTH, ++depth, "the query");
  }

  private void ascend() {
    depth--;
  }

  /** Reads operators that bind at least so tightly, and what stands between them. */
  private Expr expression(int binds) {
    descend();
    Expr left = signed();
    int leftHeight = height;
    while (true) {
      Operator operator = operator(tokens.peek());
      if (operator == null || operator.binds() < binds) break;
      tokens.next();
      boolean bool = tokens.acceptKeyword("bool");
      Matching matching = matchings.read();
      Expr right =
          expression(operator.rightAssociative() ? operator.binds() : operator.binds() + 1);
      Place at = left.at().to(right.at());
      left = new Expr.Binary(operator, left, right, bool, matching, at);
      leftHeight = Math.max(leftHeight, height) + 1;
      limits.check(Limit.QUERY_DEPTH, leftHeight, "the query");
    }
    height = leftHeight;
    ascend();
    return left;
  }

  private static @Nullable Operator operator(Token token) {
    return token.is(Kind.OPERATOR) ? OPERATORS.get(token.word()) : null;
  }

  private Expr signed() {
    Token sign = tokens.peek();
    if (!sign.isOperator("+") && !sign.isOperator("-")) return operand();
    tokens.next();
    boolean negative = sign.isOperator("-");
    Expr operand = expression(Operator.SIGN_BINDS);
    height++;
    Place at = sign.at().to(operand.at());
    if (operand instanceof Expr.Constant(double value, boolean duration, _)) {
      return new Expr.Constant(negative ? -value : value, duration, at);
    }
    return new Expr.Signed(negative, operand, at);
  }

  private Expr operand() {
    Expr expr = atom();
    int levels = height;
    Expr whole = postfixes.read(expr);
    height = levels + 1;
    return whole;
  }

  private Expr atom() {
    height = 1;
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NUMBER, DURATION -> number(tokens.next());
      case STRING -> {
        tokens.next();
        yield new Expr.Text(Quoting.unquote(token.text()), token.at());
      }
      case IDENTIFIER -> nameOrCall(tokens.next());
      case METRIC_IDENTIFIER -> selectors.named(tokens.next());
      case AGGREGATOR -> aggregate(tokens.next());
      case KEYWORD -> keyword(token);
      case OPERATOR -> {
        if (!token.word().matches("and|or|unless")) throw tokens.unexpected();
        yield selectors.named(tokens.next());
      }
      case SIGN -> {
        if (token.isSign("{")) yield selectors.unnamed();
        if (token.isSign("(")) yield bracketed();
        throw tokens.unexpected();
      }
      case END -> throw tokens.unexpected();
    };
  }

  private Expr number(Token token) {
    return new Expr.Constant(tokens.value(token), token.is(Kind.DURATION), token.at());
  }

  /** Most keywords may also be metric names; some are functions when a bracket follows. */
  private Expr keyword(Token token) {
    return switch (token.word()) {
      case "bool", "on", "ignoring", "group_left", "group_right" -> throw tokens.unexpected();
      case "start", "end", "step", "range", "max_of", "min_of" -> nameOrCall(tokens.next());
      default -> selectors.named(tokens.next());
    };
  }

  private Expr nameOrCall(Token name) {
    return tokens.peek().isSign("(") ? call(name) : selectors.named(name);
  }

  private Expr bracketed() {
    Token open = tokens.next();
    Expr inner = expression(0);
    if (!tokens.peek().isSign(")")) throw tokens.unexpected();
    height++;
    return new Expr.Bracketed(inner, open.at().to(tokens.next().at()));
  }

  private Expr call(Token name) {
    List<Expr> arguments = arguments();
    Place at = name.at().to(tokens.last());
    Function function = Functions.named(name.text());
    if (function == null) {
      throw tokens.problem(name.at(), "unknown function with name " + Quoting.quote(name.text()));
    }
    if (function.experimental() && !features.experimental()) {
      throw tokens.problem(name.at(), "function " + Quoting.quote(name.text()) + " is not enabled");
    }
    return new Expr.Call(function, arguments, at);
  }

  /** What stands between round brackets, after a name. */
  private List<Expr> arguments() {
    tokens.next();
    var arguments = new ArrayList<Expr>();
    int highest = 0;
    if (!tokens.peek().isSign(")")) {
      while (true) {
        arguments.add(expression(0));
        highest = Math.max(highest, height);
        if (!tokens.peek().isSign(",")) break;
        Token comma = tokens.next();
        if (tokens.peek().isSign(")")) {
          throw tokens.problem(comma.at(), "trailing commas not allowed in function call args");
        }
      }
      if (!tokens.peek().isSign(")")) throw tokens.unexpected();
    }
    tokens.next();
    height = highest + 1;
    return arguments;
  }

  private Expr aggregate(Token name) {
    Token next = tokens.peek();
    boolean grouped = next.isKeyword("by") || next.isKeyword("without");
    if (!grouped && !next.isSign("(")) return selectors.named(name);
    var aggregator = Aggregator.valueOf(name.word().toUpperCase(Locale.ROOT));
    Grouping grouping = grouped ? grouping() : Grouping.ALL;
    if (!tokens.peek().isSign("(")) throw tokens.unexpected("aggregation", "");
    List<Expr> arguments = arguments();
    Token after = tokens.peek();
    if (!grouped && (after.isKeyword("by") || after.isKeyword("without"))) grouping = grouping();
    return aggregate(aggregator, arguments, grouping, name.at().to(tokens.last()));
  }

  private Grouping grouping() {
    boolean without = tokens.next().isKeyword("without");
    return new Grouping(without, matchings.labels());
  }

  private Expr aggregate(Aggregator aggregator, List<Expr> arguments, Grouping grouping, Place at) {
    if (arguments.isEmpty()) {
      throw tokens.problem(at, "no arguments for aggregate expression provided");
    }
    if (aggregator.experimental() && !features.experimental()) {
      throw tokens.problem(
          at,
          aggregator.text()
              + "() is experimental and must be enabled with"
              + " --enable-feature=promql-experimental-functions");
    }
    int expected = aggregator.parameter() == null ? 1 : 2;
    if (arguments.size() != expected) {
      throw tokens.problem(
          at,
          "wrong number of arguments for aggregate expression provided, expected "
              + expected
              + ", got "
              + arguments.size());
    }
    Expr parameter = expected == 2 ? arguments.getFirst() : null;
    return new Expr.Aggregate(aggregator, parameter, arguments.getLast(), grouping, at);
  }

  /** A series as the test language writes it: {@code up{job="a"}}; matchers are equalities. */
  public static Labels series(String text) {
    var tokens = new Tokens(text, Limits.NORMAL);
    var selectors = new SelectorParser(tokens, Limits.NORMAL);
    Token first = tokens.peek();
    Expr.Selector selector =
        first.isSign("{") ? selectors.unnamed() : selectors.named(tokens.next());
    if (!tokens.peek().is(Kind.END)) throw tokens.unexpected();
    var labels = Labels.builder();
    for (Matcher matcher : selector.matchers()) labels.set(matcher.name(), matcher.value());
    return labels.build();
  }

  /** The milliseconds of a duration such as {@code 1h30m}, null when the text is none. */
  public static @Nullable Long duration(String text) {
    return Literals.duration(text);
  }

  static Expr.Selector shifted(Expr.Selector selector, Shift shift, Place at) {
    return new Expr.Selector(selector.name(), selector.matchers(), shift, selector.edges(), at);
  }
}
