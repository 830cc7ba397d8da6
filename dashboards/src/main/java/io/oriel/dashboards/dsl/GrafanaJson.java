package io.oriel.dashboards.dsl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes dashboards as Grafana reads them. */
final class GrafanaJson {
  private static final int SCHEMA = 41;
  private static final Map<String, Object> SOURCE =
      Json.of("type", "prometheus", "uid", "${" + Variable.SOURCE + "}");

  String write(Dashboard dashboard) {
    var printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(whole(dashboard)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a dashboard of maps, lists and texts can be written", e);
    }
  }

  private static Map<String, Object> whole(Dashboard dashboard) {
    return Json.of(
        "uid", dashboard.uid(),
        "title", dashboard.title(),
        "description", dashboard.description(),
        "tags", dashboard.tags(),
        "schemaVersion", SCHEMA,
        "version", 1,
        "editable", true,
        "graphTooltip", 1, // one cross-hair for all
        "timezone", "browser",
        "time", Json.of("from", dashboard.from(), "to", "now"),
        "refresh", dashboard.refresh(),
        "templating", Json.of("list", variables(dashboard)),
        "annotations", Json.of("list", List.of()),
        "links", dashboard.links().stream().map(GrafanaJson::link).toList(),
        "panels", panels(dashboard));
  }

  private static Map<String, Object> link(Link link) {
    return Json.of(
        "type",
        "link",
        "title",
        link.title(),
        "url",
        link.url(),
        "keepTime",
        true,
        "includeVars",
        true,
        "targetBlank",
        false);
  }

  private static List<Map<String, Object>> variables(Dashboard dashboard) {
    return dashboard.variables().stream().map(GrafanaJson::variable).toList();
  }

  private static Map<String, Object> variable(Variable variable) {
    var json =
        Json.of(
            "name", variable.name(),
            "label", variable.label(),
            "type", variable.kind().name().toLowerCase(Locale.ROOT));
    switch (variable.kind()) {
      case DATASOURCE -> json.put("query", variable.query());
      case QUERY -> {
        json.put("datasource", SOURCE);
        json.put("definition", variable.query());
        json.put("query", Json.of("query", variable.query(), "refId", variable.name()));
        json.put("refresh", 2); // when the time range changes
        json.put("sort", 1);
      }
      case CUSTOM -> {
        json.put("query", variable.query());
        json.put("options", variable.choices().stream().map(GrafanaJson::choice).toList());
      }
    }
    json.put("multi", variable.multiple());
    json.put("includeAll", variable.multiple());
    json.put("current", Json.of());
    return json;
  }

  private static Map<String, Object> choice(String choice) {
    return Json.of("text", choice, "value", choice, "selected", false);
  }

  /** Rows lie below each other, panels from left to right. */
  private static List<Map<String, Object>> panels(Dashboard dashboard) {
    var panels = new ArrayList<Map<String, Object>>();
    int y = 0;
    for (Row row : dashboard.rows()) {
      int x = 0;
      for (Panel panel : row.panels()) {
        var position = Json.of("x", x, "y", y, "w", panel.width(), "h", row.height());
        panels.add(panel(panels.size() + 1, panel, position));
        x += panel.width();
      }
      y += row.height();
    }
    return panels;
  }

  private static Map<String, Object> panel(int id, Panel panel, Map<String, Object> position) {
    var json =
        Json.of(
            "id", id,
            "type", panel.kind().id(),
            "title", panel.title(),
            "description", panel.description(),
            "gridPos", position);
    if (panel.kind() != Panel.Kind.TEXT) {
      json.put("datasource", SOURCE);
      json.put("targets", targets(panel));
      json.put("fieldConfig", Json.of("defaults", defaults(panel), "overrides", overrides(panel)));
    }
    panel.settings().forEach((path, value) -> Json.set(json, path, value));
    return json;
  }

  private static List<Map<String, Object>> targets(Panel panel) {
    var targets = new ArrayList<Map<String, Object>>();
    for (Query query : panel.queries()) {
      boolean table = query.when() == Query.When.NOW_AS_TABLE;
      boolean now = query.when() != Query.When.RANGE;
      targets.add(
          Json.of(
              "refId",
              "" + (char) ('A' + targets.size()),
              "datasource",
              SOURCE,
              "expr",
              query.expr(),
              "legendFormat",
              query.legend(),
              "range",
              !now,
              "instant",
              now,
              "format",
              table ? "table" : "time_series"));
    }
    return targets;
  }

  private static Map<String, Object> defaults(Panel panel) {
    var json = Json.of();
    Thresholds thresholds = panel.thresholds();
    var steps = new ArrayList<Map<String, Object>>();
    steps.add(base(panel.kind()));
    thresholds
        .steps()
        .forEach(step -> steps.add(Json.of("color", step.colour(), "value", step.from())));
    json.put("thresholds", Json.of("mode", "absolute", "steps", steps));
    boolean byIdentity =
        panel.kind() == Panel.Kind.TIMESERIES || panel.kind() == Panel.Kind.HEATMAP;
    json.put("color", Json.of("mode", byIdentity ? "palette-classic" : "thresholds"));
    json.put("mappings", panel.mappings().stream().map(GrafanaJson::mapping).toList());
    if (thresholds.lines()) {
      json.put("custom", Json.of("thresholdsStyle", Json.of("mode", "dashed")));
    }
    return json;
  }

  /** What is below the first threshold: a step from nowhere on, in JSON null. */
  private static Map<String, Object> base(Panel.Kind kind) {
    String calm = kind == Panel.Kind.STAT ? "text" : "blue";
    return Json.of("color", calm, "value", NullNode.getInstance());
  }

  static Map<String, Object> mapping(Mapping mapping) {
    var result = Json.of("text", mapping.text());
    if (!mapping.colour().isEmpty()) result.put("color", mapping.colour());
    return Json.of("type", "value", "options", Json.of(mapping.value(), result));
  }

  private static List<Map<String, Object>> overrides(Panel panel) {
    return panel.overrides().stream()
        .map(each ->
            Json.of(
                "matcher",
                Json.of("id", each.matcher(), "options", each.which()),
                "properties",
                each.properties().entrySet().stream()
                    .map(one -> Json.of("id", one.getKey(), "value", one.getValue()))
                    .toList()))
        .toList();
  }
}
