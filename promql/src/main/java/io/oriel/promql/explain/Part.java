package io.oriel.promql.explain;

import io.oriel.promql.expr.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one part of a query says.
 *
 * @param at where it stands in the text
 * @param row the function, aggregation or operator whose documentation belongs to it, null where
 *     there is none
 * @param says the phrase, piece by piece
 * @param below what the phrase calls "this", "the first" or "the second" because it would be too
 *     long inside it; shown below the whole sentence
 */
public record Part(Place at, @Nullable String row, List<Piece> says, List<Below> below) {

  public Part {
    says = List.copyOf(says);
    below = List.copyOf(below);
  }

  /** A piece of a phrase. */
  public sealed interface Piece {
    /** Plain words. */
    record Words(String text) implements Piece {}

    /** The name of a metric or a label. */
    record Name(String text) implements Piece {}

    /** A number or a text out of the query. */
    record Value(String text) implements Piece {}

    /** The phrase of a part of this part. */
    record Inner(Part part) implements Piece {}
  }

  /** A part with a sentence of its own. */
  public record Below(String label, Part part) {}

  /** The sentence without what stands below it. */
  public String sentence() {
    var out = new StringBuilder();
    appendTo(out);
    return out.toString();
  }

  private void appendTo(StringBuilder out) {
    for (Piece piece : says) {
      switch (piece) {
        case Piece.Words(String text) -> out.append(text);
        case Piece.Name(String text) -> out.append(text);
        case Piece.Value(String text) -> out.append(text);
        case Piece.Inner(Part part) -> part.appendTo(out);
      }
    }
  }

  /** All that stands below the sentence: its own and that of the parts in it. */
  public List<Below> allBelow() {
    var all = new ArrayList<Below>();
    collectBelow(all);
    return all;
  }

  private void collectBelow(List<Below> all) {
    for (Piece piece : says) {
      if (piece instanceof Piece.Inner(Part part)) part.collectBelow(all);
    }
    all.addAll(below);
  }

  /** The whole explanation, a line a sentence, each indented below the one that it belongs to. */
  public String text() {
    var out = new StringBuilder(sentence());
    for (Below each : allBelow()) {
      String inner = each.part().text().replace("\n", "\n  ");
      out.append("\n  ").append(each.label()).append(": ").append(inner);
    }
    return out.toString();
  }
}
