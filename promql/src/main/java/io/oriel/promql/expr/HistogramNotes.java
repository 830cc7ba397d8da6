package io.oriel.promql.expr;

/** What is said of native histograms, in Prometheus' words, about one place of the query. */
public record HistogramNotes(Notes notes, Place at) {
  /** Where counts are brought together. */
  public enum Operation {
    ADDITION("addition"),
    SUBTRACTION("subtraction"),
    AGGREGATION("aggregation");

    private final String word;

    Operation(String word) {
      this.word = word;
    }
  }

  private static final String QUANTILE_OF_NAN =
      "input to histogram_quantile has NaN observations, result is ";

  private void warn(String text) {
    notes.warn(text, at);
  }

  private void info(String text) {
    notes.info(text, at);
  }

  private static String ifKnown(String metric) {
    return metric.isEmpty() ? "" : " for metric name " + Quoting.quote(metric);
  }

  public void mixedWithFloats(String metric) {
    warn("encountered a mix of histograms and floats for metric name " + Quoting.quote(metric));
  }

  public void mixedWithFloatsInAggregation() {
    warn("encountered a mix of histograms and floats for aggregation");
  }

  public void mixedSchemas(String metric) {
    warn(
        "vector contains a mix of histograms with exponential and custom buckets schemas for"
            + " metric name "
            + Quoting.quote(metric));
  }

  public void mixedWithClassic(String metric) {
    warn("vector contains a mix of classic and native histograms" + ifKnown(metric));
  }

  public void notCounter(String metric) {
    warn("this native histogram metric is not a counter: " + Quoting.quote(metric));
  }

  public void notGauge(String metric) {
    warn("this native histogram metric is not a gauge: " + Quoting.quote(metric));
  }

  public void resetsCollide(Operation operation) {
    warn("conflicting counter resets during histogram " + operation.word);
  }

  public void layoutsDiffer(Operator operator) {
    warn("incompatible bucket layout encountered for binary operator " + operator.sign());
  }

  public void boundsReconciled(Operation operation) {
    info("mismatched custom buckets were reconciled during " + operation.word);
  }

  public void ignoredInAggregation(Aggregator aggregator) {
    info("ignored histogram in " + aggregator.text() + " aggregation");
  }

  public void ignoredInRange(String metric) {
    info(
        "ignored histograms in a range containing both floats and histograms for metric name "
            + Quoting.quote(metric));
  }

  /** Told which of two values is a histogram. */
  public void typesDiffer(Operator operator, boolean left, boolean right) {
    String sign = operator.sign();
    info(
        "incompatible sample types encountered for binary operator \"%s\": %s %s %s"
            .formatted(sign, type(left), sign, type(right)));
  }

  private static String type(boolean histogram) {
    return histogram ? "histogram" : "float";
  }

  public void quantileIsNaN(String metric) {
    info(QUANTILE_OF_NAN + "NaN" + ifKnown(metric));
  }

  public void quantileIsSkewed(String metric) {
    info(QUANTILE_OF_NAN + "skewed higher" + ifKnown(metric));
  }

  public void fractionWithoutNaN(String metric) {
    info(
        "input to histogram_fraction has NaN observations, which are excluded from all fractions"
            + ifKnown(metric));
  }
}
