package io.oriel.server;

import io.oriel.engines.prometheus.Destination;
import io.oriel.engines.prometheus.EngineConfig;
import io.oriel.engines.prometheus.OutStats;
import io.oriel.engines.prometheus.PrometheusEngine;
import io.oriel.engines.prometheus.RemoteWriteOut;
import io.oriel.engines.prometheus.Tee;
import io.oriel.model.Clock;
import io.oriel.model.backend.MetricSink;
import io.oriel.server.config.OrielConfig;
import io.oriel.server.config.OutConfig;
import io.oriel.server.config.StorageConfig;
import io.oriel.server.http.oriel.OrielApi.IntakeCount;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.queue.QueueBounds;
import io.oriel.storage.wal.SyncPolicy;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What leaves this Oriel: copies to each remote write, and all of it where an engine stands. */
final class Sending implements AutoCloseable {
  private final List<RemoteWriteOut> copies = new ArrayList<>();
  private final Optional<PrometheusEngine> engine;
  private Optional<Pulled> pulled = Optional.empty();

  private Sending(
      OrielConfig config, Optional<EngineConfig> engine, List<Destination> to, Clock clock) {
    OutConfig out = config.out();
    this.engine =
        engine.map(each -> PrometheusEngine.start(each, ground(config, clock, out.engineQueue())));
    try {
      for (Destination each : to) {
        copies.add(RemoteWriteOut.start(each, ground(config, clock, out.copies())));
      }
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /**
   * Begins to send what waits from an earlier run.
   *
   * @throws io.oriel.model.limit.Refusal.CannotStart when a queue can't be used
   */
  static Sending start(OrielConfig config, Clock clock, PrometheusRegistry registry) {
    OutConfig out = config.out();
    return new Sending(config, out.engine(), out.remoteWrites(), clock).counted(registry);
  }

  /**
   * The same where nothing is kept here, also by no engine: all goes to these and to the remote
   * writes of the prometheus.yml that is followed.
   */
  static Sending push(
      OrielConfig config, List<Destination> to, Clock clock, PrometheusRegistry registry) {
    var all = new ArrayList<>(config.out().remoteWrites());
    all.addAll(to);
    return new Sending(config, Optional.empty(), all, clock).counted(registry);
  }

  private Sending counted(PrometheusRegistry registry) {
    if (!all().isEmpty()) register(registry);
    return this;
  }

  private static RemoteWriteOut.Ground ground(OrielConfig config, Clock clock, QueueBounds bounds) {
    StorageConfig storage = config.storage();
    return new RemoteWriteOut.Ground(
        Disk.real(),
        storage.folder().resolve("queue"),
        bounds,
        switch (storage.sync()) {
          case ALWAYS -> SyncPolicy.ALWAYS;
          case INTERVAL -> new SyncPolicy.Interval(storage.syncInterval());
        },
        config.limits(),
        clock,
        RandomGenerator.getDefault(),
        "Oriel/" + Version.current());
  }

  /** Where every sample goes: the store or the engine, and to each copy beside it. */
  MetricSink beside(MetricSink store) {
    return Tee.of(engine.map(PrometheusEngine::sink).orElse(store), copies);
  }

  /**
   * What measures here hands over by this sink, so that what an engine's queue does not take is
   * counted as lost; the store counts for itself.
   */
  MetricSink pulling(MetricSink wayIn) {
    if (engine.isEmpty()) return wayIn;
    var counting = new Pulled(wayIn, () -> EngineFacts.reason(engine.get()));
    pulled = Optional.of(counting);
    return counting;
  }

  /** Samples measured here that the engine's queue did not take, by reason. */
  Map<String, Long> lost() {
    return pulled.map(Pulled::lost).orElse(Map.of());
  }

  /** What the engine, or what stands before it, did not keep. */
  Stream<IntakeCount> counts() {
    return engine.stream().flatMap(each -> EngineFacts.counts(each, lost()));
  }

  /** Samples that were taken in for the engine; empty without one. */
  OptionalLong taken() {
    return engine.map(each -> OptionalLong.of(each.stats().queued())).orElse(OptionalLong.empty());
  }

  /** The engine in the store's place, if there is one. */
  Optional<PrometheusEngine> engine() {
    return engine;
  }

  /**
   * Why nothing goes in to the engine, empty while it does. A copy whose queue is gone is none of
   * this: the store or the engine keeps what it misses.
   */
  Optional<String> engineLost() {
    return engine.flatMap(PrometheusEngine::lost);
  }

  /** How it stands with what leaves, one for each receiver. */
  List<OutStats> all() {
    var all = new ArrayList<OutStats>();
    engine.ifPresent(each -> all.add(each.stats()));
    copies.forEach(each -> all.add(each.stats()));
    return all;
  }

  private void register(PrometheusRegistry registry) {
    counter(registry, "samples", "Samples that receivers took.", OutStats::sent);
    counter(registry, "exemplars", "Exemplars that receivers took.", OutStats::exemplars);
    counter(registry, "requests", "Requests sent.", OutStats::requests);
    counter(registry, "retries", "Requests that are sent again.", OutStats::retries);
    counter(registry, "sent_bytes", "Bytes of requests' bodies.", OutStats::sentBytes);
    byReason(registry, "failed_samples", "Samples refused for good.", OutStats::failed);
    byReason(registry, "dropped_samples", "Samples that were never sent.", OutStats::dropped);
    gauge(registry, "pending_bytes", "Bytes that wait in the queue.", OutStats::pendingBytes);
    gauge(registry, "queue_bytes", "Bytes that the queue may hold.", OutStats::mostBytes);
    gauge(registry, "shards", "Ways on which samples leave side by side.", OutStats::shards);
    gauge(
        registry,
        "newest_sent_timestamp_seconds",
        "Time of the newest sample that was taken.",
        stats -> stats.newestMs() / 1e3);
    gauge(
        registry,
        "lag_seconds",
        "How far the newest sample that was taken is behind now; 0 where nothing waits.",
        stats -> stats.lagMs() / 1e3);
    if (engine.isPresent()) lost(registry);
    gauge(
        registry, "up", "1 while the receiver answers.", stats -> stats.downSinceMs() == 0 ? 1 : 0);
  }

  private void lost(PrometheusRegistry registry) {
    CounterWithCallback.builder()
        .name("oriel_intake_lost_samples_total")
        .help("Samples measured here that the engine's queue did not take, by reason.")
        .labelNames("reason")
        .callback(out -> lost().forEach((reason, count) -> out.call((double) count, reason)))
        .register(registry);
  }

  private void counter(
      PrometheusRegistry registry, String name, String help, ToDoubleFunction<OutStats> value) {
    CounterWithCallback.builder()
        .name("oriel_remote_write_" + name + "_total")
        .help(help)
        .labelNames("name")
        .callback(out -> all().forEach(each -> out.call(value.applyAsDouble(each), each.name())))
        .register(registry);
  }

  private void gauge(
      PrometheusRegistry registry, String name, String help, ToDoubleFunction<OutStats> value) {
    GaugeWithCallback.builder()
        .name("oriel_remote_write_" + name)
        .help(help)
        .labelNames("name")
        .callback(out -> all().forEach(each -> out.call(value.applyAsDouble(each), each.name())))
        .register(registry);
  }

  private void byReason(
      PrometheusRegistry registry,
      String name,
      String help,
      Function<OutStats, Map<String, Long>> counts) {
    CounterWithCallback.builder()
        .name("oriel_remote_write_" + name + "_total")
        .help(help)
        .labelNames("name", "reason")
        .callback(out ->
            all()
                .forEach(each ->
                    counts
                        .apply(each)
                        .forEach((reason, count) -> out.call((double) count, each.name(), reason))))
        .register(registry);
  }

  /** What was accepted and not sent is sent after the next start. */
  @Override
  public void close() {
    copies.forEach(RemoteWriteOut::close);
    engine.ifPresent(PrometheusEngine::close);
  }
}
