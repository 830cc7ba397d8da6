package io.oriel.promql.explain;

import java.util.ArrayList;
import java.util.List;

/** A row's phrase, taken apart: words, and places for what a call brings. */
record Template(List<Token> tokens) {

  /** Words, or a place: its name, how it is shown, and what stands there when nothing is given. */
  sealed interface Token {
    record Words(String text) implements Token {}

    record Slot(String name, Form form, String otherwise) implements Token {}
  }

  /** How what fills a place is shown. */
  enum Form {
    PLAIN,
    /** A number from 0 to 1 as a percentage. */
    SHARE,
    /** Seconds as a duration. */
    TIME,
    /** With all that follow. */
    REST
  }

  static Template of(String phrase) {
    var tokens = new ArrayList<Token>();
    int at = 0;
    while (at < phrase.length()) {
      int open = phrase.indexOf('{', at);
      int close = open < 0 ? -1 : phrase.indexOf('}', open);
      if (close < 0) break;
      if (open > at) tokens.add(new Token.Words(phrase.substring(at, open)));
      tokens.add(slot(phrase.substring(open + 1, close)));
      at = close + 1;
    }
    if (at < phrase.length()) tokens.add(new Token.Words(phrase.substring(at)));
    return new Template(List.copyOf(tokens));
  }

  private static Token slot(String text) {
    int bar = text.indexOf('|');
    String otherwise = bar < 0 ? "" : text.substring(bar + 1);
    String name = bar < 0 ? text : text.substring(0, bar);
    Form form =
        switch (name.charAt(name.length() - 1)) {
          case '%' -> Form.SHARE;
          case 's' -> Form.TIME;
          case '+' -> Form.REST;
          default -> Form.PLAIN;
        };
    return new Token.Slot(
        form == Form.PLAIN ? name : name.substring(0, name.length() - 1), form, otherwise);
  }

  /** Whether the first place begins the phrase and steps follow it: "{0}, added up". */
  boolean startsSteps(int token) {
    if (token != 0) return false;
    if (tokens.size() == 1) return true;
    return switch (tokens.get(1)) {
      case Token.Words(String text) -> text.startsWith(",") || text.startsWith(";");
      case Token.Slot _ -> false;
    };
  }

  /** What becomes of the shape when the phrase is filled with simple things. */
  Phrase.Shape shape() {
    boolean slots = false;
    for (Token token : tokens) {
      switch (token) {
        case Token.Words(String text) -> {
          if (text.contains(",") || text.contains(";")) return Phrase.Shape.CHAIN;
        }
        case Token.Slot _ -> slots = true;
      }
    }
    return slots ? Phrase.Shape.OPEN : Phrase.Shape.SIMPLE;
  }
}
