package io.oriel.engines.prometheus;

import java.util.List;

/**
 * What an engine holds in memory, as its {@code status/tsdb} tells; 0 and empty where it does not.
 *
 * @param labelPairs different pairs of name and value
 * @param metrics those with most series
 * @param labels those with most values
 * @param labelBytes those whose values take most bytes
 * @param pairs those, as {@code name=value}, that most series have
 */
public record EngineHead(
    long series,
    long labelPairs,
    long chunks,
    long minMs,
    long maxMs,
    List<Row> metrics,
    List<Row> labels,
    List<Row> labelBytes,
    List<Row> pairs) {

  /** A row of a table of counts. */
  public record Row(String name, long count) {}

  EngineHead atMost(int rows) {
    return new EngineHead(
        series,
        labelPairs,
        chunks,
        minMs,
        maxMs,
        first(metrics, rows),
        first(labels, rows),
        first(labelBytes, rows),
        first(pairs, rows));
  }

  private static List<Row> first(List<Row> all, int rows) {
    return List.copyOf(all.subList(0, Math.min(rows, all.size())));
  }
}
