package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.Receipt.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocks: when they are cut, merged and dropped, and copies of a store. */
class MetricStoreBlocksTest extends StoreFixture {
  @Test
  void a_sample_of_1970_costs_no_more_than_another() throws IOException {
    config = config.withRetention(Duration.ofDays(100 * 365));
    restart();

    append(UP, 1000, 1);
    append(UP, T0, 2);

    store.cutBlock();

    assertThat(store.stats().blocks()).hasSize(2);
    assertThat(values(UP)).endsWith("0=2.0");
  }

  @Test
  void what_lies_before_the_newest_block_is_too_old() throws IOException {
    append(UP, T0, 1);
    store.cutBlock();

    assertThat(append(DOWN, T0, 1).refused(Reason.TOO_OLD)).isOne();
    assertThat(append(DOWN, T0 + 1, 1).kept()).isOne();
  }

  @Test
  void a_block_is_cut_when_its_range_is_over_and_nobody_writes_to_it_any_more() throws Exception {
    for (int i = 0; i < 480; i++) {
      append(UP, T0 + i * 15_000L, i);
      clock.advance(15_000);
    }
    clock.advance(3_600_000);
    append(UP, clock.millis(), 480);

    clock.advance(300_000);
    await(() -> store.stats().blocks().size() == 1);

    MetricStoreStats.Block block = store.stats().blocks().getFirst();
    assertThat(block.range()).isEqualTo(new TimeRange(T0, T0 + 7_200_000 - 1));
    assertThat(block.samples()).isEqualTo(480);
    assertThat(values(UP)).startsWith("0=0.0 15000=1.0").endsWith("=480.0");
    await(() -> store.stats().headChunks() == 0);
    assertThat(store.stats().series()).isOne();
  }

  @Test
  void a_history_of_many_hours_is_cut_into_blocks_while_it_is_pushed() throws Exception {
    long begin = T0 - Duration.ofDays(2).toMillis();
    int kept = 0;
    for (int minute = 0; minute < 24 * 60; minute++) {
      kept += append(UP, begin + minute * 60_000L, minute).kept();
      clock.advance(100); // the whole takes two minutes and a half
    }
    assertThat(kept).isEqualTo(24 * 60);

    await(() -> store.stats().blocks().size() >= 3);

    assertThat(clock.millis()).isLessThan(T0 + 300_000); // what is quiet anyway would take longer
    assertThat(append(UP, begin + 24 * 3_600_000L, 0).kept()).isOne(); // and it goes on
    assertThat(Samples.all(store.source()).get(UP)).hasSize(24 * 60 + 1);
  }

  @Test
  void a_selection_keeps_what_it_selected_whatever_is_cut_meanwhile() throws IOException {
    for (int i = 0; i < 1000; i++) append(UP, T0 + i, i);
    var columns = new SampleColumns();

    try (var selected = store.source().select(List.of(), TimeRange.ALWAYS)) {
      for (int cut = 0; cut < 4; cut++) {
        store.cutBlock();
        for (int i = 0; i < 1000; i++) append(DOWN, T0 + 1000L * (cut + 1) + i, i);
      }
      selected.read(0, columns);

      assertThat(selected.count()).isOne();
      assertThat(columns.size).isEqualTo(1000);
    }
  }

  @Test
  void blocks_older_than_the_retention_are_retired() throws Exception {
    append(UP, T0, 1);
    store.cutBlock();
    clock.advance(Duration.ofDays(15).toMillis());

    await(() -> store.stats().blocks().isEmpty());

    assertThat(values(UP)).isEmpty();
  }

  @Test
  void blocks_that_lie_in_one_longer_span_become_one() throws Exception {
    for (int block = 0; block < 4; block++) {
      clock.advance(7_200_000);
      append(block % 2 == 0 ? UP : DOWN, clock.millis(), block);
      append(Labels.of("__name__", "all"), clock.millis(), block);
      store.cutBlock();
    }
    String before = values(Labels.of("__name__", "all"));

    await(() -> store.stats().blocks().size() < 4);

    assertThat(values(Labels.of("__name__", "all"))).isEqualTo(before);
    assertThat(store.stats().blocks().stream().mapToLong(b -> b.samples()).sum()).isEqualTo(8);
    restart();
    assertThat(values(Labels.of("__name__", "all"))).isEqualTo(before);
  }

  @Test
  void a_snapshot_without_the_head_has_only_what_blocks_hold() throws IOException {
    append(UP, T0, 1);
    store.cutBlock();
    append(UP, T0 + 1, 2);
    Path copies = Files.createDirectories(folder.resolve("snapshots/a"));

    store.snapshot(copies, true);

    try (var copy = MetricStore.open(MetricStoreConfig.in(copies).withFreeBytes(0), clock)) {
      assertThat(Samples.all(copy.source()).get(UP)).containsOnlyKeys(T0);
    }
  }

  @Test
  void a_snapshot_opens_as_a_store_with_all_that_was_acknowledged() throws IOException {
    append(UP, T0, 1);
    store.cutBlock();
    append(UP, T0 + 1, 2);
    store.checkpoint();
    append(UP, T0 + 2, 3);
    append(DOWN, T0 + 2, 3);
    writer.metadata("up", new MetricMetadata(MetricMetadata.Type.GAUGE, "Whether.", ""));
    writer.commit();

    store.snapshot(folder.resolve("copy"));

    append(UP, T0 + 3, 4);
    assertThat(Samples.all(store.source()).get(UP)).containsOnlyKeys(T0, T0 + 1, T0 + 2, T0 + 3);
    try (var copy =
        MetricStore.open(MetricStoreConfig.in(folder.resolve("copy")).withFreeBytes(0), clock)) {
      assertThat(Samples.all(copy.source()).get(UP)).containsOnlyKeys(T0, T0 + 1, T0 + 2);
      assertThat(copy.stats().series()).isZero(); // all of it lies in blocks
      assertThat(copy.source().metadata("up", 0)).containsKey("up");
    }
  }

  @Test
  void blocks_of_a_snapshot_are_merged_as_those_of_any_store() throws IOException {
    long begin = T0 - Duration.ofHours(24).toMillis();
    for (int hour = 0; hour < 24; hour++) append(UP, begin + hour * 3_600_000L, hour);
    store.snapshot(folder.resolve("copy"));

    try (var copy =
        MetricStore.open(MetricStoreConfig.in(folder.resolve("copy")).withFreeBytes(0), clock)) {
      int blocks = copy.stats().blocks().size();
      assertThat(copy.mergeBlocks()).isTrue();
      assertThat(copy.stats().blocks()).hasSizeLessThan(blocks);
      assertThat(Samples.all(copy.source()).get(UP)).hasSize(24);
    }
  }

  @Test
  void a_snapshot_of_an_empty_store_is_an_empty_store() throws IOException {
    store.snapshot(folder.resolve("copy"));

    try (var copy =
        MetricStore.open(MetricStoreConfig.in(folder.resolve("copy")).withFreeBytes(0), clock)) {
      assertThat(Samples.all(copy.source())).isEmpty();
    }
  }
}
