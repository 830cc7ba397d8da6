package io.oriel.model.backend;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How a query is run.
 *
 * @param timeout after which it is refused
 * @param lookback how far back an instant selector looks; zero means the engine's own (5 min)
 * @param cancelled asked now and then; true once the caller went away
 * @param perStep whether samples are counted for each step, too
 */
public record QueryOptions(
    Duration timeout, Duration lookback, BooleanSupplier cancelled, boolean perStep) {
  public static final QueryOptions DEFAULT =
      new QueryOptions(Duration.ofMinutes(2), Duration.ZERO, () -> false, false);

  public QueryOptions withTimeout(Duration other) {
    return new QueryOptions(other, lookback, cancelled, perStep);
  }

  public QueryOptions withLookback(Duration other) {
    return new QueryOptions(timeout, other, cancelled, perStep);
  }

  public QueryOptions withCancelled(BooleanSupplier other) {
    return new QueryOptions(timeout, lookback, other, perStep);
  }

  public QueryOptions withPerStep(boolean other) {
    return new QueryOptions(timeout, lookback, cancelled, other);
  }
}
