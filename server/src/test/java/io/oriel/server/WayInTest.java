package io.oriel.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.server.http.oriel.OrielApi.IntakeCount;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was not kept as it came is counted where the page of targets reads it. */
class WayInTest {
  @TempDir Path folder;

  private WayIn wayInOf(MetricStore store, boolean repair) {
    return new WayIn(store.sink(), repair, store, new PrometheusRegistry());
  }

  private static void sendBlank(WayIn wayIn, Clock clock) {
    try (var writer = wayIn.sink().writer()) {
      long series = writer.series(Labels.of(Labels.NAME, "DCGM_FI_DEV_GPU_TEMP"));
      writer.sample(series, clock.millis(), 2_147_483_632.0);
      writer.commit();
    }
  }

  private static List<IntakeCount> counted(WayIn wayIn) {
    return wayIn.counts().stream().filter(each -> each.count() > 0).toList();
  }

  @Test
  void a_drivers_blank_is_counted_with_its_reason_in_words() {
    Clock clock = Clock.system();
    try (var store = MetricStore.open(MetricStoreConfig.in(folder), clock)) {
      WayIn wayIn = wayInOf(store, true);

      sendBlank(wayIn, clock);

      assertThat(counted(wayIn))
          .containsExactly(
              new IntakeCount(
                  "vendor_blank",
                  "a driver's number for: not known, not supported, not permitted",
                  1));
      assertThat(store.stats().samplesAppended()).isZero();
    }
  }

  @Test
  void without_repairs_everything_is_kept_as_it_comes() {
    Clock clock = Clock.system();
    try (var store = MetricStore.open(MetricStoreConfig.in(folder), clock)) {
      WayIn wayIn = wayInOf(store, false);

      sendBlank(wayIn, clock);

      assertThat(counted(wayIn)).isEmpty();
      assertThat(store.stats().samplesAppended()).isEqualTo(1);
    }
  }
}
