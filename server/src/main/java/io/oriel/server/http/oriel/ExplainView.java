package io.oriel.server.http.oriel;

import io.oriel.model.limit.Refusal;
import io.oriel.promql.explain.Part;
import io.oriel.promql.explain.Part.Piece;
import io.oriel.server.http.Answer;
import io.oriel.server.http.JsonOut;
import java.io.IOException;
import java.util.function.Function;

/**
 * A query in words as JSON: a part has the bytes of the text that it is about ({@code start} up to
 * before {@code end}), its pieces ({@code words}, {@code name}, {@code value} or another {@code
 * part}), and what stands below the sentence.
 */
final class ExplainView {
  private final JsonOut out;
  private final Utf8Places places;

  private ExplainView(JsonOut out, Utf8Places places) {
    this.out = out;
    this.places = places;
  }

  /**
   * A text that can't be read is no failure of the call: a page asks while somebody types. What is
   * wrong with it stands in {@code problem} then, in the words of the language, place first.
   */
  static Answer answer(String query, Function<String, Part> explain) {
    try {
      return explained(query, explain.apply(query));
    } catch (Refusal.BadQuery bad) {
      String problem = String.valueOf(bad.getMessage());
      return Answer.json(
          json -> json.object().field("query", query).field("problem", problem).end());
    }
  }

  private static Answer explained(String query, Part part) {
    return Answer.json(json -> {
      json.object().field("query", query).field("text", part.text()).name("part");
      new ExplainView(json, Utf8Places.of(query)).write(part);
      json.end();
    });
  }

  private void write(Part part) throws IOException {
    out.object();
    out.field("start", places.byteAt(part.at().start()));
    out.field("end", places.byteAt(part.at().end()));
    String row = part.row();
    if (row != null) out.field("row", row);
    out.name("says").array();
    for (Piece piece : part.says()) write(piece);
    out.end();
    out.name("below").array();
    for (Part.Below each : part.below()) {
      out.object().field("label", each.label()).name("part");
      write(each.part());
      out.end();
    }
    out.end().end();
  }

  private void write(Piece piece) throws IOException {
    out.object();
    switch (piece) {
      case Piece.Words(String text) -> out.field("words", text);
      case Piece.Name(String text) -> out.field("name", text);
      case Piece.Value(String text) -> out.field("value", text);
      case Piece.Inner(Part part) -> {
        out.name("part");
        write(part);
      }
    }
    out.end();
  }
}
