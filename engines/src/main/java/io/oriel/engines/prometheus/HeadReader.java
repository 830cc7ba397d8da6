package io.oriel.engines.prometheus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.oriel.engines.prometheus.EngineClient.Form;
import io.oriel.engines.prometheus.EngineHead.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code status/tsdb} as Prometheus answers it, and as VictoriaMetrics does. */
final class HeadReader {
  private static final Duration TIMEOUT = Duration.ofSeconds(10); // a page waits for it
  private static final int MOST_ROWS = 10_000; // of a table, whatever the engine sends

  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<String, List<Row>> tables = new HashMap<>();

  private HeadReader() {}

  /** Each engine has its own word for how many rows are wanted. */
  static EngineHead ask(EngineClient client, int rows) {
    Form form = new Form().add("limit", "" + rows).add("topN", "" + rows);
    return client
        .get("/api/v1/status/tsdb", form, TIMEOUT, json -> new HeadReader().read(json))
        .data()
        .atMost(rows);
  }

  private EngineHead read(JsonParser json) throws IOException {
    fields(json);
    return new EngineHead(
        number("numSeries", "totalSeries"),
        number("numLabelPairs", "totalLabelValuePairs"),
        number("chunkCount", ""),
        number("minTime", ""),
        number("maxTime", ""),
        table("seriesCountByMetricName"),
        table("labelValueCountByLabelName"),
        table("memoryInBytesByLabelName"),
        table("seriesCountByLabelValuePair"));
  }

  private void fields(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (token == JsonToken.VALUE_NUMBER_INT) numbers.put(name, json.getValueAsLong());
      else if (token == JsonToken.START_OBJECT) fields(json);
      else if (token == JsonToken.START_ARRAY) tables.put(name, rows(json));
    }
  }

  private static List<Row> rows(JsonParser json) throws IOException {
    var rows = new ArrayList<Row>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        continue;
      }
      Row row = row(json);
      if (rows.size() < MOST_ROWS) rows.add(row);
    }
    return rows;
  }

  private static Row row(JsonParser json) throws IOException {
    String name = "";
    long count = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "name" -> name = json.getValueAsString("");
        case "value" -> count = json.getValueAsLong();
        default -> json.skipChildren();
      }
    }
    return new Row(name, count);
  }

  private long number(String name, String otherName) {
    return numbers.getOrDefault(name, numbers.getOrDefault(otherName, 0L));
  }

  private List<Row> table(String name) {
    return tables.getOrDefault(name, List.of());
  }
}
