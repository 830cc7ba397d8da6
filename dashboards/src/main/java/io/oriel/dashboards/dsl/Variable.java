package io.oriel.dashboards.dsl;

import java.util.List;

/**
 * What the reader of a dashboard chooses: which machine, which job. Queries name it as {@code
 * $name}.
 *
 * @param query {@code label_values(...)} of a query, the plugin of a data source
 * @param choices of a custom one
 * @param multiple whether more than one may be chosen, or all
 */
public record Variable(
    Kind kind, String name, String label, String query, List<String> choices, boolean multiple) {

  /** Grafana's kinds. */
  public enum Kind {
    DATASOURCE,
    QUERY,
    CUSTOM
  }

  /** The variable that all panels take their data from. */
  static final String SOURCE = "datasource";

  public Variable {
    choices = List.copyOf(choices);
  }

  /** Where the data come from. */
  public static Variable dataSource() {
    return new Variable(Kind.DATASOURCE, SOURCE, "Data source", "prometheus", List.of(), false);
  }

  /** The values of a label: {@code label_values(node_uname_info, job)}. */
  public static Variable query(String name, String label, String query) {
    return new Variable(Kind.QUERY, name, label, query, List.of(), false);
  }

  public static Variable custom(String name, String label, String... choices) {
    return new Variable(
        Kind.CUSTOM, name, label, String.join(",", choices), List.of(choices), false);
  }

  /** More than one may be chosen, or all. */
  public Variable several() {
    return new Variable(kind, name, label, query, choices, true);
  }
}
