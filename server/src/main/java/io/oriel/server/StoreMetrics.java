package io.oriel.server;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreStats;
import io.oriel.model.backend.Receipt;
import io.oriel.model.limit.Limit;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What the metrics store holds and has done, as metrics of Oriel. */
final class StoreMetrics {
  private static final int MOST_JOBS = 100;
  private static final List<Limit> SERIES_LIMITS =
      List.of(
          Limit.SERIES,
          Limit.SERIES_LABEL_BYTES,
          Limit.JOB_SERIES,
          Limit.LABELS_PER_SERIES,
          Limit.LABEL_NAME_BYTES,
          Limit.LABEL_VALUE_BYTES);

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
    metrics.gauge(
        "oriel_out_of_order_waiting",
        "Out-of-order samples that wait for a block, histograms by their size.",
        s -> s.outOfOrder().waiting());
    metrics.outOfOrder();
    metrics.refusedSeries();
    metrics.jobs();
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

  private void outOfOrder() {
    CounterWithCallback.builder()
        .name("oriel_out_of_order_samples_total")
        .help("Samples taken in behind newer ones of their series.")
        .labelNames("type")
        .callback(out -> {
          MetricStoreStats.OutOfOrder taken = store.stats().outOfOrder();
          out.call((double) taken.floats(), "float");
          out.call((double) taken.histograms(), "histogram");
        })
        .register(registry);
  }

  /**
   * Of each limit that a series can break there is a row, so that a rate sees the first refusal.
   */
  private void refusedSeries() {
    CounterWithCallback.builder()
        .name("oriel_series_refused_total")
        .help("New series that were not taken in, by the limit that they broke.")
        .labelNames("reason")
        .callback(out -> {
          var counts = new TreeMap<String, Long>();
          SERIES_LIMITS.forEach(limit -> counts.put(limit.key(), 0L));
          counts.putAll(store.stats().seriesRefused());
          counts.forEach((reason, count) -> out.call(count, reason));
        })
        .register(registry);
  }

  /** The label is not {@code job}: that one says whose series this is. */
  private void jobs() {
    GaugeWithCallback.builder()
        .name("oriel_job_series")
        .help("Series in the head, of the jobs with most.")
        .labelNames("scrape_job")
        .callback(
            out -> store.jobs(MOST_JOBS).forEach(job -> out.call((double) job.series(), job.job())))
        .register(registry);
    CounterWithCallback.builder()
        .name("oriel_job_series_refused_total")
        .help("New series that were not taken in since their job has as many as it may.")
        .labelNames("scrape_job", "growing_label")
        .callback(out ->
            store.jobs(MOST_JOBS).stream()
                .filter(job -> job.refused() > 0)
                .forEach(job -> out.call((double) job.refused(), job.job(), job.growingLabel())))
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
