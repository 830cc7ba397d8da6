package io.oriel.promql.expr;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The aggregations: what parameter each takes, and what it is for. */
public enum Aggregator {
  SUM(
      null,
      "The sum of the values in each group.",
      "{0}, added up{each}",
      "sum by (instance) (rate(http_requests_total[5m]))"),
  AVG(
      null,
      "The mean of the values in each group.",
      "{0}, the mean{each}",
      "avg without (cpu) (rate(node_cpu_seconds_total[5m]))"),
  MIN(
      null,
      "The smallest value in each group; NaN only where there is nothing else.",
      "{0}, the smallest{each}",
      "min by (instance) (node_filesystem_avail_bytes)"),
  MAX(
      null,
      "The largest value in each group; NaN only where there is nothing else.",
      "{0}, the largest{each}",
      "max by (job) (scrape_duration_seconds)"),
  COUNT(
      null,
      "How many series each group has.",
      "{0}, the number of series{each}",
      "count by (job) (up == 0)"),
  GROUP(
      null,
      "1 for each group that has a series.",
      "{0}, as 1 whatever the value{each}",
      "group by (instance) (node_cpu_seconds_total)"),
  STDDEV(
      null,
      "The standard deviation (of the population) in each group.",
      "{0}, the standard deviation{each}",
      "stddev by (job) (scrape_duration_seconds)"),
  STDVAR(
      null,
      "The variance (of the population) in each group.",
      "{0}, the variance{each}",
      "stdvar by (job) (scrape_duration_seconds)"),
  TOPK(
      ValueType.SCALAR,
      "The k series with the largest values in each group.",
      "{0}, the {p} largest{each}",
      "topk(5, rate(http_requests_total[5m]))"),
  BOTTOMK(
      ValueType.SCALAR,
      "The k series with the smallest values in each group.",
      "{0}, the {p} smallest{each}",
      "bottomk(3, node_filesystem_avail_bytes)"),
  QUANTILE(
      ValueType.SCALAR,
      "The q-quantile (0 to 1) of the values in each group.",
      "{0}, the value{each} that {p%} of the series do not exceed",
      "quantile by (job) (0.9, scrape_duration_seconds)"),
  COUNT_VALUES(
      ValueType.STRING,
      "How many series have each value; the value becomes a label.",
      "{0}, the number of series with each value{each}, told apart by label {p}",
      "count_values(\"version\", build_version)"),
  LIMITK(
      ValueType.SCALAR,
      "Any k series of each group, the same ones at each step.",
      "{0}, any {p} of them{each}",
      "limitk(10, up)"),
  LIMIT_RATIO(
      ValueType.SCALAR,
      "A share of the series, chosen by a hash of their labels.",
      "{0}, a share of them ({p}){each}",
      "limit_ratio(0.1, up)");

  private final @Nullable ValueType parameter;
  private final String doc;
  private final String phrase;
  private final String example;

  Aggregator(@Nullable ValueType parameter, String doc, String phrase, String example) {
    this.parameter = parameter;
    this.doc = doc;
    this.phrase = phrase;
    this.example = example;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of the parameter before the vector, null where there is none. */
  public @Nullable ValueType parameter() {
    return parameter;
  }

  /** The types of what stands between the brackets. */
  public List<ValueType> takes() {
    return parameter == null ? List.of(ValueType.VECTOR) : List.of(parameter, ValueType.VECTOR);
  }

  /** {@code topk(scalar, instant vector) instant vector} in the form that documentation shows. */
  public String signature() {
    String inner = takes().stream().map(ValueType::words).collect(Collectors.joining(", "));
    return text() + "(" + inner + ") " + ValueType.VECTOR.words();
  }

  public String doc() {
    return doc;
  }

  /**
   * In words, as {@link Function#phrase}: {@code {0}} the operand, {@code {p}} the parameter,
   * {@code {each}} the groups.
   */
  public String phrase() {
    return phrase;
  }

  /** A query that uses it. */
  public String example() {
    return example;
  }

  public boolean experimental() {
    return this == LIMITK || this == LIMIT_RATIO;
  }

  /** Whether it chooses among its input series and keeps their labels. */
  public boolean keepsLabels() {
    return this == TOPK || this == BOTTOMK || this == LIMITK || this == LIMIT_RATIO;
  }
}
