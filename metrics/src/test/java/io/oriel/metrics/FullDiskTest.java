package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.testing.FaultyDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The disk is full for a moment: what was refused is as if never sent, what is said kept is kept.
 */
class FullDiskTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final Labels UP = Labels.of("__name__", "up", "job", "node");

  private final FaultyDisk disk = new FaultyDisk(7);
  private final ManualClock clock = new ManualClock(T0);
  private final MetricStoreConfig config = MetricStoreConfig.in(Path.of("/data")).withFreeBytes(0);
  private MetricStore store;
  private MetricWriter writer;

  @BeforeEach
  void open() {
    store = MetricStore.open(config, clock, disk);
    writer = store.sink().writer();
  }

  @AfterEach
  void close() {
    writer.close();
    store.close();
  }

  private void restart() {
    close();
    open();
  }

  private static Receipt append(MetricWriter to, long timeMs, double value) {
    to.sample(to.series(UP), timeMs, value);
    return to.commit();
  }

  private void appendIsRefused(MetricWriter to, long timeMs, double value) {
    assertThatThrownBy(() -> append(to, timeMs, value))
        .isInstanceOf(Refusal.Unavailable.class)
        .hasMessageContaining("No space left");
  }

  private Map<Long, Long> samples() {
    return Samples.all(store.source()).getOrDefault(UP, new TreeMap<>());
  }

  @Test
  void a_batch_that_is_sent_again_when_there_is_space_is_there_after_a_restart() {
    disk.setFreeBytes(0);
    appendIsRefused(writer, T0, 1);
    disk.setFreeBytes(1 << 20);

    assertThat(append(writer, T0, 1)).isEqualTo(Receipt.allKept(1));
    assertThat(append(writer, T0 + 15_000, 2)).isEqualTo(Receipt.allKept(1));

    restart();
    assertThat(samples()).containsOnlyKeys(T0, T0 + 15_000);
  }

  @Test
  void a_refused_batch_can_not_be_read_and_shuts_out_no_other_value() {
    append(writer, T0, 1);
    disk.setFreeBytes(0);
    appendIsRefused(writer, T0 + 1, 2);

    assertThat(samples()).containsOnlyKeys(T0);

    disk.setFreeBytes(1 << 20);
    assertThat(append(writer, T0 + 1, 3)).isEqualTo(Receipt.allKept(1));
    restart();
    assertThat(samples()).containsEntry(T0 + 1, Double.doubleToRawLongBits(3));
  }

  @Test
  void every_row_of_a_refused_batch_can_be_sent_again() {
    disk.setFreeBytes(0);
    for (int i = 0; i < 3; i++) writer.sample(writer.series(UP), T0 + i, i);
    assertThatThrownBy(() -> writer.commit()).isInstanceOf(Refusal.Unavailable.class);
    disk.setFreeBytes(1 << 20);

    for (int i = 0; i < 3; i++) writer.sample(writer.series(UP), T0 + i, i);

    assertThat(writer.commit()).isEqualTo(Receipt.allKept(3));
    restart();
    assertThat(samples()).containsOnlyKeys(T0, T0 + 1, T0 + 2);
  }

  @Test
  void metadata_that_was_refused_is_written_when_it_is_said_again() {
    var gauge = new MetricMetadata(MetricMetadata.Type.GAUGE, "Whether it is up.", "");
    disk.setFreeBytes(0);
    writer.metadata("up", gauge);
    assertThatThrownBy(() -> writer.commit()).isInstanceOf(Refusal.Unavailable.class);
    disk.setFreeBytes(1 << 20);

    writer.metadata("up", gauge);
    writer.commit();

    restart();
    assertThat(store.source().metadata("up", 0).get("up")).containsExactly(gauge);
  }

  @Test
  void a_series_that_one_writer_failed_to_name_is_named_by_the_next() {
    try (MetricWriter other = store.sink().writer()) {
      other.series(UP);
      disk.setFreeBytes(0);
      appendIsRefused(writer, T0, 1);
      disk.setFreeBytes(1 << 20);

      assertThat(append(other, T0 + 1, 2)).isEqualTo(Receipt.allKept(1));
    }

    restart();
    assertThat(samples()).containsOnlyKeys(T0 + 1);
  }

  @Test
  void of_two_writers_with_a_new_series_at_once_whoever_is_told_kept_is_kept() throws Exception {
    for (int round = 0; round < 50; round++) {
      long time = T0 + round;
      Labels labels = Labels.of("__name__", "round", "n", "" + round);
      disk.setFreeBytes(30 + round * 2); // for neither, one or both
      var start = new CountDownLatch(1);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor();
          MetricWriter other = store.sink().writer()) {
        Future<Boolean> first = threads.submit(() -> kept(start, writer, labels, time));
        Future<Boolean> second = threads.submit(() -> kept(start, other, labels, time));
        start.countDown();
        boolean firstKept = first.get();
        boolean wanted = second.get() || firstKept;
        disk.setFreeBytes(1 << 20);
        restart();
        boolean found = Samples.all(store.source()).containsKey(labels);
        assertThat(found).as("round %s", round).isEqualTo(wanted);
      }
    }
  }

  private static boolean kept(CountDownLatch start, MetricWriter to, Labels labels, long time)
      throws InterruptedException {
    start.await();
    try {
      to.sample(to.series(labels), time, 1);
      return to.commit().kept() == 1;
    } catch (Refusal.Unavailable e) {
      return false;
    }
  }

  @Test
  void a_checkpoint_after_a_full_disk_has_what_was_kept_and_nothing_else() throws IOException {
    append(writer, T0, 1);
    disk.setFreeBytes(0);
    appendIsRefused(writer, T0 + 1, 2);
    disk.setFreeBytes(1 << 20);

    store.checkpoint();

    restart();
    assertThat(samples()).containsOnlyKeys(T0);
  }
}
