package io.oriel.collect;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import java.util.Map;
import java.util.TreeMap;

/** A round's readings as a map from series to value, for tests to look at. */
public record Told(Map<Labels, Double> values, Map<String, MetricMetadata.Type> types) {
  public static Told of(Readings readings) {
    var values = new TreeMap<Labels, Double>();
    var types = new TreeMap<String, MetricMetadata.Type>();
    readings.forEach((metric, labels, value) -> {
      values.put(labels.with(Labels.NAME, metric.name()), value);
      types.put(metric.name(), metric.type());
    });
    return new Told(values, types);
  }

  /** The value of one series, written as Prometheus writes it; NaN where it was not told. */
  public double of(String series) {
    for (var each : values.entrySet()) {
      if (each.getKey().toString().equals(series)) return each.getValue();
    }
    return Double.NaN;
  }
}
