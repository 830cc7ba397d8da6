package io.oriel.simulate.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Langfuse's query of metrics over observations: grouped by dimensions, folded by aggregation. */
final class LangfuseMetrics {
  private static final Set<String> REFUSED =
      Set.of("id", "traceId", "userId", "sessionId", "parentObservationId");
  private static final int USUAL_ROWS = 100;
  private static final int MOST_ROWS = 1_000;

  private LangfuseMetrics() {}

  /** Dimensions with too many values. */
  static boolean isRefused(String dimension) {
    return REFUSED.contains(dimension);
  }

  static ArrayNode answer(JsonNode query, List<Observation> observations) {
    Map<ObjectNode, List<Observation>> groups = new LinkedHashMap<>();
    for (Observation each : observations) {
      if (!passes(each, query.path("filters"))) continue;
      groups.computeIfAbsent(key(each, query), _ -> new ArrayList<>()).add(each);
    }
    int limit = Math.clamp(query.path("config").path("row_limit").asInt(USUAL_ROWS), 1, MOST_ROWS);
    ArrayNode data = Json.array();
    groups.forEach((key, group) -> {
      if (data.size() >= limit) return;
      data.add(row(key, query, measure -> values(group, measure)));
    });
    return data;
  }

  /**
   * One row of an answer.
   *
   * @param values of a measure, smallest first
   */
  static ObjectNode row(ObjectNode key, JsonNode query, Function<String, double[]> values) {
    ObjectNode row = key.deepCopy();
    for (JsonNode metric : query.path("metrics")) {
      String measure = metric.path("measure").asText();
      String aggregation = metric.path("aggregation").asText();
      fold(row, aggregation + "_" + measure, aggregation, values.apply(measure));
    }
    return row;
  }

  private static ObjectNode key(Observation observation, JsonNode query) {
    ObjectNode key = Json.object();
    String granularity = query.path("timeDimension").path("granularity").asText();
    if (!granularity.isEmpty()) {
      Instant at = Instant.ofEpochMilli(observation.startUs() / 1000);
      ChronoUnit unit =
          switch (granularity) {
            case "minute" -> ChronoUnit.MINUTES;
            case "day", "week", "month" -> ChronoUnit.DAYS;
            default -> ChronoUnit.HOURS;
          };
      key.put("time_dimension", at.truncatedTo(unit).toString());
    }
    for (JsonNode each : query.path("dimensions")) {
      String name = each.path("field").asText();
      key.put(name, value(observation, name));
    }
    return key;
  }

  private static String value(Observation observation, String dimension) {
    return switch (dimension) {
      case "providedModelName" -> observation.model();
      case "type" -> observation.type();
      case "name" -> observation.name();
      case "level" -> observation.level();
      case "traceName" -> observation.run().caller().app();
      case "environment" -> "production";
      case "isRootObservation" -> String.valueOf(observation.isRoot());
      case "userId" -> observation.run().user();
      case "sessionId" -> observation.run().session();
      default -> "";
    };
  }

  private static boolean passes(Observation observation, JsonNode filters) {
    for (JsonNode filter : filters) {
      String value = value(observation, filter.path("column").asText());
      JsonNode wanted = filter.path("value");
      boolean isAmong = false;
      if (wanted.isArray()) {
        for (JsonNode each : wanted) isAmong |= each.asText().equals(value);
      } else {
        isAmong = wanted.asText().equals(value);
      }
      String operator = filter.path("operator").asText();
      boolean isNot = operator.equals("none of") || operator.equals("<>");
      if (isAmong == isNot) return false;
    }
    return true;
  }

  private static double[] values(List<Observation> group, String measure) {
    return group.stream()
        .mapToDouble(each -> each.measure(measure))
        .filter(value -> !Double.isNaN(value))
        .sorted()
        .toArray();
  }

  /** Nothing to fold is null, not 0; counts come as text, as the database has them. */
  private static void fold(ObjectNode row, String name, String aggregation, double[] sorted) {
    if (aggregation.equals("count")) {
      row.put(name, String.valueOf(sorted.length));
      return;
    }
    if (sorted.length == 0) {
      row.putNull(name);
      return;
    }
    double sum = Arrays.stream(sorted).sum();
    switch (aggregation) {
      case "sum" -> row.put(name, sum);
      case "avg" -> row.put(name, sum / sorted.length);
      case "min" -> row.put(name, sorted[0]);
      case "max" -> row.put(name, sorted[sorted.length - 1]);
      case "p50", "p75", "p90", "p95", "p99" -> {
        double rank = Integer.parseInt(aggregation.substring(1)) / 100.0;
        row.put(name, sorted[(int) Math.min(sorted.length - 1, Math.floor(rank * sorted.length))]);
      }
      default -> row.putNull(name);
    }
  }
}
