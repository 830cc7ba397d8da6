package io.oriel.model;

/**
 * What a source says of a metric: its type, a sentence of help and its unit. Empty where unsaid.
 */
public record MetricMetadata(Type type, String help, String unit) {

  /** Prometheus' metric types; the text is what its API and formats write. */
  public enum Type {
    COUNTER("counter"),
    GAUGE("gauge"),
    HISTOGRAM("histogram"),
    GAUGE_HISTOGRAM("gaugehistogram"),
    SUMMARY("summary"),
    INFO("info"),
    STATESET("stateset"),
    UNKNOWN("unknown");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }
}
