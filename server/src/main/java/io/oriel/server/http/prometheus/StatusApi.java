package io.oriel.server.http.prometheus;

import io.oriel.server.http.Answer;
import io.oriel.server.http.JsonOut;
import io.oriel.server.http.Route;
import io.oriel.server.http.ServerFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a client may want to know of the server itself. */
final class StatusApi {
  private final ServerFacts facts;

  StatusApi(ServerFacts facts) {
    this.facts = facts;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/status/config", "The scrape configuration in force", _ -> config()),
        Route.get("/api/v1/status/flags", "Settings of the command line", _ -> flags()),
        Route.get("/api/v1/status/runtimeinfo", "The running process", _ -> runtime()),
        Route.get("/api/v1/status/buildinfo", "Versions", _ -> build()),
        Route.get("/api/v1/status/tsdb", "What the metrics store holds", _ -> tsdb()),
        Route.get("/api/v1/status/walreplay", "How far a start has come", _ -> replay()),
        Route.get("/api/v1/rules", "Rules; none are evaluated yet", _ -> empty("groups")),
        Route.get("/api/v1/alerts", "Alerts; none are evaluated yet", _ -> empty("alerts")),
        Route.get("/api/v1/alertmanagers", "Alertmanagers; none yet", _ -> alertmanagers()));
  }

  private Answer config() {
    return ResultJson.success(out -> out.object().field("yaml", facts.scrapeYaml()).end());
  }

  private Answer flags() {
    return ResultJson.success(out -> {
      out.object();
      for (var flag : new TreeMap<>(facts.flags()).entrySet()) {
        out.field(flag.getKey(), flag.getValue());
      }
      out.end();
    });
  }

  private Answer runtime() {
    return ResultJson.success(out ->
        out.object()
            .field("startTime", Instant.ofEpochMilli(facts.startedMs()).toString())
            .field("CWD", Path.of("").toAbsolutePath().toString())
            .field("hostname", facts.host())
            .field("serverTime", Instant.ofEpochMilli(facts.nowMs()).toString())
            .field("reloadConfigSuccess", facts.lastReloadWorked())
            .field("lastConfigTime", Instant.ofEpochMilli(facts.lastReloadMs()).toString())
            .field("corruptionCount", 0)
            .field("goroutineCount", Thread.activeCount())
            .field("GOMAXPROCS", Runtime.getRuntime().availableProcessors())
            .field("GOMEMLIMIT", Runtime.getRuntime().maxMemory())
            .field("GOGC", "")
            .field("GODEBUG", "")
            .field("storageRetention", DurationText.of(facts.retentionMs()))
            .end());
  }

  /** Clients decide by the version what they may ask; so it is that of the API that is spoken. */
  private Answer build() {
    return ResultJson.success(out ->
        out.object()
            .field("version", PrometheusApi.SPOKEN_VERSION)
            .field("revision", "oriel-" + facts.version())
            .field("branch", "oriel")
            .field("buildUser", "")
            .field("buildDate", "")
            .field("goVersion", "java " + Runtime.version().feature())
            .field("application", "Oriel " + facts.version())
            .end());
  }

  private Answer tsdb() {
    ServerFacts.Head head = facts.head();
    return ResultJson.success(out -> {
      out.object()
          .name("headStats")
          .object()
          .field("numSeries", head.series())
          .field("numLabelPairs", head.labelPairs())
          .field("chunkCount", head.chunks())
          .field("minTime", head.minMs())
          .field("maxTime", head.maxMs())
          .end();
      table(out, "seriesCountByMetricName", head.seriesByMetric());
      table(out, "labelValueCountByLabelName", head.valuesByLabel());
      table(out, "memoryInBytesByLabelName", Map.of());
      table(out, "seriesCountByLabelValuePair", Map.of());
      out.end();
    });
  }

  private static void table(JsonOut out, String name, Map<String, Long> rows) throws IOException {
    out.name(name).array();
    for (var row : rows.entrySet()) {
      out.object().field("name", row.getKey()).field("value", row.getValue()).end();
    }
    out.end();
  }

  private static Answer replay() {
    return ResultJson.success(
        out -> out.object().field("min", 0).field("max", 0).field("current", 0).end());
  }

  private static Answer empty(String list) {
    return ResultJson.success(out -> out.object().name(list).array().end().end());
  }

  private static Answer alertmanagers() {
    return ResultJson.success(out ->
        out.object()
            .field("activeAlertmanagers", List.of())
            .field("droppedAlertmanagers", List.of())
            .end());
  }
}
