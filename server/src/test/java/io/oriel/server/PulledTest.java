package io.oriel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was measured here and not taken in is counted, since nobody sends it again. */
class PulledTest {
  @TempDir Path folder;

  private static void send(MetricSink sink, Clock clock, int samples) {
    try (var writer = sink.writer()) {
      for (int i = 0; i < samples; i++) {
        writer.sample(writer.series(Labels.of(Labels.NAME, "x", "i", "" + i)), clock.millis(), i);
      }
      writer.commit();
    }
  }

  @Test
  void samples_of_a_refused_batch_are_counted_by_the_reason_of_that_moment() throws Exception {
    var clock = new ManualClock(1_700_000_000_000L);
    Path data = folder.resolve("data");
    var reason = new AtomicReference<>("queue_full");
    try (var store = MetricStore.open(MetricStoreConfig.in(data), clock)) {
      var pulled = new Pulled(store.sink(), reason::get);
      send(pulled, clock, 3);
      Files.move(data, folder.resolve("elsewhere")); // nothing is taken in any more
      clock.advance(10_000);

      assertThatThrownBy(() -> send(pulled, clock, 2)).isInstanceOf(Refusal.Unavailable.class);
      assertThatThrownBy(() -> send(pulled, clock, 5)).isInstanceOf(Refusal.Unavailable.class);
      reason.set("queue_unavailable");
      assertThatThrownBy(() -> send(pulled, clock, 1)).isInstanceOf(Refusal.Unavailable.class);

      assertThat(pulled.lost()).isEqualTo(Map.of("queue_full", 7L, "queue_unavailable", 1L));
      Files.move(folder.resolve("elsewhere"), data);
    }
  }

  @Test
  void what_is_taken_is_not_counted() {
    Clock clock = Clock.system();
    try (var store = MetricStore.open(MetricStoreConfig.in(folder), clock)) {
      var pulled = new Pulled(store.sink(), () -> "queue_full");

      send(pulled, clock, 3);

      assertThat(pulled.lost()).isEqualTo(Map.of());
      assertThat(store.stats().samplesAppended()).isEqualTo(3);
    }
  }
}
