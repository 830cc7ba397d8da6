package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockImportTest {
  private static final Labels UP = Labels.of("__name__", "up");
  private static final Labels DOWN = Labels.of("__name__", "down");
  private static final long NOW = 1_700_000_000_000L;
  private static final long DAY_MS = 86_400_000;

  private final ManualClock clock = new ManualClock(NOW);
  @TempDir Path folder;
  private MetricStore store;

  @BeforeEach
  void open() {
    store = MetricStore.open(MetricStoreConfig.in(folder).withFreeBytes(0), clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void what_is_imported_is_there_at_once_and_after_a_restart() throws IOException {
    try (BlockImport in = store.importer()) {
      in.add(DOWN, samples(NOW - 9 * DAY_MS, NOW - 1));
      in.add(UP, samples(NOW - 3 * DAY_MS));
      in.publish();
    }

    assertThat(Samples.all(store.source()).get(DOWN)).containsOnlyKeys(NOW - 9 * DAY_MS, NOW - 1);
    close();
    open();
    assertThat(Samples.all(store.source()).get(UP)).containsOnlyKeys(NOW - 3 * DAY_MS);
  }

  @Test
  void the_head_still_takes_samples_that_are_older_than_an_imported_block() throws IOException {
    try (BlockImport in = store.importer()) {
      in.add(UP, samples(NOW - 1));
      in.publish();
    }
    close();
    open();
    try (var writer = store.sink().writer()) {
      writer.sample(writer.series(UP), NOW - 60_000, 1);
      assertThat(writer.commit().kept()).isEqualTo(1);
    }

    assertThat(Samples.all(store.source()).get(UP)).containsOnlyKeys(NOW - 60_000, NOW - 1);
  }

  @Test
  void of_two_samples_of_one_time_the_one_in_the_head_is_kept_and_then_the_one_imported_later()
      throws IOException {
    try (var writer = store.sink().writer()) {
      writer.sample(writer.series(UP), NOW - 1, 1);
      writer.commit();
    }
    importOne(NOW - 1);
    assertThat(value(NOW - 1)).isEqualTo(1);
    store.cutBlock();
    assertThat(value(NOW - 1)).isEqualTo(1);
    while (store.mergeBlocks()) assertThat(value(NOW - 1)).isEqualTo(1);

    importOne(NOW - 1);

    assertThat(value(NOW - 1)).isEqualTo(7);
    while (store.mergeBlocks()) assertThat(value(NOW - 1)).isEqualTo(7);
    assertThat(store.stats().blocks()).hasSize(1);
  }

  private void importOne(long time) throws IOException {
    try (BlockImport in = store.importer()) {
      in.add(UP, samples(time));
      in.publish();
    }
  }

  private double value(long time) {
    var samples = Objects.requireNonNull(Samples.all(store.source()).get(UP));
    return Double.longBitsToDouble(Objects.requireNonNull(samples.get(time)));
  }

  @Test
  void what_retention_would_drop_and_what_is_far_ahead_is_counted_and_left_out()
      throws IOException {
    try (BlockImport in = store.importer()) {
      in.add(UP, samples(NOW - 400 * DAY_MS, NOW - 1, NOW + DAY_MS));
      in.publish();

      assertThat(in.samples()).isEqualTo(1);
      assertThat(in.refused()).isEqualTo(2);
    }
    assertThat(Samples.all(store.source()).get(UP)).containsOnlyKeys(NOW - 1);
  }

  @Test
  void an_import_that_is_not_published_leaves_nothing() throws IOException {
    try (BlockImport in = store.importer()) {
      in.add(UP, samples(NOW - 1));
    }

    assertThat(Samples.all(store.source())).isEmpty();
    assertThat(folder.resolve("metrics/tmp")).isEmptyDirectory();
  }

  @Test
  void series_or_samples_in_another_order_are_refused_by_name() throws IOException {
    try (BlockImport in = store.importer()) {
      in.add(UP, samples(NOW - 1));

      assertThatThrownBy(() -> in.add(DOWN, samples(NOW - 1)))
          .isInstanceOf(Refusal.BadRequest.class)
          .hasMessageContaining("comes behind");
      assertThatThrownBy(() -> in.add(Labels.of("__name__", "z"), samples(NOW - 1, NOW - 1)))
          .isInstanceOf(Refusal.BadRequest.class)
          .hasMessageContaining("by rising time");
    }
  }

  private static SampleColumns samples(long... times) {
    var columns = new SampleColumns();
    for (long time : times) columns.add(time, 7);
    return columns;
  }
}
