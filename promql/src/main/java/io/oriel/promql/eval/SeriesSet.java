package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.HeldSeries;
import io.oriel.promql.series.SeriesSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds series, in the order in which they come. Series of equal labels become one when they have
 * no step in common; else the query fails, as in Prometheus.
 */
final class SeriesSet implements SeriesSink, AutoCloseable {
  private final Map<Labels, HeldSeries> series = new LinkedHashMap<>();
  private final Budget budget;
  private long held;

  SeriesSet(Budget budget) {
    this.budget = budget;
  }

  @Override
  public void take(Labels labels, boolean nameless, Column column) {
    HeldSeries known = series.get(labels);
    if (known != null) {
      if (!known.column().merge(column)) throw twice();
      return;
    }
    long weight = column.weight();
    budget.hold(weight);
    held += weight;
    budget.holdSeries();
    series.put(labels, new HeldSeries(labels, nameless, column.copy()));
  }

  static Refusal.QueryFailed twice() {
    return new Refusal.QueryFailed("vector cannot contain metrics with the same labelset");
  }

  List<HeldSeries> all() {
    return new ArrayList<>(series.values());
  }

  void handOn(SeriesSink out) {
    for (HeldSeries each : series.values()) {
      out.take(each.labels(), each.nameless(), each.column());
    }
  }

  /** What it held is not counted any more. */
  @Override
  public void close() {
    budget.release(held);
    held = 0;
    budget.releaseSeries(series.size());
    series.clear();
  }
}
