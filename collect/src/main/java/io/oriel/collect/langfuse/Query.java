package io.oriel.collect.langfuse;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A query of metrics, as the parameter {@code query} bears it. */
final class Query {
  /** The server cuts at 100 in silence unless it is told a number; this is its highest. */
  static final int MOST_ROWS = 1_000;

  private static final JsonMapper JSON = new JsonMapper();

  private final ObjectNode told = JSON.createObjectNode();
  private final ArrayNode dimensions;
  private final ArrayNode metrics;
  private final ArrayNode filters;

  private Query(String view, Window window) {
    told.put("view", view);
    dimensions = told.putArray("dimensions");
    metrics = told.putArray("metrics");
    filters = told.putArray("filters");
    told.put("fromTimestamp", window.from()).put("toTimestamp", window.to());
    told.putObject("config").put("row_limit", MOST_ROWS);
  }

  static Query over(String view, Window window) {
    return new Query(view, window);
  }

  Query by(String... fields) {
    for (String each : fields) dimensions.addObject().put("field", each);
    return this;
  }

  /** A figure; it comes back as {@code aggregation_measure}. */
  Query telling(String aggregation, String measure) {
    metrics.addObject().put("measure", measure).put("aggregation", aggregation);
    return this;
  }

  Query where(String column, String type, String operator, boolean value) {
    filter(column, type, operator).put("value", value);
    return this;
  }

  Query among(String column, List<String> values) {
    ArrayNode all = filter(column, "stringOptions", "any of").putArray("value");
    values.forEach(all::add);
    return this;
  }

  private ObjectNode filter(String column, String type, String operator) {
    return filters.addObject().put("column", column).put("type", type).put("operator", operator);
  }

  /** For a path. */
  String encoded() {
    return URLEncoder.encode(told.toString(), StandardCharsets.UTF_8);
  }
}
