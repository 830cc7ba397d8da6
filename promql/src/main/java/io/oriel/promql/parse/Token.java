package io.oriel.promql.parse;

import io.oriel.promql.expr.Place;
import io.oriel.promql.expr.Quoting;
import java.util.Locale;

/** A word or sign of the language, as it stands in the text. */
record Token(Kind kind, String text, Place at) {
  private static final int LONGEST_SHOWN = 10;

  /** What a token is; the name is what messages call it where its text is added. */
  enum Kind {
    END("end of input"),
    IDENTIFIER("identifier"),
    METRIC_IDENTIFIER("metric identifier"),
    STRING("string"),
    NUMBER("number"),
    DURATION("duration"),
    KEYWORD(""),
    AGGREGATOR(""),
    OPERATOR(""),
    SIGN("");

    private final String name;

    Kind(String name) {
      this.name = name;
    }
  }

  boolean is(Kind other) {
    return kind == other;
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isOperator(String sign) {
    return kind == Kind.OPERATOR && text.equals(sign);
  }

  boolean isKeyword(String word) {
    return kind == Kind.KEYWORD && text.equalsIgnoreCase(word);
  }

  /** In lower case, as keywords are compared. */
  String word() {
    return text.toLowerCase(Locale.ROOT);
  }

  /** As Prometheus' messages call it: {@code identifier "up"}, {@code <op:+>}. */
  String described() {
    return switch (kind) {
      case END -> kind.name;
      case IDENTIFIER, METRIC_IDENTIFIER -> kind.name + " " + Quoting.quote(text);
      case STRING, NUMBER, DURATION -> kind.name + " " + shortened();
      case KEYWORD -> "<" + text + ">";
      case AGGREGATOR -> "<aggr:" + text + ">";
      case OPERATOR -> "<op:" + text + ">";
      case SIGN -> Quoting.quote(text);
    };
  }

  private String shortened() {
    if (text.length() <= LONGEST_SHOWN) return Quoting.quote(text);
    return Quoting.quote(text.substring(0, LONGEST_SHOWN)) + "...";
  }
}
