package io.oriel.server.self;

import io.oriel.collect.Collector;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.Route;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.jspecify.annotations.Nullable;

/** The registry of what Oriel counts of itself, and the two ways it is told. */
public final class SelfMetrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private @Nullable ExpositionFormats
      formats; // made when first asked for, as are the JVM's metrics
  private boolean jvm;

  public SelfMetrics(String version) {
    Info info =
        Info.builder()
            .name("oriel_build_info")
            .help("Which Oriel this is; the value is always 1.")
            .labelNames("version", "java")
            .register(registry);
    info.addLabelValues(version, Runtime.version().toString());
  }

  /** Where each part declares what it counts. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /** GET /metrics, as text 0.0.4 or OpenMetrics, as the asker prefers. */
  public Route route() {
    return Route.get("/metrics", "What Oriel counts of itself", this::answer);
  }

  /** Writes the same into the own store. */
  public Collector collector() {
    return new SelfCollector(this::scrape);
  }

  private Answer answer(Call call) {
    ExpositionFormatWriter writer = writer(call.header("Accept").orElse(""));
    MetricSnapshots snapshots = scrape();
    return Answer.of(200, writer.getContentType(), out -> writer.write(out, snapshots));
  }

  /** OpenMetrics where it is asked for, else text; protobuf is not offered. */
  private synchronized ExpositionFormatWriter writer(String accept) {
    if (formats == null) formats = ExpositionFormats.init();
    ExpositionFormatWriter open = formats.getOpenMetricsTextFormatWriter();
    return open.accepts(accept) ? open : formats.getPrometheusTextFormatWriter();
  }

  private MetricSnapshots scrape() {
    withJvm();
    return registry.scrape();
  }

  /** The JVM's own metrics cost memory and time at the start, so they come with the first asker. */
  private synchronized void withJvm() {
    if (!jvm) JvmMetrics.builder().register(registry);
    jvm = true;
  }
}
