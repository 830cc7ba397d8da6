package io.oriel.collect.langfuse;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;

/** Counts traces and how long they took, by name. */
final class Traces implements Part {
  private final Slices slices = new Slices();
  private final Named names = new Named();
  private final Kept kept = new Kept();

  @Override
  public String name() {
    return "traces";
  }

  @Override
  public void ask(Api api, long nowMs) throws CollectorFailure, InterruptedException {
    Window slice = slices.next(nowMs);
    String dimension = api.dialect().traceName();
    var query =
        api.dialect()
            .traces(slice)
            .by(dimension)
            .telling("count", "count")
            .telling("sum", "latency");
    for (Row row : api.rows(query)) {
      String name = names.of(row.text(dimension));
      kept.add(Figures.TRACES, row.number("count_count"), "name", name);
      kept.add(Figures.TRACE_SECONDS, row.number("sum_latency") / 1000, "name", name);
    }
    slices.taken(slice);
  }

  @Override
  public void tell(Readings out) {
    kept.tell(out);
  }
}
