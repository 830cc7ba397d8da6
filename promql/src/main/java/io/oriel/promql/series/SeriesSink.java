package io.oriel.promql.series;

import io.oriel.model.Labels;

/**
 * Where evaluated series are handed on, one at a time.
 *
 * <p>The column is lent until the call returns, and may be overwritten until then. The same labels
 * may come more than once as long as the steps differ; who holds series merges them.
 */
@FunctionalInterface
public interface SeriesSink {
  /**
   * Takes one series.
   *
   * @param nameless the metric name is still among the labels and is to be dropped in the end
   */
  void take(Labels labels, boolean nameless, Column column);
}
