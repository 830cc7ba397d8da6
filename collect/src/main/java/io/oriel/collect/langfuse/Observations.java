package io.oriel.collect.langfuse;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;

/** Counts observations, their tokens and their cost, by model. */
final class Observations implements Part {
  private final Slices slices = new Slices();
  private final Named models = new Named();
  private final Kept kept = new Kept();

  @Override
  public String name() {
    return "observations";
  }

  @Override
  public void ask(Api api, long nowMs) throws CollectorFailure, InterruptedException {
    Window slice = slices.next(nowMs);
    var query =
        Query.over("observations", slice)
            .by("providedModelName", "type", "level")
            .telling("count", "count")
            .telling("sum", "latency")
            .telling("sum", "inputTokens")
            .telling("sum", "outputTokens")
            .telling("sum", "totalCost");
    for (Row row : api.rows(query)) count(row);
    slices.taken(slice);
  }

  private void count(Row row) {
    String told = row.text("providedModelName");
    String model = told.isEmpty() ? "" : models.of(told); // a step that calls no model
    String type = row.text("type");
    kept.add(
        Figures.OBSERVATIONS,
        row.number("count_count"),
        "level",
        row.text("level"),
        "model",
        model,
        "type",
        type);
    kept.add(
        Figures.OBSERVATION_SECONDS,
        row.number("sum_latency") / 1000,
        "model",
        model,
        "type",
        type);
    if (model.isEmpty()) return;
    kept.add(Figures.TOKENS, row.number("sum_inputTokens"), "direction", "input", "model", model);
    kept.add(Figures.TOKENS, row.number("sum_outputTokens"), "direction", "output", "model", model);
    kept.add(Figures.COST, row.number("sum_totalCost"), "model", model);
  }

  @Override
  public void tell(Readings out) {
    kept.tell(out);
  }
}
