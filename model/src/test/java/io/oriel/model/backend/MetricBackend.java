package io.oriel.model.backend;

/** A backend as a whole: where samples go in, where they are read, where queries are asked. */
public interface MetricBackend extends AutoCloseable {
  MetricSink sink();

  MetricSource source();

  MetricQueries queries();

  /** Whether native histograms are kept. */
  default boolean keepsHistograms() {
    return false;
  }

  @Override
  void close();
}
