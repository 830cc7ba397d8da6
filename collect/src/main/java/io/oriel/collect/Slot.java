package io.oriel.collect;

import io.oriel.model.Labels;
import org.jspecify.annotations.Nullable;

/** One series of a collector, resolved once; a round only sets its value. */
final class Slot {
  /** The series has no handle at the sink yet. */
  static final long NO_HANDLE = -1;

  /** The sink refused the series; it is not tried again. */
  static final long REFUSED = -2;

  final Metric metric;
  final Labels labels;
  long handle = NO_HANDLE;
  double value;
  long round = -1; // when it was told last
  @Nullable Slot next; // who was told after it the last time: where the next call looks first

  Slot(Metric metric, Labels labels) {
    this.metric = metric;
    this.labels = labels;
  }

  @SuppressWarnings("ReferenceEquality") // the quick way, before equals
  boolean is(Metric otherMetric, Labels otherLabels) {
    return (metric == otherMetric || metric.equals(otherMetric))
        && (labels == otherLabels || labels.equals(otherLabels));
  }
}
