package io.oriel.promql.explain;

import io.oriel.promql.explain.Part.Piece;
import io.oriel.promql.explain.Phrase.Shape;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Place;
import io.oriel.promql.expr.Shift;
import java.util.List;

/** Goes down a tree and puts its phrases together on the way back. For one query, one thread. */
public final class Explainer {
  private static final int DEEPEST = 24; // levels of one explanation
  private static final int MOST_PARTS = 300;

  private int depth;
  private int parts;

  private Explainer() {}

  /** The expression in words. */
  public static Part explain(Expr expr) {
    return new Explainer().phrase(expr).part();
  }

  Phrase phrase(Expr expr) {
    if (depth >= DEEPEST || parts >= MOST_PARTS) return leftOff(expr.at());
    depth++;
    parts++;
    Phrase phrase = said(expr);
    depth--;
    return phrase;
  }

  private static Phrase leftOff(Place at) {
    return Phrase.simple(new Part(at, null, List.of(new Piece.Words("…")), List.of()));
  }

  private Phrase said(Expr expr) {
    return switch (expr) {
      case Expr.Constant(double value, boolean duration, Place at) ->
          value(duration ? TimeWords.duration(value) : Numbers.words(value), at);
      case Expr.Text(String value, Place at) ->
          value(value.isEmpty() ? "(empty)" : Lists.cut(value), at);
      case Expr.Bracketed(Expr inner, Place at) -> widened(phrase(inner), at);
      case Expr.Signed signed -> signed(signed);
      case Expr.Binary binary ->
          PairWords.of(binary, phrase(binary.left()), phrase(binary.right()));
      case Expr.Call call -> call(call);
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Selector selector -> SelectorWords.of(selector);
      case Expr.Range range -> alone(range);
      case Expr.Subquery subquery -> alone(subquery);
    };
  }

  static Phrase value(String text, Place at) {
    return Phrase.simple(new Part(at, null, List.of(new Piece.Value(text)), List.of()));
  }

  /** Brackets in the text belong to what stands in them. */
  private static Phrase widened(Phrase inner, Place at) {
    Part part = inner.part();
    return new Phrase(inner.shape(), new Part(at, part.row(), part.says(), part.below()));
  }

  private Phrase signed(Expr.Signed signed) {
    Phrase operand = phrase(signed.operand());
    if (!signed.negative()) return widened(operand, signed.at());
    return operand.isSimple()
        ? new Sentence(signed.at(), null).words("minus ").all(operand.asOperand()).as(Shape.OPEN)
        : new Sentence(signed.at(), null)
            .all(operand.asStart())
            .words(", with its sign turned")
            .as(Shape.CHAIN);
  }

  private Phrase call(Expr.Call call) {
    String row = call.function().phrase();
    if (row.isEmpty()) row = call.function().name() + " of {0+|nothing}";
    return new Filling(this, call.function().name(), call.at(), call.arguments()).of(row);
  }

  private Phrase aggregate(Expr.Aggregate aggregate) {
    var row = aggregate.aggregator();
    var filling = new Filling(this, row.text(), aggregate.at(), List.of(aggregate.operand()));
    filling.parameter = aggregate.parameter();
    filling.grouping = aggregate.grouping();
    return filling.of(row.phrase());
  }

  /** What a range is of: the range itself is said elsewhere in the phrase. */
  Phrase operand(Expr argument) {
    return switch (argument.bare()) {
      case Expr.Range range -> phrase(range.selector());
      case Expr.Subquery subquery -> shifted(phrase(subquery.inner()), subquery.shift());
      default -> phrase(argument);
    };
  }

  private static Phrase shifted(Phrase phrase, Shift shift) {
    String words = TimeWords.shift(shift);
    if (words == null) return phrase;
    return new Sentence(phrase.part().at(), null).all(phrase.inside()).words(words).as(Shape.OPEN);
  }

  /** A range that no function takes. */
  private Phrase alone(Expr windowed) {
    return new Sentence(windowed.at(), null)
        .words("the samples of ")
        .all(operand(windowed).inside())
        .words(" in ")
        .all(RangeWords.over(windowed))
        .as(Shape.OPEN);
  }
}
