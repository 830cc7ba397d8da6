package io.oriel.promql.explain;

import io.oriel.model.Labels;
import io.oriel.promql.explain.Part.Piece;
import java.util.ArrayList;
import java.util.List;

/** Lists in words, and never more of them than one reads. */
final class Lists {
  private static final int MOST = 8;
  private static final int WIDEST = 80; // characters of one value

  private Lists() {}

  /** "a, b and c"; of a long list the first ones and how many more there are. */
  static List<Piece> joined(List<List<Piece>> items, String last) {
    var says = new ArrayList<Piece>();
    int shown = items.size() > MOST ? MOST - 1 : items.size();
    for (int i = 0; i < shown; i++) {
      if (i > 0) says.add(new Piece.Words(i == items.size() - 1 ? last : ", "));
      says.addAll(items.get(i));
    }
    if (shown < items.size()) {
      says.add(new Piece.Words(last + (items.size() - shown) + " more"));
    }
    return says;
  }

  /** Names of labels; those with a meaning of their own are told by it. */
  static List<Piece> labels(List<String> names) {
    return joined(names.stream().map(Lists::label).toList(), " and ");
  }

  private static List<Piece> label(String name) {
    Piece shown = new Piece.Name(cut(name));
    return switch (name) {
      case "le" -> List.of(new Piece.Words("bucket ("), shown, new Piece.Words(")"));
      case Labels.NAME -> List.of(new Piece.Words("metric name"));
      default -> List.of(shown);
    };
  }

  /** A long value by its start. */
  static String cut(String value) {
    if (value.length() <= WIDEST) return value;
    int end = Character.isHighSurrogate(value.charAt(WIDEST - 1)) ? WIDEST - 1 : WIDEST;
    return value.substring(0, end) + "…";
  }
}
