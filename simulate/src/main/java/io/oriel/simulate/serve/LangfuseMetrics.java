package io.oriel.simulate.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
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
    List<Filter> filters = Filter.of(query.path("filters"));
    var dimensions = new ArrayList<String>();
    for (JsonNode each : query.path("dimensions")) dimensions.add(each.path("field").asText());
    String granularity = query.path("timeDimension").path("granularity").asText();
    Map<List<String>, List<Observation>> groups = new LinkedHashMap<>();
    for (Observation each : observations) {
      if (!filters.stream().allMatch(filter -> filter.passes(each))) continue;
      groups.computeIfAbsent(key(each, dimensions, granularity), _ -> new ArrayList<>()).add(each);
    }
    int limit = Math.clamp(query.path("config").path("row_limit").asInt(USUAL_ROWS), 1, MOST_ROWS);
    ArrayNode data = Json.array();
    groups.forEach((key, group) -> {
      if (data.size() >= limit) return;
      data.add(row(named(key, dimensions), query, measure -> values(group, measure)));
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

  /** The time where one is asked for, empty otherwise; then the dimensions. */
  private static List<String> key(
      Observation observation, List<String> dimensions, String granularity) {
    var key = new ArrayList<String>(dimensions.size() + 1);
    key.add(granularity.isEmpty() ? "" : time(observation, granularity));
    for (String each : dimensions) key.add(value(observation, each));
    return key;
  }

  private static String time(Observation observation, String granularity) {
    ChronoUnit unit =
        switch (granularity) {
          case "minute" -> ChronoUnit.MINUTES;
          case "day", "week", "month" -> ChronoUnit.DAYS;
          default -> ChronoUnit.HOURS;
        };
    return Instant.ofEpochMilli(observation.startUs() / 1000).truncatedTo(unit).toString();
  }

  private static ObjectNode named(List<String> key, List<String> dimensions) {
    ObjectNode told = Json.object();
    if (!key.getFirst().isEmpty()) told.put("time_dimension", key.getFirst());
    for (int i = 0; i < dimensions.size(); i++) told.put(dimensions.get(i), key.get(i + 1));
    return told;
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

  /** What a row must have, or must not have, in one column. */
  private record Filter(String column, Set<String> values, boolean isNot) {
    static List<Filter> of(JsonNode told) {
      var all = new ArrayList<Filter>();
      for (JsonNode each : told) {
        var values = new HashSet<String>();
        JsonNode wanted = each.path("value");
        if (wanted.isArray()) wanted.forEach(one -> values.add(one.asText()));
        else values.add(wanted.asText());
        String operator = each.path("operator").asText();
        boolean isNot = operator.equals("none of") || operator.equals("<>");
        all.add(new Filter(each.path("column").asText(), values, isNot));
      }
      return all;
    }

    boolean passes(Observation observation) {
      return values.contains(value(observation, column)) != isNot;
    }
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
