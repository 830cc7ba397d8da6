package io.oriel.server;

import io.oriel.model.backend.MetricQueries;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Refusal;

/** Stands where the engine will. */
final class NoEngine implements MetricQueries {
  @Override
  public QueryAnswer instant(String query, long timeMs, QueryOptions options) {
    throw new Refusal.Unavailable("queries are not answered yet", "wait for the engine");
  }

  @Override
  public QueryAnswer range(
      String query, long startMs, long endMs, long stepMs, QueryOptions options) {
    throw new Refusal.Unavailable("queries are not answered yet", "wait for the engine");
  }
}
