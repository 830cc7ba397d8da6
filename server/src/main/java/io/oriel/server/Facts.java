package io.oriel.server;

import io.oriel.engines.prometheus.PrometheusEngine;
import io.oriel.metrics.MetricStore;
import io.oriel.model.Clock;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Refusal;
import io.oriel.server.config.OrielConfig;
import io.oriel.server.http.ServerFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What both APIs tell of this server. */
final class Facts implements ServerFacts {
  private final OrielConfig config;
  private final Clock clock;
  private final MetricStore store;
  private final Reloading reloading;
  private final Sending sending;
  private final long startedMs;
  private final String host = Host.name();

  Facts(OrielConfig config, Clock clock, MetricStore store, Sending sending, Reloading reloading) {
    this.sending = sending;
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
  public Map<String, String> externalLabels() {
    return reloading.current().scrape().externalLabels();
  }

  @Override
  public long lookbackMs() {
    return config.lookback().toMillis();
  }

  @Override
  public boolean experimental() {
    return config.experimental();
  }

  @Override
  public Head head(int rows) {
    return sending
        .engine()
        .map(engine -> EngineFacts.head(engine.head(rows)))
        .orElseGet(() -> HeadTally.of(store, rows));
  }

  @Override
  public Optional<String> engineUrl() {
    return sending.engine().map(PrometheusEngine::url);
  }

  @Override
  public Optional<Engine> engine() {
    return sending.engine().map(engine -> EngineFacts.of(engine, sending.lost()));
  }

  @Override
  public List<Job> jobs(int rows) {
    long warnAt = config.limits().of(Limit.JOB_SERIES_WARN);
    long budget = config.limits().of(Limit.JOB_SERIES);
    return store.jobs(rows).stream()
        .map(job ->
            new Job(
                job.job(),
                job.series(),
                warnAt,
                budget,
                job.refused(),
                job.created(),
                job.growingLabel(),
                job.newValues()))
        .toList();
  }

  @Override
  public Churn churn() {
    return new Churn(store.churn().created(), store.churn().removed());
  }

  @Override
  public List<Block> blocks() {
    engineUrl()
        .ifPresent(url -> {
          throw new Refusal.NotFound(
              "there are no blocks here: metrics are kept by the engine at " + url, "ask it there");
        });
    return store.stats().blocks().stream()
        .map(block ->
            new Block(
                block.name(),
                block.range().startMs(),
                block.range().endMs(),
                block.series(),
                block.samples(),
                block.bytes()))
        .toList();
  }
}
