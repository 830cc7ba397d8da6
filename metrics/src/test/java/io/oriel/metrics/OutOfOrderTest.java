package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.inspect.StoredMetrics;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.backend.Receipt.Reason;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.testing.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutOfOrderTest {
  private static final Labels UP = Labels.of("__name__", "up");
  private static final Labels DOWN = Labels.of("__name__", "down");
  private static final Labels LATE = Labels.of("__name__", "late");
  private static final List<List<Matcher>> ONLY_UP =
      List.of(List.of(Matcher.equal("__name__", "up")));
  private static final long HOUR = 3_600_000;
  private static final long NOW = 472_222 * HOUR;

  private final ManualClock clock = new ManualClock(NOW);
  @TempDir Path folder;
  private MetricStoreConfig config;
  private MetricStore store;
  private MetricWriter writer;

  @BeforeEach
  void open() {
    config = config(folder);
    openStore();
  }

  private static MetricStoreConfig config(Path at) {
    return MetricStoreConfig.in(at).withFreeBytes(0).withOutOfOrderWindow(Duration.ofHours(12));
  }

  private void openStore() {
    store = MetricStore.open(config, clock);
    writer = store.sink().writer();
  }

  @AfterEach
  void close() {
    writer.close();
    store.close();
  }

  private void restart() {
    close();
    openStore();
  }

  private Receipt append(Labels labels, long timeMs, double value) {
    writer.sample(writer.series(labels), timeMs, value);
    return writer.commit();
  }

  private Map<Long, Long> samples(Labels labels) {
    return Samples.all(store.source()).getOrDefault(labels, new java.util.TreeMap<>());
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  /** What Prometheus 3.13 got wrong. */
  @Test
  void out_of_order_samples_are_not_lost_on_restart() throws IOException {
    append(UP, NOW, 1);
    append(UP, NOW - HOUR, 2);
    append(UP, NOW - 5 * HOUR, 3);
    Map<Long, Long> all = Map.of(NOW - 5 * HOUR, bits(3), NOW - HOUR, bits(2), NOW, bits(1));

    assertThat(samples(UP)).isEqualTo(all);
    restart(); // by the log
    assertThat(samples(UP)).isEqualTo(all);
    store.checkpoint();
    restart(); // by the checkpoint
    assertThat(samples(UP)).isEqualTo(all);
    store.checkpoint();
    store.checkpoint(); // of what a checkpoint had
    restart();
    assertThat(samples(UP)).isEqualTo(all);
    store.cutBlock();
    assertThat(samples(UP)).isEqualTo(all);
    restart(); // by blocks
    assertThat(samples(UP)).isEqualTo(all);
    assertThat(store.stats().outOfOrder().waiting()).isZero();
    while (store.mergeBlocks()) assertThat(samples(UP)).isEqualTo(all);
  }

  @Test
  void a_checkpoint_of_them_is_what_the_format_page_draws() throws IOException {
    append(UP, NOW, 1);
    append(UP, NOW - HOUR, 2);
    store.checkpoint();
    Path file = folder.resolve("metrics/checkpoints/00000001");
    byte[] bytes = Files.readAllBytes(file);

    String body = HexFormat.ofDelimiter(" ").formatHex(bytes, 24, bytes.length - 12);

    assertThat(body)
        .isEqualTo(
            "03 01 04 01 00 08 5f 5f 6e 61 6d 65 5f 5f 00 02 75 70 " // series 2: one label
                + "00 01 00 00 33 d9 cf 8b 01 00 00 00 00 00 00 00 00 f0 3f 00 00 00 80 01 "
                + "00 33 d9 cf 8b 01 00 00 00 00 00 00 00 00 f0 3f " // its open chunk
                + "04 01 80 92 92 fa f9 62 00 01 04 10 00 00 02 " // one chunk of one late sample
                + "00");
  }

  @Test
  void they_are_kept_when_the_window_is_closed_again() {
    append(UP, NOW, 1);
    append(UP, NOW - HOUR, 2);
    config = config.withOutOfOrderWindow(Duration.ZERO);

    restart();

    assertThat(samples(UP)).containsOnlyKeys(NOW - HOUR, NOW);
    assertThat(append(UP, NOW - 1, 3).refused(Reason.OUT_OF_ORDER)).isOne();
  }

  @Test
  void a_store_without_a_window_refuses_them_by_name() {
    config = MetricStoreConfig.in(folder).withFreeBytes(0);
    restart();
    append(UP, NOW, 1);

    assertThat(append(UP, NOW - 1, 2)).isEqualTo(new Receipt(0, Map.of(Reason.OUT_OF_ORDER, 1)));

    assertThat(samples(UP)).containsOnlyKeys(NOW);
    assertThat(MetricStoreConfig.in(folder).outOfOrderWindow()).isZero();
  }

  @Test
  void the_window_ends_at_the_newest_sample_of_the_store() {
    append(UP, NOW - HOUR, 1);
    append(DOWN, NOW, 1);

    assertThat(append(UP, NOW - 12 * HOUR, 2).kept()).isOne();
    assertThat(append(UP, NOW - 12 * HOUR - 1, 2).refused()).isEqualTo(Map.of(Reason.TOO_OLD, 1));
  }

  @Test
  void what_is_older_than_the_retention_is_too_old_within_the_window_too() {
    config = config.withRetention(Duration.ofHours(4));
    restart();
    append(UP, NOW, 1);

    assertThat(append(UP, NOW - 4 * HOUR, 2).kept()).isOne();
    assertThat(append(UP, NOW - 4 * HOUR - 1, 2).refused(Reason.TOO_OLD)).isOne();
  }

  @Test
  void the_same_sample_again_is_taken_silently_and_another_value_is_refused() {
    append(UP, NOW - 2, 1);
    append(UP, NOW, 3);
    append(UP, NOW - 1, 2);

    assertThat(append(UP, NOW - 1, 2)).isEqualTo(Receipt.allKept(1));
    assertThat(append(UP, NOW - 2, 1)).isEqualTo(Receipt.allKept(1));
    assertThat(append(UP, NOW - 1, 9).refused(Reason.DUPLICATE)).isOne(); // came late itself
    assertThat(append(UP, NOW - 2, 9).refused(Reason.DUPLICATE)).isOne(); // came in order

    assertThat(samples(UP)).isEqualTo(Map.of(NOW - 2, bits(1), NOW - 1, bits(2), NOW, bits(3)));
    assertThat(store.stats().outOfOrder().floats()).isOne();
  }

  @Test
  void a_batch_may_have_them_in_any_order_and_twice() {
    long up = writer.series(UP);
    long down = writer.series(DOWN);
    for (int time : new int[] {5, 3, 9, 3, 1, 7, 9}) {
      writer.sample(up, NOW + time, time);
      writer.sample(down, NOW + 10 - time, time);
    }
    writer.sample(up, NOW + 3, 4);

    Receipt receipt = writer.commit();

    assertThat(receipt).isEqualTo(new Receipt(14, Map.of(Reason.DUPLICATE, 1)));
    assertThat(samples(UP)).containsOnlyKeys(NOW + 1, NOW + 3, NOW + 5, NOW + 7, NOW + 9);
    assertThat(samples(DOWN)).hasSize(5);
    restart();
    assertThat(samples(UP)).containsEntry(NOW + 3, bits(3)).hasSize(5);
    assertThat(samples(DOWN)).hasSize(5);
  }

  @Test
  void for_a_time_that_is_in_a_block_the_later_word_counts_for_good() throws IOException {
    append(UP, NOW - 1, 1);
    append(UP, NOW, 1);
    store.cutBlock();

    assertThat(append(UP, NOW - 1, 2).kept()).isOne();

    assertThat(samples(UP)).containsEntry(NOW - 1, bits(2));
    store.cutBlock();
    assertThat(samples(UP)).containsEntry(NOW - 1, bits(2));
    while (store.mergeBlocks()) assertThat(samples(UP)).containsEntry(NOW - 1, bits(2));
  }

  @Test
  void a_new_series_may_begin_in_a_time_that_is_in_blocks() throws IOException {
    append(UP, NOW, 1);
    store.cutBlock();

    append(LATE, NOW - 2 * HOUR, 1);
    append(LATE, NOW - 3 * HOUR, 2);

    for (int life = 0; life < 3; life++) {
      assertThat(samples(LATE)).containsOnlyKeys(NOW - 3 * HOUR, NOW - 2 * HOUR);
      assertThat(names(NOW - 3 * HOUR, NOW - 3 * HOUR)).containsExactly("late");
      assertThat(names(NOW - 3 * HOUR + 1, NOW - 2 * HOUR - 1)).isEmpty();
      assertThat(series(NOW - 3 * HOUR, NOW - 3 * HOUR)).containsExactly(LATE);
      restart();
      if (life == 1) store.cutBlock();
    }
  }

  private List<String> names(long fromMs, long toMs) {
    return store.source().labelValues("__name__", List.of(), new TimeRange(fromMs, toMs), 0);
  }

  private List<Labels> series(long fromMs, long toMs) {
    return store.source().series(List.of(), new TimeRange(fromMs, toMs), 0);
  }

  @Test
  void a_series_that_went_silent_stays_while_late_samples_of_it_wait() throws IOException {
    append(UP, NOW - HOUR, 1);
    append(DOWN, NOW, 1);
    append(UP, NOW - 2 * HOUR, 2);
    writer.close();
    store.cutBlock(); // takes all of it
    writer = store.sink().writer();
    assertThat(store.stats().series()).isZero();

    append(UP, NOW - 3 * HOUR, 3);
    writer.close();
    writer = store.sink().writer();

    assertThat(store.stats().series()).isOne();
    assertThat(samples(UP)).hasSize(3);
    restart();
    assertThat(samples(UP)).hasSize(3);
  }

  @Test
  void a_view_from_before_a_cut_keeps_what_it_found() throws IOException {
    append(UP, NOW, 1);
    append(UP, NOW - HOUR, 2);
    try (var selected = store.source().select(ONLY_UP.getFirst(), TimeRange.ALWAYS)) {
      store.cutBlock();
      append(UP, NOW - 2 * HOUR, 3);
      store.cutBlock();
      var columns = new SampleColumns();

      selected.read(0, columns);

      assertThat(columns.times).startsWith(NOW - 2 * HOUR, NOW - HOUR, NOW);
      assertThat(columns.size).isEqualTo(3);
      assertThat(store.stats().series()).isOne();
    }
    assertThat(samples(UP)).hasSize(3);
  }

  @Test
  void a_deletion_means_late_samples_too_and_not_those_that_come_after_it() throws IOException {
    append(UP, NOW, 1);
    append(UP, NOW - HOUR, 2);
    append(UP, NOW - 2 * HOUR, 3);

    store.delete(ONLY_UP, new TimeRange(NOW - HOUR, NOW));

    assertThat(samples(UP)).containsOnlyKeys(NOW - 2 * HOUR);
    restart();
    assertThat(samples(UP)).containsOnlyKeys(NOW - 2 * HOUR);
    append(UP, NOW - HOUR, 2); // the same again: it is told anew
    append(UP, NOW - 30, 5);
    assertThat(samples(UP)).containsOnlyKeys(NOW - 2 * HOUR, NOW - HOUR, NOW - 30);
    restart();
    assertThat(samples(UP)).containsOnlyKeys(NOW - 2 * HOUR, NOW - HOUR, NOW - 30);
    store.cutBlock();
    store.cleanTombstones();
    assertThat(samples(UP)).containsOnlyKeys(NOW - 2 * HOUR, NOW - HOUR, NOW - 30);
    restart();
    assertThat(samples(UP)).containsOnlyKeys(NOW - 2 * HOUR, NOW - HOUR, NOW - 30);
  }

  @Test
  void deleted_in_order_and_sent_again_late_is_there_after_a_restart() throws IOException {
    append(UP, NOW - 1, 1);
    append(UP, NOW, 1);
    store.delete(ONLY_UP, new TimeRange(NOW - 1, NOW - 1));

    append(UP, NOW - 1, 1);

    assertThat(samples(UP)).containsOnlyKeys(NOW - 1, NOW);
    restart();
    assertThat(samples(UP)).containsOnlyKeys(NOW - 1, NOW);
    store.delete(ONLY_UP, TimeRange.ALWAYS);
    append(UP, NOW, 1); // the newest that it ever had
    assertThat(samples(UP)).containsOnlyKeys(NOW);
    restart();
    assertThat(samples(UP)).containsOnlyKeys(NOW);
  }

  @Test
  void so_many_may_wait_and_no_more() throws IOException {
    config = config.withLimits(Limits.NORMAL.with(Limit.OUT_OF_ORDER_SAMPLES, 20));
    restart();
    append(UP, NOW, 1);
    for (int i = 1; i <= 20; i++) writer.sample(writer.series(UP), NOW - i, i);

    Receipt receipt = writer.commit();

    assertThat(receipt.refused()).isEqualTo(Map.of(Reason.OUT_OF_ORDER_FULL, 8));
    assertThat(receipt.kept()).isEqualTo(12); // a series counts as eight
    assertThat(append(UP, NOW + 1, 2).kept()).isOne();
    restart();
    assertThat(samples(UP)).hasSize(14);
    store.cutBlock();
    assertThat(append(UP, NOW - 25, 3).kept()).isOne();
    assertThat(samples(UP)).hasSize(15);
  }

  @Test
  void native_histograms_and_start_times_come_late_too() throws IOException {
    var random = new RandomHistograms(new Random(3));
    Histogram histogram = random.next();
    append(UP, NOW, 1);
    writer.histogram(writer.series(UP), NOW - HOUR, histogram);
    writer.startOfLast(NOW - 2 * HOUR);
    writer.sample(writer.series(UP), NOW - HOUR - 1, 5);
    writer.startOfLast(NOW - 3 * HOUR);

    Receipt receipt = writer.commit();

    assertThat(receipt).isEqualTo(Receipt.allKept(1, 1, 0));
    var rows = Rows.all(store.source()).getOrDefault(UP, new java.util.TreeMap<>());
    assertThat(rows).hasSize(3);
    assertThat(rows.get(NOW - HOUR))
        .isEqualTo(
            Rows.Row.of(histogram.compact().withReset(histogram.hintAfter(null)), NOW - 2 * HOUR));
    assertThat(rows.get(NOW - HOUR - 1)).isEqualTo(Rows.Row.of(5, NOW - 3 * HOUR));
    assertThat(store.stats().outOfOrder().histograms()).isOne();
    restart();
    assertThat(Rows.all(store.source()).get(UP)).isEqualTo(rows);
    store.checkpoint();
    restart();
    assertThat(Rows.all(store.source()).get(UP)).isEqualTo(rows);
    store.cutBlock();
    assertThat(Rows.all(store.source()).get(UP)).isEqualTo(rows);
    writer.histogram(writer.series(UP), NOW - HOUR, histogram);
    assertThat(writer.commit().histograms()).isOne();
  }

  @Test
  void a_snapshot_has_them_and_so_has_who_reads_the_files_from_outside() throws IOException {
    append(UP, NOW, 1);
    store.cutBlock();
    append(UP, NOW - HOUR, 2);
    append(UP, NOW - 7 * HOUR, 3);
    append(UP, NOW + 1, 4);

    store.snapshot(folder.resolve("copy"));
    store.snapshot(folder.resolve("bare"), true);

    try (var stored = StoredMetrics.open(folder, Limits.NORMAL)) {
      assertThat(Samples.all(stored.source()).get(UP)).hasSize(4);
      assertThat(stored.analyze(1).headSamples()).isEqualTo(3);
    }
    try (var copy = MetricStore.open(config(folder.resolve("copy")), clock)) {
      assertThat(Samples.all(copy.source())).isEqualTo(Samples.all(store.source()));
    }
    try (var bare = MetricStore.open(config(folder.resolve("bare")), clock)) {
      assertThat(Samples.all(bare.source()).get(UP)).containsOnlyKeys(NOW);
    }
  }

  @Test
  void late_samples_of_one_series_by_the_thousands_lie_in_order() {
    var random = new Random(1);
    append(UP, NOW, 0);
    for (int batch = 0; batch < 100; batch++) {
      for (int i = 0; i < 100; i++) {
        long time = NOW - 1 - random.nextInt(8 * (int) HOUR);
        writer.sample(writer.series(UP), time, (double) (time % 1000));
      }
      assertThat(writer.commit()).isEqualTo(Receipt.allKept(100));
    }

    Map<Long, Long> all = samples(UP); // fails where they are not in order
    restart();

    assertThat(all.size()).isGreaterThan(9000);
    assertThat(samples(UP)).isEqualTo(all);
  }

  /** A cut raises what the head takes in before it knows that its blocks can be written. */
  @Test
  void a_cut_that_failed_costs_nothing_when_a_checkpoint_is_written_after_it() throws IOException {
    var disk = new FaultyDisk(3);
    var where = config(Path.of("/data"));
    var on = MetricStore.open(where, clock, disk);
    try (var in = on.sink().writer()) {
      for (int i = 0; i < 3; i++) in.sample(in.series(UP), NOW + i, i);
      in.sample(in.series(UP), NOW - HOUR, 7);
      in.commit();
    }
    Map<Labels, ?> all = Samples.all(on.source());
    disk.setFreeBytes(0);
    try {
      on.cutBlock();
    } catch (IOException | Refusal.Unavailable full) {
      assertThat(full).hasMessageContaining("No space left");
    }
    disk.setFreeBytes(1 << 20);

    on.checkpoint();
    on.close();

    try (var again = MetricStore.open(where, clock, disk)) {
      assertThat(Samples.all(again.source())).isEqualTo(all);
      assertThat(again.stats().blocks()).isEmpty();
      again.cutBlock();
      assertThat(Samples.all(again.source())).isEqualTo(all);
    }
  }
}
