package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.Rows.Row;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.testing.FaultyDisk;
import io.oriel.storage.wal.SyncPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The lights go out at the first write of a piece of work, at the second, and so on until it is
 * done: each time all that was acknowledged is there once, and the work can be done again.
 */
class CutAtEveryWriteTest {
  private static final long HOUR_MS = 3_600_000;
  private static final int LATE = 40; // of a batch
  private static final long T0 = 80_000 * 6 * HOUR_MS; // where a span of six hours begins

  private final ManualClock clock = new ManualClock(T0 + 8 * HOUR_MS);
  private final MetricStoreConfig config =
      MetricStoreConfig.in(Path.of("/data"))
          .withFreeBytes(0)
          .withSync(SyncPolicy.ALWAYS)
          .withOutOfOrderWindow(Duration.ofHours(50))
          .withRetention(Duration.ofHours(100));
  private int cuts;

  private interface Work {
    void run(MetricStore store) throws IOException;
  }

  @Test
  void a_merge_of_blocks_can_be_cut_anywhere() throws IOException {
    cutEverywhere(true, MetricStore::mergeBlocks);
  }

  @Test
  void a_cut_of_the_head_can_be_cut_anywhere() throws IOException {
    cutEverywhere(false, MetricStore::cutBlock);
  }

  @Test
  void a_checkpoint_can_be_cut_anywhere() throws IOException {
    cutEverywhere(false, MetricStore::checkpoint);
  }

  @Test
  void a_cut_of_late_samples_alone_can_be_cut_anywhere() throws IOException {
    cutEverywhere(true, MetricStore::cutBlock);
  }

  @Test
  void a_deletion_that_makes_late_samples_a_block_first_can_be_cut_anywhere() throws IOException {
    List<List<Matcher>> nothing = List.of(List.of(Matcher.equal("__name__", "nothing")));
    cutEverywhere(true, store -> store.delete(nothing, TimeRange.ALWAYS));
  }

  @Test
  void late_samples_that_come_in_are_there_or_not_wherever_they_are_cut() throws IOException {
    boolean done = false;
    for (int changes = 0; !done; changes++) {
      var disk = new FaultyDisk(changes);
      MetricStore store = MetricStore.open(config, clock, disk);
      fill(store);
      disk.goDarkAfter(changes);
      int before = sizeOf(store);
      int acknowledged = 0;
      try {
        for (int batch = 1; batch < 4; batch++) {
          fillLate(store, batch);
          acknowledged = batch;
        }
        done = true;
      } catch (Refusal.Unavailable _) {
        cuts++;
      }
      disk.losePower();
      closeDead(store);

      try (var again = MetricStore.open(config, clock, disk)) {
        assertThat(sizeOf(again) - before)
            .as("cut after %s changes", changes)
            .isGreaterThanOrEqualTo(acknowledged * LATE)
            .isLessThanOrEqualTo(3 * LATE);
        for (int batch = 1; batch < 4; batch++) fillLate(again, batch);
        assertThat(sizeOf(again) - before).isEqualTo(3 * LATE);
      }
    }
    assertThat(cuts).isGreaterThan(2);
  }

  private static int sizeOf(MetricStore store) {
    return all(store).values().stream().mapToInt(Map::size).sum();
  }

  @Test
  void a_snapshot_that_is_cut_anywhere_is_whole_or_not_there() throws IOException {
    cutEverywhere(false, store -> store.snapshot(Path.of("/copy")));
  }

  private void cutEverywhere(boolean fromBlocks, Work work) throws IOException {
    boolean done = false;
    for (int changes = 0; !done; changes++) done = cutAfter(changes, fromBlocks, work);
    assertThat(cuts).isGreaterThan(8); // so it was cut
  }

  /** Returns whether the work was done before the lights went out. */
  private boolean cutAfter(int changes, boolean fromBlocks, Work work) throws IOException {
    var disk = new FaultyDisk(changes);
    MetricStore store = MetricStore.open(config, clock, disk);
    fill(store);
    if (fromBlocks) store.cutBlock();
    fillLate(store, 1);
    Map<Labels, ? extends Map<Long, Row>> all = all(store);
    disk.goDarkAfter(changes);
    boolean done = tried(store, work);
    if (!done) cuts++;
    disk.losePower();
    closeDead(store);

    if (disk.exists(Path.of("/copy/metrics"))) {
      try (var copy = MetricStore.open(in("/copy"), clock, disk)) {
        assertThat(all(copy)).as("cut after %s changes", changes).isEqualTo(all);
      }
      disk.deleteTree(Path.of("/copy"));
    }
    try (var again = MetricStore.open(config, clock, disk)) {
      assertThat(all(again)).as("cut after %s changes", changes).isEqualTo(all);
      work.run(again);
      assertThat(all(again)).as("cut after %s changes", changes).isEqualTo(all);
    }
    try (var last = MetricStore.open(config, clock, disk)) {
      assertThat(all(last)).as("cut after %s changes", changes).isEqualTo(all);
    }
    return done;
  }

  /** Without hints: where a block ends with a late histogram, the next one's is doubted. */
  private static Map<Labels, ? extends Map<Long, Row>> all(MetricStore store) {
    var rows = Rows.all(store.source());
    rows.values().forEach(its -> its.replaceAll((_, row) -> row.withHint(null)));
    return rows;
  }

  private MetricStoreConfig in(String folder) {
    return MetricStoreConfig.in(Path.of(folder)).withFreeBytes(0).withRetention(config.retention());
  }

  private static boolean tried(MetricStore store, Work work) {
    try {
      work.run(store);
      return true;
    } catch (IOException | java.io.UncheckedIOException | Refusal.Unavailable expected) {
      return false;
    }
  }

  /** Its files are dead, so it may have something to say. */
  private static void closeDead(MetricStore store) {
    try {
      store.close();
    } catch (Refusal | IllegalStateException | java.io.UncheckedIOException expected) {
      assertThat(expected).isNotNull();
    }
  }

  /** Eight hours of floats and histograms: four blocks, three of which lie in one longer span. */
  private void fill(MetricStore store) {
    var random = new Random(1);
    var histograms = new RandomHistograms(random);
    try (var writer = store.sink().writer()) {
      for (long time = T0; time < T0 + 8 * HOUR_MS; time += HOUR_MS / 2) {
        for (int i = 0; i < 3; i++) {
          writer.sample(writer.series(Labels.of("__name__", "float" + i)), time, random.nextInt(9));
        }
        writer.histogram(writer.series(Labels.of("__name__", "native")), time, histograms.next());
        writer.commit();
      }
    }
  }

  /** Between the others, of the newest first; in one batch. */
  private static void fillLate(MetricStore store, int offset) {
    var random = new Random(2);
    var histograms = new RandomHistograms(random);
    try (var writer = store.sink().writer()) {
      for (int i = LATE / 2; i > 0; i--) {
        long time = T0 + i * HOUR_MS / 3 + offset;
        writer.sample(writer.series(Labels.of("__name__", "float1")), time, i);
        writer.histogram(writer.series(Labels.of("__name__", "native")), time, histograms.next());
      }
      writer.commit();
    }
  }
}
