package io.oriel.promql.explain;

import io.oriel.promql.explain.Part.Piece;
import io.oriel.promql.explain.Phrase.Shape;
import io.oriel.promql.explain.Template.Form;
import io.oriel.promql.explain.Template.Token;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Grouping;
import io.oriel.promql.expr.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills the phrase of a row with what a call brings. */
final class Filling {
  private static final int LONGEST_INSIDE = 60; // in brackets in the midst of a sentence
  private static final int MOST_LISTED = 64;

  private final Explainer explainer;
  private final List<Expr> arguments;
  private final Sentence sentence;
  @Nullable Expr parameter;
  Grouping grouping = Grouping.ALL;

  Filling(Explainer explainer, String row, Place at, List<Expr> arguments) {
    this.explainer = explainer;
    this.arguments = arguments;
    this.sentence = new Sentence(at, row);
  }

  Phrase of(String row) {
    Template template = Template.of(row);
    Shape shape = template.shape();
    for (int i = 0; i < template.tokens().size(); i++) {
      switch (template.tokens().get(i)) {
        case Token.Words(String text) -> sentence.words(text);
        case Token.Slot slot -> {
          boolean steps = fill(slot, template.startsSteps(i));
          if (steps) shape = Shape.CHAIN;
        }
      }
    }
    return sentence.as(shape);
  }

  /** Whether what was filled in makes steps of the sentence. */
  private boolean fill(Token.Slot slot, boolean start) {
    switch (slot.name()) {
      case "over" -> sentence.all(RangeWords.over(windowed()));
      case "each" -> sentence.all(GroupWords.each(grouping));
      case "p" -> {
        if (parameter != null) sentence.all(formed(parameter, slot.form()));
      }
      default -> {
        return argument(slot, Integer.parseInt(slot.name()), start);
      }
    }
    return false;
  }

  private boolean argument(Token.Slot slot, int index, boolean start) {
    if (index >= arguments.size()) {
      sentence.words(slot.otherwise());
      return false;
    }
    if (slot.form() == Form.REST) {
      sentence.all(rest(index));
      return false;
    }
    if (slot.form() != Form.PLAIN) {
      sentence.all(formed(arguments.get(index), slot.form()));
      return false;
    }
    Phrase phrase = explainer.operand(arguments.get(index));
    boolean steps = phrase.shape() == Shape.CHAIN || phrase.shape() == Shape.PAIR;
    if (start) {
      sentence.all(phrase.asStart());
      return steps;
    }
    boolean crowded = sentence.hasBelow() && phrase.hasBelow();
    if (crowded || (steps && phrase.length() > LONGEST_INSIDE)) sentence.below("this", phrase);
    else sentence.all(phrase.inside());
    return false;
  }

  private List<Piece> rest(int index) {
    var all = new ArrayList<List<Piece>>();
    for (int i = index; i < arguments.size(); i++) {
      boolean looked = all.size() < MOST_LISTED; // a list is cut long before
      all.add(looked ? explainer.phrase(arguments.get(i)).inside() : List.of());
    }
    return Lists.joined(all, " and ");
  }

  /** The argument that has a range; a row has one at most. */
  private @Nullable Expr windowed() {
    for (Expr argument : arguments) {
      Expr bare = argument.bare();
      if (bare instanceof Expr.Range || bare instanceof Expr.Subquery) return bare;
    }
    return null;
  }

  private List<Piece> formed(Expr expr, Form form) {
    Double value = Numbers.constant(expr);
    String text = value == null ? null : formed(value, form);
    if (text != null) return Explainer.value(text, expr.at()).inner();
    var says = new ArrayList<Piece>();
    if (form == Form.SHARE) says.add(new Piece.Words("a share of "));
    says.addAll(explainer.phrase(expr).inside());
    if (form == Form.TIME) says.add(new Piece.Words(" seconds"));
    return says;
  }

  private static @Nullable String formed(double value, Form form) {
    return switch (form) {
      case SHARE -> Numbers.share(value);
      case TIME -> TimeWords.duration(value);
      case PLAIN, REST -> null;
    };
  }
}
