package io.oriel.collect.langfuse;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import java.util.List;

/** How many numeric scores were given in the last hour, and their mean, by name. */
final class Scores implements Part {
  private final Named names = new Named();
  private final Kept kept = new Kept();

  @Override
  public String name() {
    return "scores";
  }

  @Override
  public long eachMs() {
    return Window.HOUR_EACH_MS;
  }

  @Override
  public void ask(Api api, long nowMs) throws CollectorFailure, InterruptedException {
    var query =
        Query.over("scores-numeric", Window.hour(nowMs))
            .by("name")
            .telling("count", "count")
            .telling("avg", "value");
    List<Row> rows = api.rows(query);
    kept.clear();
    for (Row row : rows) {
      String name = names.of(row.text("name"));
      if (name.equals("other")) continue;
      kept.set(Figures.HOUR_SCORES, row.number("count_count"), "name", name);
      kept.set(Figures.HOUR_SCORE_MEAN, row.number("avg_value"), "name", name);
    }
  }

  @Override
  public void tell(Readings out) {
    kept.tell(out);
  }
}
