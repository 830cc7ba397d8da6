package io.oriel.server.http.prometheus;

import io.oriel.promql.Promql;
import io.oriel.promql.expr.Aggregator;
import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Operator;
import io.oriel.server.http.JsonOut;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is there and what is switched on, by area, in the names of Prometheus' {@code
 * /api/v1/features}. The functions and operators are those of the language's own tables.
 */
final class Features {
  private static final Map<String, Boolean> API =
      new TreeMap<>(
          Map.of(
              "exclude_alerts", true,
              "label_values_match", true,
              "query_stats", true,
              "query_warnings", true,
              "search", false,
              "time_range_labels", true,
              "time_range_series", true));

  private Features() {}

  static void write(JsonOut out, boolean experimental) throws IOException {
    out.object();
    area(out, "api", API);
    area(out, "prometheus", Map.of("agent_mode", false, "server_mode", true));
    area(out, "promql", language(experimental));
    area(out, "promql_functions", functions(experimental));
    area(out, "promql_operators", operators(experimental));
    out.end();
  }

  private static void area(JsonOut out, String name, Map<String, Boolean> rows) throws IOException {
    out.name(name).object();
    for (var row : new TreeMap<>(rows).entrySet()) out.field(row.getKey(), row.getValue());
    out.end();
  }

  private static Map<String, Boolean> language(boolean experimental) {
    var rows = new TreeMap<String, Boolean>();
    for (String stable : STABLE) rows.put(stable, true);
    for (String other : EXPERIMENTAL) rows.put(other, experimental);
    return rows;
  }

  private static final String[] STABLE = {
    "at_modifier",
    "bool",
    "by",
    "group_left",
    "group_right",
    "ignoring",
    "negative_offset",
    "offset",
    "on",
    "per_query_lookback_delta",
    "subqueries",
    "without"
  };

  private static final String[] EXPERIMENTAL = {
    "anchored", "duration_expr", "fill", "fill_left", "fill_right", "smoothed"
  };

  private static Map<String, Boolean> functions(boolean experimental) {
    var rows = new TreeMap<String, Boolean>();
    for (Function each : Promql.functions()) {
      rows.put(each.name(), experimental || !each.experimental());
    }
    return rows;
  }

  private static Map<String, Boolean> operators(boolean experimental) {
    var rows = new TreeMap<String, Boolean>();
    for (Operator each : Operator.values()) {
      if (each.kind() != Operator.Kind.TRIM) rows.put(each.sign(), true);
    }
    for (Aggregator each : Aggregator.values()) {
      rows.put(each.text(), experimental || !each.experimental());
    }
    return rows;
  }
}
