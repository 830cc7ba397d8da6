package io.oriel.promql.explain;

import io.oriel.promql.explain.Part.Piece;
import java.util.List;

/** A part on its way into a sentence: how it is built decides where it needs brackets. */
record Phrase(Shape shape, Part part) {

  /** From what stands anywhere to what is understood only at the start of a sentence. */
  enum Shape {
    /** One thing: a name, a number. */
    SIMPLE,
    /** Ends with what it is about: "the square root of x". */
    OPEN,
    /** Steps, one after another: "x, added up, rounded". */
    CHAIN,
    /** Two things with an operator between them. */
    PAIR
  }

  static Phrase simple(Part part) {
    return new Phrase(Shape.SIMPLE, part);
  }

  /** Short enough to stand in another sentence. */
  boolean isShort(int longest) {
    return length() <= longest;
  }

  boolean isSimple() {
    return shape == Shape.SIMPLE;
  }

  boolean hasBelow() {
    return !part.allBelow().isEmpty();
  }

  int length() {
    return part.sentence().length();
  }

  /** As the start of a sentence whose steps follow after commas. */
  List<Piece> asStart() {
    return shape == Shape.PAIR && !hasBelow() ? bracketed() : inner();
  }

  /** In the midst of a sentence. */
  List<Piece> inside() {
    return shape == Shape.SIMPLE || shape == Shape.OPEN ? inner() : bracketed();
  }

  /** Beside an operator. */
  List<Piece> asOperand() {
    return shape == Shape.SIMPLE ? inner() : bracketed();
  }

  List<Piece> inner() {
    return List.of(new Piece.Inner(part));
  }

  private List<Piece> bracketed() {
    return List.of(new Piece.Words("("), new Piece.Inner(part), new Piece.Words(")"));
  }
}
