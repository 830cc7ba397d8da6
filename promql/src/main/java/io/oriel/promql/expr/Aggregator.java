package io.oriel.promql.expr;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The aggregations: what parameter each takes, and what it is for. */
public enum Aggregator {
  SUM(null, "The sum of the values in each group."),
  AVG(null, "The mean of the values in each group."),
  MIN(null, "The smallest value in each group; NaN only where there is nothing else."),
  MAX(null, "The largest value in each group; NaN only where there is nothing else."),
  COUNT(null, "How many series each group has."),
  GROUP(null, "1 for each group that has a series."),
  STDDEV(null, "The standard deviation (of the population) in each group."),
  STDVAR(null, "The variance (of the population) in each group."),
  TOPK(ValueType.SCALAR, "The k series with the largest values in each group."),
  BOTTOMK(ValueType.SCALAR, "The k series with the smallest values in each group."),
  QUANTILE(ValueType.SCALAR, "The q-quantile (0 to 1) of the values in each group."),
  COUNT_VALUES(ValueType.STRING, "How many series have each value; the value becomes a label."),
  LIMITK(ValueType.SCALAR, "Any k series of each group, the same ones at each step."),
  LIMIT_RATIO(ValueType.SCALAR, "A share of the series, chosen by a hash of their labels.");

  private final @Nullable ValueType parameter;
  private final String doc;

  Aggregator(@Nullable ValueType parameter, String doc) {
    this.parameter = parameter;
    this.doc = doc;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of the parameter before the vector, null where there is none. */
  public @Nullable ValueType parameter() {
    return parameter;
  }

  public String doc() {
    return doc;
  }

  public boolean experimental() {
    return this == LIMITK || this == LIMIT_RATIO;
  }

  /** Whether it chooses among its input series and keeps their labels. */
  public boolean keepsLabels() {
    return this == TOPK || this == BOTTOMK || this == LIMITK || this == LIMIT_RATIO;
  }
}
