package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code storage.max_bytes} is about all of the store's folder, not about its blocks alone. */
@Timeout(60)
class RetentionBySizeTest {
  private static final long T0 = 1_700_000_000_000L / 7_200_000 * 7_200_000;
  private static final long MOST = 1 << 20;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(T0);
  private final Random random = new Random(4);

  private long bytes(String below) {
    try (Stream<Path> all = Files.walk(folder.resolve("metrics").resolve(below))) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Noise, so that neither log nor block can make it smaller: 8 bytes a sample, at least. */
  private void append(MetricWriter writer, int samples) {
    long series = writer.series(Labels.of(Labels.NAME, "noise"));
    for (int i = 0; i < samples; i++) {
      clock.advance(1);
      writer.sample(series, clock.millis(), random.nextGaussian());
    }
    writer.commit();
  }

  @Test
  void the_log_and_the_checkpoint_count_as_blocks_do() throws Exception {
    var config = MetricStoreConfig.in(folder).withFreeBytes(0).withMaxBytes(MOST);
    try (var store = MetricStore.open(config, clock);
        MetricWriter writer = store.sink().writer()) {
      for (int block = 0; block < 3; block++) {
        append(writer, 25_000);
        store.cutBlock();
      }
      clock.awaitSleepers(1);
      clock.advance(5_000);
      clock.awaitSleepers(1);
      assertThat(store.stats().blocks()).hasSize(3);
      assertThat(bytes("blocks")).isBetween(MOST / 2, MOST);

      append(writer, 60_000); // in the log
      while (store.stats().blocks().size() == 3) {
        clock.awaitSleepers(1);
        clock.advance(5_000);
      }

      assertThat(store.stats().blocks()).isNotEmpty();
      assertThat(bytes("blocks")).isLessThan(MOST / 2);
      assertThat(bytes("wal")).isGreaterThan(MOST / 2);
    }
  }
}
