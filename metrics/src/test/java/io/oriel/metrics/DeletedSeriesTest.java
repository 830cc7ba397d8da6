package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.metrics.inspect.StoredMetrics;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletedSeriesTest {
  private static final Labels UP = Labels.of("__name__", "up");
  private static final Labels DOWN = Labels.of("__name__", "down");
  private static final List<List<Matcher>> ONLY_UP =
      List.of(List.of(Matcher.equal("__name__", "up")));
  private static final long NOW = 1_700_000_000_000L;

  private final ManualClock clock = new ManualClock(NOW);
  @TempDir Path folder;
  private MetricStore store;

  @BeforeEach
  void open() {
    store = open(folder);
  }

  private MetricStore open(Path at) {
    return MetricStore.open(MetricStoreConfig.in(at).withFreeBytes(0), clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** What Prometheus 3.13 got wrong. */
  @Test
  void a_deleted_series_does_not_come_back_after_a_restart() throws IOException {
    append(NOW - 2);
    store.cutBlock();
    append(NOW - 1);

    store.delete(ONLY_UP, TimeRange.ALWAYS);

    assertThat(Samples.all(store.source())).containsOnlyKeys(DOWN);
    restart();
    assertThat(Samples.all(store.source())).containsOnlyKeys(DOWN);
    store.checkpoint();
    restart();
    assertThat(Samples.all(store.source())).containsOnlyKeys(DOWN);
    store.cutBlock();
    restart();
    assertThat(Samples.all(store.source())).containsOnlyKeys(DOWN);
    assertThat(store.source().series(ONLY_UP, TimeRange.ALWAYS, 0)).isEmpty();
  }

  @Test
  void only_the_time_that_is_named_is_deleted() throws IOException {
    for (long time = NOW - 10; time < NOW; time++) append(time);

    store.delete(ONLY_UP, new TimeRange(NOW - 9, NOW - 2));

    assertThat(Samples.all(store.source()).get(UP)).containsOnlyKeys(NOW - 10, NOW - 1);
    assertThat(Samples.all(store.source()).get(DOWN)).hasSize(10);
    store.cutBlock();
    assertThat(Samples.all(store.source()).get(UP)).containsOnlyKeys(NOW - 10, NOW - 1);
  }

  @Test
  void what_comes_in_after_a_deletion_is_kept_whatever_its_time() throws IOException {
    append(NOW - 1);
    store.cutBlock();
    store.delete(ONLY_UP, TimeRange.ALWAYS);

    append(NOW);
    try (BlockImport in = store.importer()) {
      var columns = new SampleColumns();
      columns.add(NOW - 1, 5);
      in.add(UP, columns);
      in.publish();
    }

    assertThat(Samples.all(store.source()).get(UP)).containsOnlyKeys(NOW - 1, NOW);
    restart();
    while (store.mergeBlocks()) assertThat(Samples.all(store.source())).hasSize(2);
    assertThat(Samples.all(store.source()).get(UP)).containsOnlyKeys(NOW - 1, NOW);
  }

  @Test
  void cleaning_takes_the_bytes_away_and_blocks_that_are_empty_then() throws IOException {
    append(NOW - 1);
    store.cutBlock();
    store.delete(ONLY_UP, TimeRange.ALWAYS);
    assertThat(store.stats().blocks().getFirst().samples()).isEqualTo(2);

    store.cleanTombstones();

    assertThat(store.stats().blocks().getFirst().samples()).isEqualTo(1);
    store.delete(List.of(List.of(Matcher.equal("__name__", "down"))), TimeRange.ALWAYS);
    store.cleanTombstones();
    assertThat(store.stats().blocks()).isEmpty();
    assertThat(Files.size(folder.resolve("metrics/tombstones"))).isEqualTo(14);
  }

  @Test
  void a_snapshot_lacks_what_is_deleted() throws IOException {
    append(NOW - 2);
    store.cutBlock();
    append(NOW - 1);
    store.delete(ONLY_UP, TimeRange.ALWAYS);

    store.snapshot(folder.resolve("copy"));

    try (var copy = open(folder.resolve("copy"))) {
      assertThat(Samples.all(copy.source())).containsOnlyKeys(DOWN);
    }
  }

  @Test
  void who_reads_the_files_from_outside_does_not_see_what_is_deleted() throws IOException {
    append(NOW - 2);
    store.cutBlock();
    append(NOW - 1);
    store.delete(ONLY_UP, TimeRange.ALWAYS);
    store.close();

    try (var stored = StoredMetrics.open(folder, Limits.NORMAL)) {
      assertThat(Samples.all(stored.source())).containsOnlyKeys(DOWN);
    }
  }

  @Test
  void a_damaged_list_of_deleted_series_stops_the_start() throws IOException {
    append(NOW - 1);
    store.delete(ONLY_UP, TimeRange.ALWAYS);
    store.close();
    Path file = folder.resolve("metrics/tombstones");
    byte[] bytes = Files.readAllBytes(file);
    bytes[9] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(this::open)
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("checksum differs");
    Files.delete(file);
    open();
    assertThat(Samples.all(store.source())).hasSize(2);
  }

  private void restart() {
    store.close();
    open();
  }

  private void append(long time) {
    try (var writer = store.sink().writer()) {
      writer.sample(writer.series(UP), time, 1);
      writer.sample(writer.series(DOWN), time, 1);
      assertThat(writer.commit().kept()).isEqualTo(2);
    }
  }
}
