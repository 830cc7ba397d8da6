package io.oriel.promql.plan;

import io.oriel.model.backend.SelectHints.Reading;
import io.oriel.promql.expr.Expr;
import java.util.Map;

/** What is done with the samples that a selector reads, for a source that keeps aggregates. */
public final class Readings {
  private static final Map<String, Reading> OF_FUNCTIONS =
      Map.ofEntries(
          Map.entry("count_over_time", Reading.COUNT),
          Map.entry("present_over_time", Reading.COUNT),
          Map.entry("absent_over_time", Reading.COUNT),
          Map.entry("sum_over_time", Reading.SUM),
          Map.entry("avg_over_time", Reading.MEAN),
          Map.entry("min_over_time", Reading.LEAST),
          Map.entry("max_over_time", Reading.LARGEST),
          Map.entry("last_over_time", Reading.LAST),
          Map.entry("rate", Reading.GROWTH),
          Map.entry("increase", Reading.GROWTH),
          Map.entry("resets", Reading.GROWTH),
          Map.entry("delta", Reading.DIFFERENCE));

  private Readings() {}

  /** Of an instant selector. */
  public static Reading of(Plan.Select select) {
    return select.wanted() == Plan.Select.Wanted.VALUE ? Reading.NEWEST : Reading.OTHER;
  }

  /** Of a range selector that a function walks over. */
  public static Reading of(Plan.Walk walk, Plan.SelectRange range) {
    if (range.edges() != Expr.Edges.PLAIN) return Reading.OTHER;
    String function = walk.arguments().call().function().name();
    return OF_FUNCTIONS.getOrDefault(function, Reading.OTHER);
  }
}
