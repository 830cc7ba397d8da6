package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.Stale;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.backend.Receipt.Reason;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.testing.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricStoreTest extends StoreFixture {
  @Test
  void a_sample_older_than_the_retention_is_refused_since_it_would_be_dropped_soon() {
    long oldest = T0 - config.retention().toMillis();

    assertThat(append(UP, oldest - 1, 1).refused(Reason.TOO_OLD)).isOne();
    assertThat(append(DOWN, oldest, 1).kept()).isOne();

    assertThat(Samples.all(store.source())).containsOnlyKeys(DOWN);
  }

  @Test
  void a_sample_of_the_least_time_there_is_is_too_old_and_no_duplicate() {
    assertThat(append(UP, Long.MIN_VALUE, 1).refused()).isEqualTo(Map.of(Reason.TOO_OLD, 1));
    assertThat(append(UP, Long.MIN_VALUE, 0).refused()).isEqualTo(Map.of(Reason.TOO_OLD, 1));
  }

  @Test
  void what_was_committed_can_be_read() {
    append(UP, T0, 1);
    append(UP, T0 + 15_000, 0);

    assertThat(values(UP)).isEqualTo("0=1.0 15000=0.0");
    assertThat(values(DOWN)).isEmpty();
  }

  @Test
  void what_was_not_committed_is_not_there() {
    writer.sample(writer.series(UP), T0, 1);
    writer.close();

    assertThat(values(UP)).isEmpty();
  }

  @Test
  void only_series_with_samples_in_the_range_are_listed() throws IOException {
    append(UP, T0, 1);
    append(UP, T0 + 7_200_000, 1);
    append(DOWN, T0 + 15_000, 2);
    append(DOWN, T0 + 7_200_000, 2);

    assertThat(seriesBetween(T0, T0 + 10_000)).containsExactly(UP);
    assertThat(seriesBetween(T0 + 10_000, T0 + 20_000)).containsExactly(DOWN);
    assertThat(seriesBetween(T0 + 20_000, T0 + 7_199_999)).isEmpty();

    store.cutBlock();
    assertThat(seriesBetween(T0, T0 + 10_000)).containsExactly(UP);
    assertThat(seriesBetween(T0, T0 + 7_200_000)).containsExactly(DOWN, UP);
  }

  private List<Labels> seriesBetween(long fromMs, long toMs) {
    return store.source().series(List.of(), new TimeRange(fromMs, toMs), 0);
  }

  @Test
  void an_earlier_sample_is_refused_and_costs_no_other() {
    append(UP, T0 + 15_000, 1);
    writer.sample(writer.series(UP), T0, 1);
    writer.sample(writer.series(DOWN), T0, 2);

    Receipt receipt = writer.commit();

    assertThat(receipt).isEqualTo(new Receipt(1, Map.of(Reason.OUT_OF_ORDER, 1)));
    assertThat(values(DOWN)).isEqualTo("0=2.0");
    assertThat(store.stats().samplesRefused()).containsEntry(Reason.OUT_OF_ORDER, 1L);
  }

  @Test
  void the_same_sample_again_is_taken_silently_and_another_value_is_refused() {
    append(UP, T0, Stale.MARKER);

    assertThat(append(UP, T0, Stale.MARKER)).isEqualTo(Receipt.allKept(1));
    assertThat(append(UP, T0, 2).refused(Reason.DUPLICATE)).isOne();
    assertThat(values(UP)).isEqualTo("0=NaN");
  }

  @Test
  void a_sample_too_far_in_the_future_is_refused_and_does_not_shut_out_others() {
    assertThat(append(UP, T0 + 600_001, 1).refused(Reason.TOO_FAR_AHEAD)).isOne();
    assertThat(append(UP, T0 + 600_000, 1).kept()).isOne();
    assertThat(append(DOWN, T0, 1).kept()).isOne();
  }

  @Test
  void yesterday_can_be_written_into_an_empty_store() {
    for (int i = 0; i < 100; i++) append(UP, T0 - 86_400_000 + i * 60_000L, i);
    for (int i = 0; i < 100; i++) append(DOWN, T0 - 86_400_000 + i * 60_000L, i);

    assertThat(store.stats().samplesRefused().get(Reason.TOO_OLD)).isZero();
    assertThat(values(DOWN)).startsWith("-86400000=0.0").endsWith("=99.0");
  }

  @Test
  void labels_over_a_limit_are_refused_by_name_and_the_writer_goes_on() {
    assertThatThrownBy(() -> writer.series(Labels.of("job", "x")))
        .isInstanceOf(Refusal.BadRequest.class)
        .hasMessageContaining("no metric name");
    assertThatThrownBy(() -> writer.series(Labels.of("__name__", "a", "b", "x".repeat(20_000))))
        .isInstanceOf(Refusal.LimitReached.class)
        .hasMessageContaining("limits.label_value_bytes");

    assertThat(append(UP, T0, 1).kept()).isOne();
  }

  @Test
  void at_the_limit_new_series_are_refused_and_old_ones_keep_flowing() {
    closeStore();
    config = config.withLimits(Limits.NORMAL.with(Limit.SERIES, 1));
    open();
    append(UP, T0, 1);

    assertThatThrownBy(() -> writer.series(DOWN)).hasMessageContaining("limits.series");
    assertThat(append(UP, T0 + 1, 1).kept()).isOne();
    assertThat(store.stats().seriesRefused()).isEqualTo(Map.of("series", 1L));
  }

  @Test
  void a_restart_loses_nothing() {
    append(UP, T0, 1.5);
    writer.metadata("up", new MetricMetadata(MetricMetadata.Type.GAUGE, "Is it up?", ""));
    append(UP, T0 + 1, Stale.MARKER);

    restart();

    assertThat(values(UP)).isEqualTo("0=1.5 1=NaN");
    assertThat(store.source().metadata("up", 0).get("up"))
        .containsExactly(new MetricMetadata(MetricMetadata.Type.GAUGE, "Is it up?", ""));
    assertThat(append(UP, T0, 1).refused(Reason.OUT_OF_ORDER)).isOne();
  }

  @Test
  void a_series_that_another_writer_made_is_named_in_the_log_by_whoever_commits_first() {
    long made = writer.series(UP);
    try (MetricWriter other = store.sink().writer()) {
      other.sample(other.series(UP), T0, 1);
      other.commit();
    }
    writer.sample(made, T0 + 1, 2);
    writer.commit();

    restart();

    assertThat(values(UP)).isEqualTo("0=1.0 1=2.0");
  }

  @Test
  void a_start_reads_the_checkpoint_and_only_the_log_behind_it() throws IOException {
    for (int i = 0; i < 1000; i++) append(UP, T0 + i, i);
    store.checkpoint();
    append(UP, T0 + 1000, 1000);
    assertThat(store.stats().walBytes()).isLessThan(100);

    restart();

    assertThat(values(UP)).startsWith("0=0.0 1=1.0").endsWith("999=999.0 1000=1000.0");
    assertThat(store.stats().walBytes()).isLessThan(100);
  }

  @Test
  void a_checkpoint_is_what_the_format_page_draws() throws IOException {
    append(UP, T0, 1);
    append(UP, T0 + 15_000, 1);
    append(UP, T0 + 30_000, 2);
    writer.metadata("up", new MetricMetadata(MetricMetadata.Type.GAUGE, "Up?", ""));
    writer.commit();

    store.checkpoint();

    byte[] file = Files.readAllBytes(newest(folder.resolve("metrics/checkpoints")));
    byte[] body = java.util.Arrays.copyOfRange(file, 24, file.length - 12); // less the envelope
    assertThat(HexFormat.ofDelimiter(" ").formatHex(body))
        .isEqualTo(
            "03 " // version
                + "01 04 02 00 08 5f 5f 6e 61 6d 65 5f 5f 00 02 75 70 " // series 2, __name__ up
                + "00 03 6a 6f 62 00 04 6e 6f 64 65 " // job node
                + "00 03 00 " // no sealed chunk, 3 samples in the open one, which is of floats
                + "30 a8 d9 cf 8b 01 00 00 00 00 00 00 00 00 00 40 b0 ea 01 " // last: 2.0, after 15
                // s
                + "01 0b b5 01 " // a window of 11 bits behind a zero; 181 bits
                + "00 33 d9 cf 8b 01 00 00 00 00 00 00 00 00 f0 3f " // first time and value
                + "c3 d4 01 e0 a0 fc 1f 00 " // 15 s later the same, 15 s later 2.0
                + "02 02 00 05 67 61 75 67 65 00 03 55 70 3f 00 00 " // metadata: up, gauge, "Up?",
                // no unit
                + "00");
  }

  private static Path newest(Path of) throws IOException {
    try (var files = Files.list(of)) {
      return files.sorted().reduce((_, b) -> b).orElseThrow();
    }
  }

  @Test
  void a_series_that_nobody_holds_leaves_the_head_with_its_last_sample() throws IOException {
    append(UP, T0, 1);
    long held = writer.series(UP);
    try (MetricWriter other = store.sink().writer()) {
      other.sample(other.series(DOWN), T0, 1);
      other.commit();
    }

    store.cutBlock();

    assertThat(store.stats().series()).isOne();
    writer.sample(held, T0 + 1, 2);
    writer.commit();
    append(DOWN, T0 + 1, 2);
    assertThat(values(UP)).isEqualTo("0=1.0 1=2.0");
    assertThat(values(DOWN)).isEqualTo("0=1.0 1=2.0");
    restart();
    assertThat(values(DOWN)).isEqualTo("0=1.0 1=2.0");
  }

  @Test
  void below_the_floor_of_free_disk_intake_is_refused_until_there_is_room() throws Exception {
    var disk = new FaultyDisk(1);
    closeStore();
    config = config.withFreeBytes(1 << 20);
    store = MetricStore.open(config, clock, disk);
    writer = store.sink().writer();
    append(UP, T0, 1);

    disk.setFreeBytes(1 << 19);
    await(() -> isRefused(1));
    disk.setFreeBytes(1 << 30);
    await(() -> !isRefused(2));

    assertThat(append(UP, T0 + 1, 2).kept()).isOne();
  }

  private boolean isRefused(long timeMs) {
    try {
      append(DOWN, clock.millis() + timeMs, 2);
      return false;
    } catch (Refusal.Unavailable e) {
      assertThat(e).hasMessageContaining("MiB free");
      return true;
    }
  }

  @Test
  void names_and_values_of_labels_are_those_of_head_and_blocks_together() throws IOException {
    append(UP, T0, 1);
    store.cutBlock();
    append(Labels.of("__name__", "down", "zone", "b"), T0 + 1, 1);

    assertThat(store.source().labelNames(List.of(), TimeRange.ALWAYS, 0))
        .containsExactly("__name__", "job", "zone");
    assertThat(store.source().labelValues("__name__", List.of(), TimeRange.ALWAYS, 0))
        .containsExactly("down", "up");
    assertThat(store.source().labelValues("__name__", List.of(), TimeRange.ALWAYS, 1))
        .containsExactly("down");
    assertThat(
            store
                .source()
                .series(List.of(List.of(Matcher.equal("job", "node"))), TimeRange.ALWAYS, 0))
        .containsExactly(UP);
  }

  @Test
  void a_selector_that_matches_too_much_is_refused_by_name() {
    closeStore();
    config = config.withLimits(Limits.NORMAL.with(Limit.QUERY_SERIES, 1));
    open();
    append(UP, T0, 1);
    append(DOWN, T0, 1);

    assertThatThrownBy(() ->
            store.source().select(List.of(Matcher.regex("job", "n.*")), TimeRange.ALWAYS).close())
        .isInstanceOf(Refusal.LimitReached.class)
        .hasMessageContaining("{job=~\"n.*\"}");
  }

  @Test
  void a_closed_writer_lets_go_and_takes_nothing() {
    writer.series(UP);
    writer.close();

    assertThatThrownBy(() -> writer.commit()).isInstanceOf(Refusal.Unavailable.class);
  }
}
