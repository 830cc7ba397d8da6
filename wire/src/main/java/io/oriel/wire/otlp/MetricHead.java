package io.oriel.wire.otlp;

/**
 * What is said of all points of a metric.
 *
 * @param monotonic of a sum: whether it only grows
 */
public record MetricHead(
    String name,
    String description,
    String unit,
    Kind kind,
    Temporality temporality,
    boolean monotonic) {

  /** The kinds of points that a metric can have; NONE where it has no data. */
  public enum Kind {
    NONE,
    GAUGE,
    SUM,
    HISTOGRAM,
    EXPONENTIAL,
    SUMMARY
  }

  /** Whether points tell of all since the start, or of what came since the point before. */
  public enum Temporality {
    UNSPECIFIED,
    DELTA,
    CUMULATIVE
  }
}
