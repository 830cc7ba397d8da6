package io.oriel.server;

import io.oriel.receive.intake.Intake;
import io.oriel.receive.intake.Repair;
import io.oriel.receive.otlp.OtlpMetrics;
import io.oriel.receive.remotewrite.RemoteWrite;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What came in, as metrics of Oriel. */
final class ReceiveMetrics {
  private static final String PROTOCOL = "remote_write";
  private static final String OTLP = "otlp";

  private ReceiveMetrics() {}

  static void register(Intake intake, PrometheusRegistry registry) {
    CounterWithCallback.builder()
        .name("oriel_intake_repairs_total")
        .help(
            "Samples and labels that were dropped or changed because they say nothing as they came, by reason.")
        .labelNames("reason")
        .callback(out -> {
          for (Repair each : Repair.values()) {
            out.call((double) intake.repaired(each), each.label());
          }
        })
        .register(registry);
  }

  static void register(RemoteWrite remoteWrite, OtlpMetrics otlp, PrometheusRegistry registry) {
    CounterWithCallback.builder()
        .name("oriel_receive_samples_total")
        .help("Pushed samples that were kept.")
        .labelNames("protocol")
        .callback(out -> {
          out.call((double) remoteWrite.kept(), PROTOCOL);
          out.call((double) otlp.kept(), OTLP);
        })
        .register(registry);
    CounterWithCallback.builder()
        .name("oriel_receive_refused_samples_total")
        .help("Pushed samples that were not kept, by reason.")
        .labelNames("protocol", "reason")
        .callback(out -> {
          remoteWrite
              .refused()
              .forEach((reason, count) -> out.call((double) count, PROTOCOL, reason));
          otlp.refused().forEach((reason, count) -> out.call((double) count, OTLP, reason));
        })
        .register(registry);
    GaugeWithCallback.builder()
        .name("oriel_receive_known_series")
        .help("Pushed series whose labels need not be read again.")
        .labelNames("protocol")
        .callback(out -> out.call(remoteWrite.knownSeries(), PROTOCOL))
        .register(registry);
    GaugeWithCallback.builder()
        .name("oriel_receive_delta_series")
        .help("Series that come as differences and are summed up.")
        .labelNames("protocol")
        .callback(out -> out.call(otlp.deltaSeries(), OTLP))
        .register(registry);
  }
}
