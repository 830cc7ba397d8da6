package io.oriel.promql.explain;

import io.oriel.promql.explain.Part.Piece;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Shift;
import io.oriel.promql.expr.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** "the last 5 minutes", "the last hour (asked every minute)". */
final class RangeWords {
  private RangeWords() {}

  /** The range of a range vector; of one that is shifted only how long it is. */
  static List<Piece> over(@Nullable Expr windowed) {
    return switch (windowed) {
      case Expr.Range(Expr.Selector selector, Span length, _) ->
          said(length, selector.shift(), edges(selector.edges()));
      case Expr.Subquery subquery -> said(subquery.length(), subquery.shift(), asked(subquery));
      case null, default -> List.of(new Piece.Words("the range"));
    };
  }

  private static String edges(Expr.Edges edges) {
    return switch (edges) {
      case PLAIN -> "";
      case ANCHORED -> " (from the sample before it on)";
      case SMOOTHED -> " (its edges read off between samples)";
    };
  }

  private static String asked(Expr.Subquery subquery) {
    Span step = subquery.step();
    return " (asked " + (step == null ? "at the default interval" : TimeWords.every(step)) + ")";
  }

  private static List<Piece> said(Span length, Shift shift, String more) {
    boolean shifted = TimeWords.shift(shift) != null;
    String words = (shifted ? TimeWords.span(length) : TimeWords.last(length)) + more;
    var part = new Part(length.at(), null, List.of(new Piece.Words(words)), List.of());
    return List.of(new Piece.Inner(part));
  }
}
