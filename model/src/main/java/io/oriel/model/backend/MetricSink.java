package io.oriel.model.backend;

/** Where samples go in: the embedded store, or the queue before an external engine. */
public interface MetricSink {
  /**
   * A writer for one producer: a target's scrape loop, a collector, one pushed request. Whoever
   * opens it closes it.
   */
  MetricWriter writer();
}
