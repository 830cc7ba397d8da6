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
 * @param coarsestMs aggregates of more time than that are not read, see {@link SelectHints}; 0:
 *     samples alone
 */
public record QueryOptions(
    Duration timeout,
    Duration lookback,
    BooleanSupplier cancelled,
    boolean perStep,
    long coarsestMs) {
  public static final QueryOptions DEFAULT =
      new QueryOptions(
          Duration.ofMinutes(2), Duration.ZERO, () -> false, false, SelectHints.ANY_RESOLUTION);

  public QueryOptions withTimeout(Duration other) {
    return new QueryOptions(other, lookback, cancelled, perStep, coarsestMs);
  }

  public QueryOptions withLookback(Duration other) {
    return new QueryOptions(timeout, other, cancelled, perStep, coarsestMs);
  }

  public QueryOptions withCancelled(BooleanSupplier other) {
    return new QueryOptions(timeout, lookback, other, perStep, coarsestMs);
  }

  public QueryOptions withPerStep(boolean other) {
    return new QueryOptions(timeout, lookback, cancelled, other, coarsestMs);
  }

  public QueryOptions withCoarsest(long otherMs) {
    return new QueryOptions(timeout, lookback, cancelled, perStep, otherMs);
  }
}
