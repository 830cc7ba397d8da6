package io.oriel.collect;

import io.oriel.model.MetricMetadata;

/**
 * One metric that a collector tells: a row of its table, declared once and passed to {@link
 * Readings} with each value.
 *
 * @param help one sentence for people, with the unit where the name has none
 * @param family under which type and help are told: {@code x} for {@code x_bucket} of a histogram
 */
public record Metric(String name, MetricMetadata.Type type, String help, String family) {

  public Metric(String name, MetricMetadata.Type type, String help) {
    this(name, type, help, name);
  }

  public static Metric gauge(String name, String help) {
    return new Metric(name, MetricMetadata.Type.GAUGE, help);
  }

  public static Metric counter(String name, String help) {
    return new Metric(name, MetricMetadata.Type.COUNTER, help);
  }

  /** For what its field's exporter leaves without a type, though it may only ever grow. */
  public static Metric untyped(String name, String help) {
    return new Metric(name, MetricMetadata.Type.UNKNOWN, help);
  }
}
