package io.oriel.server.http.prometheus;

import io.oriel.model.backend.TargetStatus;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.JsonOut;
import io.oriel.server.http.Route;
import io.oriel.server.http.Targets;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Scrape targets as Prometheus shows them. Collectors are no targets to its clients. */
final class TargetsApi {
  private final Targets targets;

  TargetsApi(Targets targets) {
    this.targets = targets;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/targets", "Scrape targets and how they are", this::targets),
        Route.get("/api/v1/scrape_pools", "The jobs that have targets", _ -> pools()));
  }

  private Answer targets(Call call) {
    String state = call.param("state").orElse("any").toLowerCase(Locale.ROOT);
    String pool = call.param("scrapePool").orElse("");
    boolean active = !state.equals("dropped");
    boolean dropped = !state.equals("active");
    var shown = scraped().stream().filter(t -> pool.isEmpty() || t.pool().equals(pool)).toList();
    var gone =
        targets.dropped().stream().filter(t -> pool.isEmpty() || t.pool().equals(pool)).toList();
    return ResultJson.success(out -> {
      out.object().name("activeTargets").array();
      if (active) for (TargetStatus target : shown) write(out, target);
      out.end().name("droppedTargets").array();
      if (dropped) for (Targets.Dropped target : gone) write(out, target);
      out.end().name("droppedTargetCounts").object();
      for (var count : counts(gone).entrySet()) out.field(count.getKey(), count.getValue());
      out.end().end();
    });
  }

  private static Map<String, Long> counts(List<Targets.Dropped> dropped) {
    return dropped.stream()
        .collect(Collectors.groupingBy(Targets.Dropped::pool, TreeMap::new, Collectors.counting()));
  }

  private List<TargetStatus> scraped() {
    return targets.all().stream().filter(t -> t.kind() == TargetStatus.Kind.SCRAPE).toList();
  }

  private static void write(JsonOut out, TargetStatus target) throws IOException {
    out.object().name("discoveredLabels");
    map(out, target.discovered());
    out.name("labels");
    ResultJson.labels(out, target.labels());
    out.field("scrapePool", target.pool())
        .field("scrapeUrl", target.where())
        .field("globalUrl", target.where())
        .field("lastError", target.error())
        .field("lastScrape", rfc3339(target.lastMs()))
        .field("lastScrapeDuration", target.tookNanos() / 1e9)
        .field("health", target.health().name().toLowerCase(Locale.ROOT))
        .field("scrapeInterval", DurationText.of(target.intervalMs()))
        .field("scrapeTimeout", DurationText.of(target.timeoutMs()))
        .end();
  }

  private static void write(JsonOut out, Targets.Dropped target) throws IOException {
    out.object().name("discoveredLabels");
    map(out, target.labels());
    out.field("scrapePool", target.pool()).end();
  }

  private static void map(JsonOut out, Map<String, String> map) throws IOException {
    out.object();
    for (var entry : new TreeMap<>(map).entrySet()) out.field(entry.getKey(), entry.getValue());
    out.end();
  }

  /** Go's zero time stands for "never". */
  private static String rfc3339(long ms) {
    return ms == 0 ? "0001-01-01T00:00:00Z" : Instant.ofEpochMilli(ms).toString();
  }

  private Answer pools() {
    List<String> pools = scraped().stream().map(TargetStatus::pool).distinct().sorted().toList();
    return ResultJson.success(out -> out.object().field("scrapePools", pools).end());
  }
}
