package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.SeriesSink;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Stands where labels may have become equal: two series of the same labels at the same step fail
 * the query. Remembers a bit a step, not the values.
 */
final class Distinct implements SeriesSink {
  private final Map<Labels, BitSet> seen = new HashMap<>();
  private final SeriesSink out;
  private final Budget budget;

  /**
   * @param budget what is remembered counts until the end of the query
   */
  Distinct(SeriesSink out, Budget budget) {
    this.out = out;
    this.budget = budget;
  }

  @Override
  public void take(Labels labels, boolean nameless, Column column) {
    BitSet known = seen.get(labels);
    if (known == null) budget.holdSeries();
    BitSet steps = known == null ? new BitSet(column.steps()) : known;
    for (int i = 0; i < column.steps(); i++) {
      if (!column.hasAny(i)) continue;
      if (known != null && known.get(i)) throw SeriesSet.twice();
      steps.set(i);
    }
    if (known == null) seen.put(labels, steps);
    out.take(labels, nameless, column);
  }
}
