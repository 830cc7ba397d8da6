package io.oriel.server.http.prometheus;

import io.oriel.model.limit.Refusal;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.JsonOut;
import io.oriel.server.http.Route;
import io.oriel.server.http.ServerFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** What a client may want to know of the server itself. */
final class StatusApi {
  private static final int MOST_ROWS = 10_000;

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
        Route.get("/api/v1/status/tsdb", "What the metrics store's head holds", this::tsdb),
        Route.get("/api/v1/status/tsdb/blocks", "The store's blocks on disk", _ -> blocks()),
        Route.get("/api/v1/status/walreplay", "How far a start has come", _ -> replay()),
        Route.get("/api/v1/features", "What is switched on", _ -> features()),
        Route.get("/api/v1/notifications", "What an operator should know now", _ -> nothing()),
        Route.get(
            "/api/v1/notifications/live", "The same as a stream; not kept up", _ -> noStream()));
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

  private Answer tsdb(Call call) {
    ServerFacts.Head head = facts.head(rows(call));
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
      table(out, "memoryInBytesByLabelName", head.bytesByLabel());
      table(out, "seriesCountByLabelValuePair", head.seriesByPair());
      out.end();
    });
  }

  /** How many rows each table may have; refused in Prometheus' words. */
  private static int rows(Call call) {
    String asked = call.param("limit").orElse("10");
    int rows;
    try {
      rows = Integer.parseInt(asked);
    } catch (NumberFormatException _) {
      rows = 0;
    }
    if (rows < 1) throw new Refusal.BadQuery("limit must be a positive number");
    if (rows > MOST_ROWS) throw new Refusal.BadQuery("limit must not exceed " + MOST_ROWS);
    return rows;
  }

  private static void table(JsonOut out, String name, List<ServerFacts.Row> rows)
      throws IOException {
    out.name(name).array();
    for (ServerFacts.Row row : rows) {
      out.object().field("name", row.name()).field("value", row.count()).end();
    }
    out.end();
  }

  private Answer blocks() {
    return ResultJson.success(out -> {
      out.object().name("blocks").array();
      for (ServerFacts.Block block : facts.blocks()) {
        out.object()
            .field("ulid", block.name())
            .field("minTime", block.minMs())
            .field("maxTime", block.maxMs() + 1) // the end is outside there
            .name("stats")
            .object()
            .field("numSamples", block.samples())
            .field("numSeries", block.series())
            .field("numBytes", block.bytes())
            .end()
            .name("compaction")
            .object()
            .field("level", 1)
            .field("sources", List.of(block.name()))
            .end()
            .field("version", 1)
            .end();
      }
      out.end().end();
    });
  }

  private Answer features() {
    return ResultJson.success(out -> Features.write(out, facts.experimental()));
  }

  private static Answer nothing() {
    return ResultJson.success(out -> out.array().end());
  }

  /** What Prometheus answers where it has as many listeners as it takes. */
  private static Answer noStream() {
    return Answer.empty(204);
  }

  private static Answer replay() {
    return ResultJson.success(
        out -> out.object().field("min", 0).field("max", 0).field("current", 0).end());
  }
}
