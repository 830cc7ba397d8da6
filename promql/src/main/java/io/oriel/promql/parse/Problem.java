package io.oriel.promql.parse;

import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Place;

/** Makes the refusal of a query that does not parse: position, then Prometheus' words. */
final class Problem {
  private Problem() {}

  static Refusal.BadQuery at(Place place, String text, String message) {
    return new Refusal.BadQuery(place.in(text) + ": parse error: " + message);
  }
}
