package io.oriel.wire.remotewrite;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.histogram.Histogram;

/**
 * Is called for each thing of a request, in order. What it is handed is lent for the call only, but
 * for histograms and labels, which are values. A start time is 0 where nobody said.
 */
public interface WriteVisitor {
  /** A series; its samples, and what else it has, come next. */
  void series(PushedSeries series);

  /** One sample of the series before; the value keeps its bits, be it a stale marker. */
  void sample(long timeMs, double value, long startMs);

  /** One native histogram of the series before. */
  void histogram(long timeMs, Histogram histogram, long startMs);

  /** A native histogram of the series before that can't be: why, for people. */
  void wrongHistogram(String why);

  /** An exemplar of the series before; the time is 0 where nobody said. */
  void exemplar(Labels labels, double value, long timeMs);

  /** An exemplar of the series before whose labels can't be: why, for people. */
  void wrongExemplar(String why);

  /** What the sender says of a metric. */
  void metadata(String metric, MetricMetadata said);

  /**
   * Whether metadata of this fingerprint are worth reading; version 2 repeats them with each
   * series.
   *
   * @param metric a fingerprint of the metric alone
   * @param said a fingerprint of all that is said
   */
  boolean isNews(long metric, long said);
}
