package io.oriel.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Asks a server that speaks Prometheus' API, and reads what it says. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static JsonNode read(String text) throws Exception {
    return MAPPER.readTree(text);
  }

  /** The rows of an instant query. */
  static JsonNode query(OrielProcess oriel, String promql) throws Exception {
    return read(oriel.get("/api/v1/query?query=" + encode(promql))).at("/data/result");
  }

  /** The one number that an instant query gives; NaN where it gives no row. */
  static double number(OrielProcess oriel, String promql) throws Exception {
    JsonNode rows = query(oriel, promql);
    return rows.isEmpty() ? Double.NaN : Double.parseDouble(rows.get(0).at("/value/1").asText());
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
