package io.oriel.server;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreStats;
import io.oriel.model.backend.MetricSink;
import io.oriel.receive.intake.Intake;
import io.oriel.receive.intake.Repair;
import io.oriel.server.http.oriel.OrielApi.IntakeCount;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where every sample goes in: repairs, and what stands behind them; and what was not kept there.
 */
final class WayIn {
  private final MetricSink kept;
  private final @Nullable Intake intake; // null where everything is taken as it comes
  private final MetricStore store;

  WayIn(MetricSink kept, boolean repair, MetricStore store, PrometheusRegistry registry) {
    this.kept = kept;
    this.intake = repair ? new Intake(kept) : null;
    this.store = store;
    if (intake != null) ReceiveMetrics.register(intake, registry);
  }

  MetricSink sink() {
    return intake == null ? kept : intake;
  }

  /** What was refused, dropped or changed since the start, by reason. */
  List<IntakeCount> counts() {
    MetricStoreStats stats = store.stats();
    var samples =
        stats.samplesRefused().entrySet().stream()
            .map(e -> new IntakeCount(e.getKey().label(), e.getKey().words(), e.getValue()));
    var series =
        stats.seriesRefused().entrySet().stream()
            .map(e ->
                new IntakeCount(
                    e.getKey(), "new series refused by limits." + e.getKey(), e.getValue()));
    return Stream.of(samples, series, repaired())
        .flatMap(each -> each)
        .sorted(Comparator.comparing(IntakeCount::reason))
        .toList();
  }

  private Stream<IntakeCount> repaired() {
    Intake repairing = intake;
    if (repairing == null) return Stream.empty();
    return Arrays.stream(Repair.values())
        .map(each -> new IntakeCount(each.label(), each.words(), repairing.repaired(each)))
        .filter(each -> each.count() > 0);
  }
}
