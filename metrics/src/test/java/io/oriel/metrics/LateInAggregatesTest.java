package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.SelectHints;
import io.oriel.model.backend.SelectHints.Reading;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples that come in for a time of which there are aggregates, while they are in memory. */
class LateInAggregatesTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long NOW = 20_000 * DAY;
  private static final long FIRST = NOW - 20 * DAY;
  private static final long HOUR_END = NOW - 12 * DAY + HOUR; // aggregates of both lengths have it
  private static final long LATE = HOUR_END - HOUR / 2 + 1;
  private static final long A_DAY_OF_SAMPLES = DAY / 60_000;
  private static final Labels LEVEL = Labels.of("__name__", "level");
  private static final Labels OTHER = Labels.of("__name__", "other");

  private final ManualClock clock = new ManualClock(NOW);
  @TempDir Path folder;
  private MetricStore store;
  private MetricWriter writer;

  @BeforeEach
  void fill() throws IOException {
    open();
    try (BlockImport in = store.importer()) {
      in.add(LEVEL, minutes());
      in.add(OTHER, minutes());
      in.publish();
    }
    store.tidy();
  }

  private void open() {
    store =
        MetricStore.open(
            MetricStoreConfig.in(folder)
                .withFreeBytes(0)
                .withRetention(Duration.ofDays(60))
                .withAggregates(new Aggregates(Duration.ofDays(365), Duration.ofDays(1000)))
                .withOutOfOrderWindow(Duration.ofDays(30)),
            clock);
    writer = store.sink().writer();
  }

  private static SampleColumns minutes() {
    var samples = new SampleColumns();
    for (long at = FIRST; at < NOW - 3 * DAY; at += 60_000) samples.add(at, 1);
    return samples;
  }

  @AfterEach
  void close() {
    writer.close();
    store.close();
  }

  private void append(Labels labels, long timeMs) {
    writer.sample(writer.series(labels), timeMs, 1);
    assertThat(writer.commit().kept()).isOne();
  }

  /** What a query counts in the day that a moment lies in, and how much it has to read for that. */
  private record Counted(long samples, int read) {}

  private Counted counted(Labels labels, long timeMs) {
    long end = -Math.floorDiv(-timeMs, DAY) * DAY;
    var day = new TimeRange(end - DAY + 1, end);
    var hints = new SelectHints(Reading.COUNT, end, 0, DAY, SelectHints.ANY_RESOLUTION);
    var columns = new SampleColumns();
    var name = List.of(Matcher.equal(Labels.NAME, "" + labels.get(Labels.NAME)));
    try (var selected = store.source().select(name, day, hints)) {
      for (int series = 0; series < selected.count(); series++) selected.read(series, columns);
    }
    long samples = 0;
    for (int i = 0; i < columns.size; i++) samples += columns.count(i);
    return new Counted(samples, columns.size);
  }

  @Test
  void a_late_sample_is_counted_while_it_waits_in_memory() {
    append(LEVEL, NOW);
    append(LEVEL, LATE);

    assertThat(counted(LEVEL, LATE).samples()).isEqualTo(A_DAY_OF_SAMPLES + 1);
    assertThat(counted(LEVEL, LATE - DAY).samples()).isEqualTo(A_DAY_OF_SAMPLES);
  }

  @Test
  void a_series_of_which_there_was_nothing_is_counted_too() {
    Labels fresh = Labels.of("__name__", "fresh");
    append(fresh, NOW);
    append(fresh, LATE);

    assertThat(counted(fresh, LATE).samples()).isOne();
  }

  @Test
  void what_comes_in_order_for_an_old_time_is_counted() {
    Labels slow = Labels.of("__name__", "slow");
    append(slow, LATE); // the store has never made a block of its own
    append(slow, LATE + 1);

    assertThat(store.stats().outOfOrder().floats()).isZero();
    assertThat(counted(slow, LATE).samples()).isEqualTo(2);
    append(LEVEL, LATE + 5);
    assertThat(counted(LEVEL, LATE).samples()).isEqualTo(A_DAY_OF_SAMPLES + 1);
  }

  @Test
  void only_its_hours_are_read_from_samples() {
    append(LEVEL, NOW);
    append(LEVEL, LATE);

    assertThat(counted(LEVEL, LATE).read()).isEqualTo(23 + 61);
    assertThat(counted(LEVEL, LATE - DAY).read()).isEqualTo(24);
  }

  @Test
  void a_sample_on_the_hour_belongs_to_the_hour_that_ends() {
    append(LEVEL, NOW);
    append(LEVEL, HOUR_END + 1);
    append(OTHER, HOUR_END);

    assertThat(counted(LEVEL, LATE).read()).isEqualTo(22 + 61 + 60);
    assertThat(counted(OTHER, LATE).samples()).isEqualTo(A_DAY_OF_SAMPLES);
  }

  @Test
  void it_is_counted_after_a_restart_by_the_log_and_by_a_checkpoint() throws IOException {
    append(LEVEL, NOW);
    append(LEVEL, LATE);

    restart();
    assertThat(counted(LEVEL, LATE).samples()).isEqualTo(A_DAY_OF_SAMPLES + 1);
    store.checkpoint();
    restart();
    assertThat(counted(LEVEL, LATE).samples()).isEqualTo(A_DAY_OF_SAMPLES + 1);
  }

  private void restart() {
    close();
    open();
  }

  @Test
  void it_is_counted_once_when_it_is_in_a_block_and_when_aggregates_are_made_anew()
      throws IOException {
    append(LEVEL, NOW);
    append(LEVEL, LATE);

    store.cutBlock();
    assertThat(counted(LEVEL, LATE).samples()).isEqualTo(A_DAY_OF_SAMPLES + 1);
    store.tidy();

    assertThat(counted(LEVEL, LATE)).isEqualTo(new Counted(A_DAY_OF_SAMPLES + 1, 24));
  }

  @Test
  void aggregates_that_are_made_while_it_waits_lack_it_and_are_not_read() throws IOException {
    append(LEVEL, NOW);
    append(LEVEL, LATE);
    append(LEVEL, LATE + 1);
    store.cutBlock();
    append(LEVEL, LATE + 2); // the block's news have the aggregates made anew without this one

    store.tidy();

    assertThat(counted(LEVEL, LATE).samples()).isEqualTo(A_DAY_OF_SAMPLES + 3);
    store.cutBlock();
    assertThat(counted(LEVEL, LATE).samples()).isEqualTo(A_DAY_OF_SAMPLES + 3);
    store.tidy();
    assertThat(counted(LEVEL, LATE)).isEqualTo(new Counted(A_DAY_OF_SAMPLES + 3, 24));
  }

  @Test
  void a_selection_from_before_a_cut_counts_what_it_found() throws IOException {
    append(LEVEL, NOW);
    append(LEVEL, LATE);
    var hour = new TimeRange(HOUR_END - HOUR + 1, HOUR_END);
    var hints = new SelectHints(Reading.COUNT, hour.endMs(), 0, HOUR, SelectHints.ANY_RESOLUTION);
    try (var selected =
        store.source().select(List.of(Matcher.equal("__name__", "level")), hour, hints)) {
      store.cutBlock();
      store.tidy();
      assertThat(counted(LEVEL, LATE).samples()).isEqualTo(A_DAY_OF_SAMPLES + 1);
      var columns = new SampleColumns();

      selected.read(0, columns);

      assertThat(columns.size).isEqualTo(61);
    }
  }

  @Test
  void samples_in_many_scattered_hours_are_all_counted() {
    append(LEVEL, NOW);
    for (long at = FIRST + HOUR / 2; at < NOW - 3 * DAY; at += HOUR) append(LEVEL, at + 1);

    for (long day = FIRST; day < NOW - 4 * DAY; day += DAY) {
      assertThat(counted(LEVEL, day + HOUR).samples()).isEqualTo(A_DAY_OF_SAMPLES + 24);
    }
  }
}
