package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockCompactionTest {
  private static final Labels UP = Labels.of("__name__", "up");
  private static final long HOUR_MS = 3_600_000;
  private static final long T0 = 80_000 * 6 * HOUR_MS; // where a span of six hours begins

  /** In blocks of two hours of their own; the last one shows that the six hours are over. */
  private static final List<Long> TIMES =
      List.of(T0, T0 + 2 * HOUR_MS, T0 + 4 * HOUR_MS, T0 + 6 * HOUR_MS);

  private final ManualClock clock = new ManualClock(T0 + 8 * HOUR_MS);
  @TempDir Path folder;

  @Test
  void blocks_of_a_span_that_is_over_become_one_with_all_their_samples() throws IOException {
    try (var store = filled()) {
      assertThat(store.stats().blocks()).hasSize(4);

      assertThat(store.mergeBlocks()).isTrue();

      assertThat(store.stats().blocks()).hasSize(2);
      assertThat(Samples.all(store.source()).get(UP)).containsOnlyKeys(TIMES);
      assertThat(store.mergeBlocks()).isFalse();
    }
    try (var again = open()) {
      assertThat(Samples.all(again.source()).get(UP)).containsOnlyKeys(TIMES);
    }
  }

  @Test
  void a_block_whose_index_is_damaged_is_kept_as_it_is_and_the_others_are_merged()
      throws IOException {
    Path damaged;
    try (var store = filled()) {
      String name = store.stats().blocks().getFirst().name();
      damaged = folder.resolve("metrics/blocks").resolve(name).resolve("index");
    }
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged, bytes);

    try (var store = open()) {
      store.mergeBlocks(); // finds the damage, where the store has not already found it by itself
      store.mergeBlocks();

      assertThat(store.stats().blocks()).hasSize(3);
      assertThat(Samples.all(store.source()).get(UP)).containsOnlyKeys(TIMES.subList(1, 4));
      assertThat(damaged).hasBinaryContent(bytes);
    }
  }

  private MetricStore filled() throws IOException {
    MetricStore store = open();
    try (var writer = store.sink().writer()) {
      for (long time : TIMES) {
        writer.sample(writer.series(UP), time, 1);
        writer.commit();
      }
    }
    store.cutBlock();
    return store;
  }

  private MetricStore open() {
    var config = MetricStoreConfig.in(folder).withFreeBytes(0).withRetention(Duration.ofHours(100));
    return MetricStore.open(config, clock);
  }
}
