package io.oriel.server;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreStats;
import io.oriel.model.backend.Receipt;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.ToDoubleFunction;

/** What the metrics store holds and has done, as metrics of Oriel. */
final class StoreMetrics {
  private final MetricStore store;
  private final PrometheusRegistry registry;

  private StoreMetrics(MetricStore store, PrometheusRegistry registry) {
    this.store = store;
    this.registry = registry;
  }

  static void register(MetricStore store, PrometheusRegistry registry) {
    var metrics = new StoreMetrics(store, registry);
    metrics.gauge("oriel_series", "Series in the head of the metrics store.", s -> s.series());
    metrics.gauge("oriel_head_bytes", "Bytes of memory for samples.", s -> s.headBytes());
    metrics.gauge("oriel_head_chunks", "Sealed chunks in the head.", s -> s.headChunks());
    metrics.gauge("oriel_blocks", "Blocks on disk.", s -> s.blocks().size());
    metrics.gauge("oriel_block_bytes", "Bytes of blocks on disk.", s -> s.blockBytes());
    metrics.gauge("oriel_wal_bytes", "Bytes logged since the last checkpoint.", s -> s.walBytes());
    metrics.counter("oriel_samples_total", "Samples taken in.", s -> s.samplesAppended());
    metrics.counter(
        "oriel_series_refused_total",
        "New series refused, since there are too many.",
        s -> s.seriesRefused());
    metrics.refused();
  }

  private void gauge(String name, String help, ToDoubleFunction<MetricStoreStats> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(out -> out.call(value.applyAsDouble(store.stats())))
        .register(registry);
  }

  private void counter(String name, String help, ToDoubleFunction<MetricStoreStats> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(out -> out.call(value.applyAsDouble(store.stats())))
        .register(registry);
  }

  private void refused() {
    CounterWithCallback.builder()
        .name("oriel_samples_refused_total")
        .help("Samples that were not taken in, by reason.")
        .labelNames("reason")
        .callback(out -> {
          var refused = store.stats().samplesRefused();
          for (Receipt.Reason reason : Receipt.Reason.values()) {
            out.call(refused.getOrDefault(reason, 0L), reason.label());
          }
        })
        .register(registry);
  }
}
