package io.oriel.collect;

import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.List;

/**
 * What one round of a collector told, kept: the system's values and how the round itself went.
 *
 * @param began when, in nanoseconds of the clock
 */
public record Round(Collector collector, long began, List<Value> values) {
  /** One series and what it was. */
  public record Value(Metric metric, Labels labels, double value) {}

  public Round {
    values = List.copyOf(values);
  }

  static Round of(Collector collector, long began, Readings... readings) {
    var values = new ArrayList<Value>();
    for (Readings each : readings) {
      each.forEach((metric, labels, value) -> values.add(new Value(metric, labels, value)));
    }
    return new Round(collector, began, values);
  }

  /** One that told nothing: it is not over, or a defect ended it. */
  static Round failed(Collector collector, long began, long nanos) {
    var own = new Readings();
    new OwnMetrics(collector.name()).tellFailed(nanos, own);
    return of(collector, began, own);
  }
}
