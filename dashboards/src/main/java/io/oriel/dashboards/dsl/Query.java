package io.oriel.dashboards.dsl;

/**
 * One PromQL query of a panel.
 *
 * @param legend how a series is called; {@code {{label}}} stands for a label's value
 * @param when over the range, or only its end
 */
public record Query(String expr, String legend, When when) {

  /** What is asked: a curve, the value now, or a table of the values now. */
  public enum When {
    RANGE,
    NOW,
    NOW_AS_TABLE
  }

  public static Query of(String expr, String legend) {
    return new Query(expr, legend, When.RANGE);
  }

  /** Only the value at the end of the range. */
  public Query now() {
    return new Query(expr, legend, When.NOW);
  }

  public Query asTable() {
    return new Query(expr, legend, When.NOW_AS_TABLE);
  }
}
