package io.oriel.promql.eval;

import io.oriel.promql.parse.Features;
import java.time.Duration;

/**
 * How an engine answers.
 *
 * @param experimental what is not stable in Prometheus is switched on
 * @param lateNames functions mark the metric name and it is dropped at the very end (Prometheus'
 *     delayed name removal)
 * @param typeLabels {@code __type__} and {@code __unit__} are dropped wherever the name is
 * @param lookback how far back an instant selector looks
 * @param subqueryStep the step of a subquery without one
 * @param aggregates whether a source may answer by aggregates of samples
 */
public record Options(
    boolean experimental,
    boolean lateNames,
    boolean typeLabels,
    Duration lookback,
    Duration subqueryStep,
    boolean aggregates) {
  /** As Prometheus does it by default. */
  public static final Options NORMAL =
      new Options(false, false, false, Duration.ofMinutes(5), Duration.ofMinutes(1), true);

  /** With everything switched on that Prometheus keeps behind flags. */
  public static final Options ALL =
      new Options(true, true, true, Duration.ofMinutes(5), Duration.ofMinutes(1), true);

  public Options withLookback(Duration other) {
    return new Options(experimental, lateNames, typeLabels, other, subqueryStep, aggregates);
  }

  public Options withAggregates(boolean other) {
    return new Options(experimental, lateNames, typeLabels, lookback, subqueryStep, other);
  }

  Features features() {
    return new Features(experimental);
  }
}
