package io.oriel.collect.langfuse;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;

/** How long something took in the last hour, by quantile: these can't be added up. */
final class Quantiles implements Part {
  private static final List<String> CALLS = List.of("GENERATION", "EMBEDDING");
  private static final String[][] QUANTILES = {{"p50", "0.5"}, {"p95", "0.95"}, {"p99", "0.99"}};

  private final boolean ofTraces;
  private final Named names = new Named();
  private final Kept kept = new Kept();

  private Quantiles(boolean ofTraces) {
    this.ofTraces = ofTraces;
  }

  static Quantiles ofModels() {
    return new Quantiles(false);
  }

  static Quantiles ofTraces() {
    return new Quantiles(true);
  }

  @Override
  public String name() {
    return ofTraces ? "trace latency" : "model latency";
  }

  @Override
  public long eachMs() {
    return Window.HOUR_EACH_MS;
  }

  @Override
  public void ask(Api api, long nowMs) throws CollectorFailure, InterruptedException {
    Window hour = Window.hour(nowMs);
    String dimension = ofTraces ? api.dialect().traceName() : "providedModelName";
    Query query =
        ofTraces
            ? api.dialect().traces(hour)
            : Query.over("observations", hour).among("type", CALLS);
    query.by(dimension);
    for (String[] each : QUANTILES) {
      query.telling(each[0], "latency");
      if (!ofTraces) query.telling(each[0], "timeToFirstToken");
    }
    List<Row> rows = api.rows(query);
    kept.clear();
    for (Row row : rows) keep(row, names.of(row.text(dimension)));
  }

  private void keep(Row row, String name) {
    if (name.equals("other")) return; // of several there is no common quantile
    for (String[] each : QUANTILES) {
      double latency = row.number(each[0] + "_latency") / 1000;
      Metric metric = ofTraces ? Figures.HOUR_TRACE_LATENCY : Figures.HOUR_LATENCY;
      String label = ofTraces ? "name" : "model";
      kept.set(metric, latency, label, name, "quantile", each[1]);
      if (ofTraces) continue;
      double first = row.number(each[0] + "_timeToFirstToken") / 1000;
      kept.set(Figures.HOUR_FIRST_TOKEN, first, label, name, "quantile", each[1]);
    }
  }

  @Override
  public void tell(Readings out) {
    kept.tell(out);
  }
}
