package io.oriel.model.backend;

/** Answers queries: the embedded PromQL engine, or an external one asked by HTTP. Thread-safe. */
public interface MetricQueries {
  /**
   * The value of an expression at one moment.
   *
   * @throws io.oriel.model.limit.Refusal when the query is wrong, breaks a limit, takes too long or
   *     was cancelled
   */
  QueryAnswer instant(String query, long timeMs, QueryOptions options);

  /** The values of an expression at each step from start to end, both included. */
  QueryAnswer range(String query, long startMs, long endMs, long stepMs, QueryOptions options);
}
