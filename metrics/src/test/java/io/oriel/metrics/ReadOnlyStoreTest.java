package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.testing.FaultyDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Below the floor of free disk nothing is taken in, and all else goes on: questions, retention,
 * merging, cutting. When there is room again, so does intake, by itself.
 */
@Timeout(60)
class ReadOnlyStoreTest {
  private static final long T0 = 1_700_000_000_000L / 7_200_000 * 7_200_000;
  private static final long FLOOR = 1 << 20;
  private static final Labels UP = Labels.of("__name__", "up", "job", "node");

  private final FaultyDisk disk = new FaultyDisk(3);
  private final ManualClock clock = new ManualClock(T0);
  private MetricStore store;
  private MetricWriter writer;

  @BeforeEach
  void four_blocks_and_a_head_on_a_disk_that_is_nearly_full() throws Exception {
    var config = MetricStoreConfig.in(Path.of("/data")).withFreeBytes(FLOOR);
    disk.setFreeBytes(1 << 30);
    store = MetricStore.open(config, clock, disk);
    writer = store.sink().writer();
    for (int block = 0; block < 4; block++) {
      clock.advance(7_200_000);
      append(clock.millis(), block);
      store.cutBlock();
    }
    append(clock.millis() + 1, 4);
    disk.setFreeBytes(FLOOR / 2);
    clock.advance(1_000); // the disk is asked once a second
  }

  @AfterEach
  void close() {
    writer.close();
    store.close();
  }

  private void append(long timeMs, double value) {
    writer.sample(writer.series(UP), timeMs, value);
    writer.commit();
  }

  private int samples() {
    return Samples.all(store.source()).getOrDefault(UP, new TreeMap<>()).size();
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      clock.awaitSleepers(1);
      clock.advance(5_000);
    }
  }

  private void isReadOnly() {
    assertThatThrownBy(() -> append(clock.millis(), 9))
        .isInstanceOf(Refusal.Unavailable.class)
        .hasMessageContaining("less than the floor of 1 MiB");
  }

  @Test
  void questions_are_answered() {
    isReadOnly();

    assertThat(samples()).isEqualTo(5);
  }

  @Test
  void blocks_are_merged_and_lose_nothing() throws Exception {
    isReadOnly();

    await(() -> store.stats().blocks().size() < 4);

    assertThat(samples()).isEqualTo(5);
    isReadOnly();
  }

  @Test
  void the_head_is_cut_and_what_is_deleted_is_deleted() throws Exception {
    isReadOnly();

    long newestMs = clock.millis() - 1_000 + 1; // what the head holds
    store.cutBlock();
    store.delete(List.of(List.of(Matcher.equal("job", "node"))), new TimeRange(0, T0 + 7_200_000));

    assertThat(samples()).isEqualTo(4);
    assertThat(store.stats().blocks()) // however many: they may be merged meanwhile
        .anyMatch(block -> block.range().endMs() == newestMs);
  }

  @Test
  void what_is_too_old_goes_and_gives_its_room_back() throws Exception {
    isReadOnly();

    clock.advance(Duration.ofDays(16).toMillis());
    await(() -> store.stats().blocks().isEmpty());
    isReadOnly();
  }

  @Test
  void intake_goes_on_by_itself_when_there_is_room() throws Exception {
    isReadOnly();

    disk.setFreeBytes(1 << 30);
    clock.advance(1_000);
    append(clock.millis(), 5);

    assertThat(samples()).isEqualTo(6);
  }
}
