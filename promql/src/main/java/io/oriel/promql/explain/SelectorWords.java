package io.oriel.promql.explain;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.promql.explain.Part.Piece;
import io.oriel.promql.expr.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** "http_requests_total where code starts with 5 and job is api". */
final class SelectorWords {
  private SelectorWords() {}

  static Phrase of(Expr.Selector selector) {
    var conditions = new ArrayList<Matcher>();
    String name = selector.name();
    for (Matcher matcher : selector.matchers()) {
      boolean isName = matcher.name().equals(Labels.NAME) && matcher.op() == Matcher.Op.EQUAL;
      if (isName && (name.isEmpty() || name.equals(matcher.value()))) name = matcher.value();
      else conditions.add(matcher);
    }
    var says = new ArrayList<Piece>();
    says.add(name.isEmpty() ? new Piece.Words("everything") : new Piece.Name(Lists.cut(name)));
    if (!conditions.isEmpty()) {
      says.add(new Piece.Words(" where "));
      says.addAll(
          Lists.joined(conditions.stream().map(SelectorWords::condition).toList(), " and "));
    }
    String shift = TimeWords.shift(selector.shift());
    if (shift != null) says.add(new Piece.Words(shift));
    var part = new Part(selector.at(), null, says, List.of());
    boolean one = conditions.isEmpty() && shift == null;
    return new Phrase(one ? Phrase.Shape.SIMPLE : Phrase.Shape.OPEN, part);
  }

  private static List<Piece> condition(Matcher matcher) {
    var says = new ArrayList<Piece>();
    says.add(
        matcher.name().equals(Labels.NAME)
            ? new Piece.Words("the metric name")
            : new Piece.Name(Lists.cut(matcher.name())));
    says.addAll(test(matcher));
    return says;
  }

  private static List<Piece> test(Matcher matcher) {
    boolean not = matcher.negative();
    String regex = matcher.value();
    Set<String> literals = matcher.literals();
    if (literals != null && !literals.isEmpty()) return among(ordered(regex, literals), not);
    if (regex.equals(".+")) return List.of(new Piece.Words(not ? " is not set" : " is set"));
    if (regex.equals(".*")) return List.of(new Piece.Words(not ? " is never so" : " is anything"));
    return shaped(regex, not);
  }

  /** In the order in which they are written, where that can be told. */
  private static List<String> ordered(String regex, Set<String> literals) {
    List<String> written = Arrays.stream(regex.split("\\|", -1)).distinct().toList();
    boolean same = written.size() == literals.size() && literals.containsAll(written);
    return same ? written : List.copyOf(new TreeSet<>(literals));
  }

  private static List<Piece> among(List<String> values, boolean not) {
    if (values.size() == 1) {
      String only = values.getFirst();
      if (only.isEmpty()) return List.of(new Piece.Words(not ? " is set" : " is not set"));
      return List.of(new Piece.Words(not ? " is not " : " is "), new Piece.Value(Lists.cut(only)));
    }
    var says = new ArrayList<Piece>();
    says.add(new Piece.Words(not ? " is neither " : " is "));
    List<List<Piece>> each =
        values.stream().map(value -> List.<Piece>of(new Piece.Value(shown(value)))).toList();
    says.addAll(Lists.joined(each, not ? " nor " : " or "));
    return says;
  }

  private static String shown(String value) {
    return value.isEmpty() ? "(empty)" : Lists.cut(value);
  }

  /** The shapes of an expression that have a plain word: a start, an end, something within. */
  private static List<Piece> shaped(String regex, boolean not) {
    boolean openStart = regex.startsWith(".*");
    boolean openEnd = regex.endsWith(".*") && regex.length() > 2;
    String core = regex.substring(openStart ? 2 : 0, regex.length() - (openEnd ? 2 : 0));
    String literal = literal(core);
    if (!literal.isEmpty()) {
      if (openStart && openEnd) return says(not ? " does not contain " : " contains ", literal);
      if (openStart) return says(not ? " does not end with " : " ends with ", literal);
      if (openEnd) return says(not ? " does not start with " : " starts with ", literal);
    }
    int dots = 0;
    while (dots < regex.length() && regex.charAt(regex.length() - 1 - dots) == '.') dots++;
    String start = literal(regex.substring(0, regex.length() - dots));
    if (dots > 0 && !start.isEmpty() && !not) {
      return List.of(
          new Piece.Words(" starts with "),
          new Piece.Value(Lists.cut(start)),
          new Piece.Words(" (" + (start.length() + dots) + " characters)"));
    }
    return says(not ? " does not match " : " matches ", regex);
  }

  private static List<Piece> says(String words, String value) {
    return List.of(new Piece.Words(words), new Piece.Value(Lists.cut(value)));
  }

  /** The text that an expression without any special sign stands for; empty where it has one. */
  private static String literal(String regex) {
    var out = new StringBuilder();
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '\\' && i + 1 < regex.length() && !Character.isLetterOrDigit(regex.charAt(i + 1))) {
        out.append(regex.charAt(++i));
      } else if ("\\.+*?()|[]{}^$".indexOf(c) >= 0) {
        return "";
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
