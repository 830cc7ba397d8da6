package io.oriel.wire.remotewrite;

import io.oriel.model.MetricMetadata;

/** Is called for each thing of a request, in order. What it is handed is lent for the call only. */
public interface WriteVisitor {
  /** A series; its samples, and what else it has, come next. */
  void series(SeriesBytes series);

  /** One sample of the series before; the value keeps its bits, be it a stale marker. */
  void sample(long timeMs, double value);

  /** The series before has a native histogram, which is not read. */
  void histogram();

  /** The series before has an exemplar, which is not read. */
  void exemplar();

  /** What the sender says of a metric. */
  void metadata(String metric, MetricMetadata said);
}
