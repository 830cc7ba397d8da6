package io.oriel.collect.langfuse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.collect.peer.Transport;
import io.oriel.model.Clock;
import io.oriel.wire.fetch.Ask;
import io.oriel.wire.fetch.FetchFailure;
import io.oriel.wire.fetch.PageBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Langfuse that answers the same rows whatever the time. What its version does not have is a 404.
 */
final class FakeLangfuse implements Transport {
  private static final JsonMapper JSON = new JsonMapper();

  String version;
  final List<String> asked = new ArrayList<>(); // paths, without the query
  final List<JsonNode> queries = new ArrayList<>(); // of metrics
  final List<String> targets = new ArrayList<>();

  /** By path: a status in place of an answer. */
  final Map<String, Integer> refuses = new HashMap<>();

  /** By path: these bytes in place of an answer. */
  final Map<String, String> says = new HashMap<>();

  long retryAfterMs;

  /** Pages of {@code /v2/observations}: all but the last bear a cursor. */
  List<String> pages =
      List.of(
          "{\"userId\": \"ann\", \"totalCost\": 0.25, \"usageDetails\": {\"total\": 100}}",
          "{\"userId\": \"bob\", \"totalCost\": null, \"usageDetails\": {\"input\": 7, \"output\": 3}}");

  FakeLangfuse(String version) {
    this.version = version;
  }

  Peer at(String address, Clock clock) {
    return new Peer(Address.of(URI.create(address), "a test"), this, clock);
  }

  @Override
  public String fetch(Ask ask, PageBuffer into) throws FetchFailure {
    String path = ask.target().replaceFirst("\\?.*", "");
    asked.add(path);
    targets.add(ask.target());
    Integer status = refuses.get(path);
    if (status != null) {
      throw new FetchFailure("langfuse answered " + status, "look there", status, retryAfterMs);
    }
    String answer = says.containsKey(path) ? says.get(path) : answer(path, ask.target());
    if (answer == null) throw new FetchFailure("langfuse answered 404", "look there", 404);
    into.put(answer.getBytes(StandardCharsets.UTF_8));
    return "application/json";
  }

  private @org.jspecify.annotations.Nullable String answer(String path, String target) {
    boolean isOld = version.startsWith("3");
    return switch (path) {
      case "/api/public/health" -> "{\"status\": \"OK\", \"version\": \"" + version + "\"}";
      case "/api/public/projects" -> "{\"data\": [{\"id\": \"p1\", \"name\": \"shop\"}]}";
      case "/api/public/metrics" -> isOld ? metrics(target) : null;
      case "/api/public/v2/metrics" -> isOld ? null : metrics(target);
      case "/api/public/traces" ->
          isOld ? data("{\"id\": \"t\", \"timestamp\": \"2026-03-04T10:59:00.000Z\"}") : null;
      case "/api/public/v2/observations" -> isOld ? null : observations(target);
      default -> null;
    };
  }

  private static String data(String rows) {
    return "{\"data\": [" + rows + "]}";
  }

  private String observations(String target) {
    if (target.contains("isRootObservation=true")) {
      return data("{\"id\": \"o\", \"startTime\": \"2026-03-04T10:59:00.000Z\"}");
    }
    int page = target.contains("&cursor=") ? Integer.parseInt(target.replaceFirst(".*=c", "")) : 0;
    String meta = page + 1 < pages.size() ? "{\"cursor\": \"c" + (page + 1) + "\"}" : "{}";
    return "{\"data\": [" + pages.get(page) + "], \"meta\": " + meta + "}";
  }

  private String metrics(String target) {
    JsonNode query =
        read(URLDecoder.decode(target.replaceFirst(".*query=", ""), StandardCharsets.UTF_8));
    queries.add(query);
    String dimension = query.path("dimensions").path(0).path("field").asText();
    boolean isHour = query.toString().contains("p95");
    return switch (dimension) {
      case "providedModelName" ->
          isHour
              ? data(
                  "{\"providedModelName\": \"qwen3\", \"p50_latency\": 1500, \"p95_latency\": \"4000\","
                      + " \"p99_latency\": null, \"p50_timeToFirstToken\": 200}")
              : data(
                  "{\"providedModelName\": \"qwen3\", \"type\": \"GENERATION\", \"level\": \"DEFAULT\","
                      + " \"count_count\": \"40\", \"sum_latency\": 80000, \"sum_inputTokens\": \"9000\","
                      + " \"sum_outputTokens\": 700, \"sum_totalCost\": 0.5},"
                      + "{\"providedModelName\": \"own\", \"type\": \"GENERATION\", \"level\": \"ERROR\","
                      + " \"count_count\": 2, \"sum_totalCost\": null}");
      case "name", "traceName" ->
          query.path("view").asText().startsWith("scores")
              ? data("{\"name\": \"helpful\", \"count_count\": \"4\", \"avg_value\": -0.5}")
              : isHour
                  ? data("{\"" + dimension + "\": \"chat\", \"p50_latency\": 2500}")
                  : data(
                      "{\""
                          + dimension
                          + "\": \"chat\", \"count_count\": 12, \"sum_latency\": 36000}");
      case "userId" ->
          data("{\"userId\": \"ann\", \"sum_totalCost\": \"0.25\", \"sum_totalTokens\": \"100\"}");
      default -> data("");
    };
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
