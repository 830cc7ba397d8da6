package io.oriel.promql.script;

import io.oriel.model.Labels;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.histogram.Histogram;

/**
 * Where a script puts its samples and asks for them: a map in memory, or a store that is to be held
 * to Prometheus' cases too.
 */
public interface ScriptStore {
  /** Stays the same after {@link #clear}. */
  MetricSource source();

  /** Forgets everything. */
  void clear();

  /** Samples of one series come in order of time. */
  void add(Labels labels, long timeMs, double value);

  void add(Labels labels, long timeMs, Histogram histogram);

  /** Says when the counter of the sample that was added last to a series began. */
  void startOfLast(Labels labels, long startMs);

  /** All samples of a {@code load} are there. */
  void loaded();
}
