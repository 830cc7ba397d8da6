package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.SeriesSink;

/** What becomes of the series of one group. */
interface GroupFold {
  /** The column is only lent. */
  void add(Labels labels, boolean nameless, Column column);

  /**
   * Hands on what the group has become.
   *
   * @param group the labels of the group
   */
  void handOn(Labels group, boolean nameless, SeriesSink out);
}
