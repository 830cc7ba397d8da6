package io.oriel.dashboards.dsl;

import java.util.ArrayList;
import java.util.List;

/**
 * A dashboard.
 *
 * @param uid stays the same for ever: links name it
 * @param from how far back it looks at first, as {@code now-1h}
 * @param refresh how often it asks again, as {@code 15s}
 */
public record Dashboard(
    String uid,
    String title,
    String description,
    List<String> tags,
    List<Variable> variables,
    List<Link> links,
    List<Row> rows,
    String from,
    String refresh) {

  public Dashboard {
    tags = List.copyOf(tags);
    variables = List.copyOf(variables);
    links = List.copyOf(links);
    rows = List.copyOf(rows);
  }

  public static Dashboard of(String uid, String title, String description) {
    return new Dashboard(
        uid, title, description, List.of(), List.of(), List.of(), List.of(), "now-1h", "15s");
  }

  public Dashboard tagged(String... names) {
    return new Dashboard(
        uid, title, description, List.of(names), variables, links, rows, from, refresh);
  }

  public Dashboard choosing(Variable... chosen) {
    return new Dashboard(
        uid, title, description, tags, List.of(chosen), links, rows, from, refresh);
  }

  public Dashboard linking(Link... ways) {
    return new Dashboard(
        uid, title, description, tags, variables, List.of(ways), rows, from, refresh);
  }

  /** One more row, below. */
  public Dashboard row(int height, Panel... panels) {
    var more = new ArrayList<>(rows);
    more.add(Row.of(height, panels));
    return new Dashboard(uid, title, description, tags, variables, links, more, from, refresh);
  }

  public Dashboard looking(String back, String every) {
    return new Dashboard(uid, title, description, tags, variables, links, rows, back, every);
  }

  /** All panels in reading order. */
  public List<Panel> panels() {
    return rows.stream().flatMap(row -> row.panels().stream()).toList();
  }

  /** Grafana's JSON; the same text for the same dashboard. */
  public String json() {
    return new GrafanaJson().write(this);
  }
}
