package io.oriel.model.backend;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How a query is run.
 *
 * @param timeout after which it is refused
 * @param lookback how far back an instant selector looks; zero means the engine's own (5 min)
 * @param cancelled asked now and then; true once the caller went away
 */
public record QueryOptions(Duration timeout, Duration lookback, BooleanSupplier cancelled) {
  public static final QueryOptions DEFAULT =
      new QueryOptions(Duration.ofMinutes(2), Duration.ZERO, () -> false);

  public QueryOptions withTimeout(Duration other) {
    return new QueryOptions(other, lookback, cancelled);
  }

  public QueryOptions withLookback(Duration other) {
    return new QueryOptions(timeout, other, cancelled);
  }

  public QueryOptions withCancelled(BooleanSupplier other) {
    return new QueryOptions(timeout, lookback, other);
  }
}
