package io.oriel.promql.explain;

import io.oriel.promql.explain.Part.Below;
import io.oriel.promql.explain.Part.Piece;
import io.oriel.promql.expr.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A phrase while it is written. */
final class Sentence {
  private final Place at;
  private final @Nullable String row;
  private final List<Piece> says = new ArrayList<>();
  private final List<Below> below = new ArrayList<>();

  Sentence(Place at, @Nullable String row) {
    this.at = at;
    this.row = row;
  }

  Sentence words(String text) {
    if (!text.isEmpty()) says.add(new Piece.Words(text));
    return this;
  }

  Sentence all(List<Piece> pieces) {
    says.addAll(pieces);
    return this;
  }

  /** Names the phrase here and says it below. */
  Sentence below(String label, Phrase phrase) {
    says.add(
        new Piece.Inner(
            new Part(phrase.part().at(), null, List.of(new Piece.Words(label)), List.of())));
    below.add(new Below(label, phrase.part()));
    return this;
  }

  boolean hasBelow() {
    return as(Phrase.Shape.PAIR).hasBelow();
  }

  Phrase as(Phrase.Shape shape) {
    return new Phrase(shape, new Part(at, row, says, below));
  }
}
