package io.oriel.wire.otlp;

import java.util.SortedMap;

/** Is called for each thing of a request, in the order of the message. */
public interface MetricsVisitor {
  /** What measured; its scopes and metrics come next. */
  void resource(SortedMap<String, String> attributes);

  /** Which library measured the metrics that come next. */
  void scope(Scope scope);

  /** A metric; its points come next. */
  void metric(MetricHead metric);

  /** One point of the metric before. */
  void point(Point point);

  /** A point of the metric before that is larger than a limit: which one, for people. */
  void wrongPoint(String why);

  /** The resource before has nothing more. */
  void resourceEnds();
}
