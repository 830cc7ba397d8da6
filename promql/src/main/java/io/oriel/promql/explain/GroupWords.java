package io.oriel.promql.explain;

import io.oriel.promql.explain.Part.Piece;
import io.oriel.promql.expr.Grouping;
import java.util.ArrayList;
import java.util.List;

/** " for each instance", " over all series". */
final class GroupWords {
  private GroupWords() {}

  static List<Piece> each(Grouping grouping) {
    if (grouping.labels().isEmpty()) {
      return List.of(
          new Piece.Words(grouping.without() ? " for each set of labels" : " over all series"));
    }
    var says = new ArrayList<Piece>();
    says.add(
        new Piece.Words(
            grouping.without() ? " for each group of series that differ only in " : " for each "));
    says.addAll(Lists.labels(grouping.labels()));
    return says;
  }
}
