package io.oriel.server;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreStats;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.TimeRange;
import io.oriel.server.config.OrielConfig;
import io.oriel.server.http.ServerFacts;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What both APIs tell of this server. */
final class Facts implements ServerFacts {
  private static final int SHOWN = 10; // rows of each table, as Prometheus shows
  private static final int COUNTED = 100_000; // series looked at for the tables

  private final OrielConfig config;
  private final Clock clock;
  private final MetricStore store;
  private final Reloading reloading;
  private final long startedMs;
  private final String host = Host.name();

  Facts(OrielConfig config, Clock clock, MetricStore store, Reloading reloading) {
    this.config = config;
    this.clock = clock;
    this.store = store;
    this.reloading = reloading;
    this.startedMs = clock.millis();
  }

  @Override
  public String version() {
    return Version.current();
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public long startedMs() {
    return startedMs;
  }

  @Override
  public long nowMs() {
    return clock.millis();
  }

  @Override
  public long retentionMs() {
    return config.storage().retention().toMillis();
  }

  @Override
  public String scrapeYaml() {
    return reloading.scrapeYaml();
  }

  @Override
  public Map<String, String> flags() {
    return config.flags().asMap();
  }

  @Override
  public boolean lastReloadWorked() {
    return reloading.worked();
  }

  @Override
  public long lastReloadMs() {
    return reloading.lastMs();
  }

  @Override
  public Head head() {
    MetricStoreStats stats = store.stats();
    TimeRange range = stats.headRange();
    var valuesByLabel = new HashMap<String, Long>();
    long pairs = 0;
    for (String label : store.source().labelNames(List.of(), TimeRange.ALWAYS, 0)) {
      long values = store.source().labelValues(label, List.of(), TimeRange.ALWAYS, 0).size();
      valuesByLabel.put(label, values);
      pairs += values;
    }
    return new Head(
        stats.series(),
        pairs,
        stats.headChunks(),
        range == null ? 0 : range.startMs(),
        range == null ? 0 : range.endMs(),
        most(seriesByMetric()),
        most(valuesByLabel));
  }

  private Map<String, Long> seriesByMetric() {
    var counts = new HashMap<String, Long>();
    for (Labels series : store.source().series(List.of(), TimeRange.ALWAYS, COUNTED)) {
      counts.merge(series.metricName(), 1L, Long::sum);
    }
    return counts;
  }

  private static Map<String, Long> most(Map<String, Long> counts) {
    var most = new LinkedHashMap<String, Long>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(SHOWN)
        .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
    return most;
  }
}
