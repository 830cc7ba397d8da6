package io.oriel.engines.prometheus;

import io.oriel.engines.prometheus.EngineClient.Answer;
import io.oriel.engines.prometheus.EngineClient.Form;
import io.oriel.model.backend.MetricQueries;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryAnswer.Stats;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;

/** Queries, asked of the engine; its words of what is wrong with them are handed on. */
final class EngineQueries implements MetricQueries {
  private final EngineClient client;
  private final Limits limits;

  EngineQueries(EngineClient client, Limits limits) {
    this.client = client;
    this.limits = limits;
  }

  @Override
  public QueryAnswer instant(String query, long timeMs, QueryOptions options) {
    return ask("/api/v1/query", form(query, options).time("time", timeMs), options);
  }

  @Override
  public QueryAnswer range(
      String query, long startMs, long endMs, long stepMs, QueryOptions options) {
    Form form = form(query, options).time("start", startMs).time("end", endMs);
    return ask("/api/v1/query_range", form.time("step", stepMs), options);
  }

  private static Form form(String query, QueryOptions options) {
    var form = new Form().add("query", query).add("timeout", options.timeout().toMillis() + "ms");
    if (!options.lookback().isZero()) {
      form.add("lookback_delta", options.lookback().toMillis() + "ms");
    }
    return form;
  }

  private QueryAnswer ask(String path, Form form, QueryOptions options) {
    long begin = System.nanoTime();
    Answer<Result> answer =
        client.post(
            path,
            form,
            options.timeout(),
            options.cancelled(),
            data -> ResultReader.read(data, limits));
    var stats = new Stats(0, 0, 0, System.nanoTime() - begin);
    return new QueryAnswer(
        answer.data(), answer.beside().warnings(), answer.beside().infos(), stats);
  }
}
