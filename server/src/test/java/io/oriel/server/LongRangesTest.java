package io.oriel.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.Aggregates;
import io.oriel.metrics.BlockImport;
import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.metrics.MetricStoreStats;
import io.oriel.metrics.inspect.Verification;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import io.oriel.promql.Promql;
import io.oriel.promql.eval.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries over times of which there are aggregates, beside the same over samples. */
class LongRangesTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long NOW = 20_000 * DAY + 13 * HOUR + 123_456;
  private static final long FIRST = NOW - 20 * DAY;
  private static final QueryOptions SAMPLES = QueryOptions.DEFAULT.withCoarsest(0);
  private static final String FIVE =
      "PromQL info: parts of this answer come from five-minute aggregates";
  private static final String HOURS =
      "PromQL info: parts of this answer come from one-hour aggregates";

  private final ManualClock clock = new ManualClock(NOW);
  @TempDir Path folder;
  private MetricStore store;
  private Engine queries;

  @BeforeEach
  void open() throws IOException {
    open(Duration.ofDays(60));
    fill();
    store.tidy();
  }

  private void open(Duration retention) {
    var config =
        MetricStoreConfig.in(folder)
            .withFreeBytes(0)
            .withRetention(retention)
            .withAggregates(new Aggregates(Duration.ofDays(365), Duration.ofDays(1000)));
    store = MetricStore.open(config, clock);
    queries = Promql.engine(store.source(), Limits.NORMAL, clock);
  }

  @AfterEach
  void close() {
    queries.close();
    store.close();
  }

  private void fill() throws IOException {
    try (BlockImport in = store.importer()) {
      in.add(named("ended"), ended());
      in.add(named("level"), level());
      in.add(named("requests_total"), counter());
      in.publish();
    }
  }

  private static Labels named(String name) {
    return Labels.of("__name__", name);
  }

  private static SampleColumns level() {
    var random = new Random(1);
    var samples = new SampleColumns();
    for (long at = FIRST; at <= NOW; at += 15_000) samples.add(at, random.nextInt(2000) - 1000);
    return samples;
  }

  private static SampleColumns counter() {
    var random = new Random(2);
    var samples = new SampleColumns();
    double value = 0;
    for (long at = FIRST; at <= NOW; at += 15_000) {
      value = random.nextInt(3000) == 0 ? random.nextInt(9) : value + random.nextInt(20);
      samples.add(at, value);
    }
    return samples;
  }

  private static SampleColumns ended() {
    var samples = new SampleColumns();
    long end = NOW - 5 * DAY;
    for (long at = FIRST; at <= end; at += 15_000) samples.add(at, (double) (at % 7));
    samples.add(end + 15_000, Stale.MARKER);
    return samples;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "avg_over_time(level[1d])",
        "min_over_time(level[1d])",
        "max_over_time(level[6h])",
        "sum_over_time(level[1d])",
        "count_over_time(level[2d])",
        "last_over_time(level[1d])",
        "resets(requests_total[1d])",
        "level",
        "ended",
        "requests_total - level",
        "sum_over_time(ended[1d])",
        "max_over_time(level[5m])",
        "count_over_time(level[1d]) + on() count_over_time(requests_total[1d])"
      })
  void aligned_windows_are_answered_as_from_samples(String query) {
    long start = FIRST / DAY * DAY;

    QueryAnswer answer = queries.range(query, start, NOW, 6 * HOUR, QueryOptions.DEFAULT);

    QueryAnswer expected = queries.range(query, start, NOW, 6 * HOUR, SAMPLES);
    assertThat(text(answer)).isNotEmpty().isEqualTo(text(expected));
    assertThat(answer.infos()).contains(FIVE);
    assertThat(expected.infos()).isEmpty();
    assertThat(answer.stats().samplesRead()).isLessThan(expected.stats().samplesRead() / 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(requests_total[1d])",
        "increase(requests_total[1h])",
        "rate(requests_total[5m])",
        "delta(level[1d])",
        "delta(level[5m])"
      })
  void growth_over_aligned_windows_differs_in_the_last_bits_at_most(String query) {
    long start = FIRST / DAY * DAY;

    QueryAnswer answer = queries.range(query, start, NOW, 6 * HOUR, QueryOptions.DEFAULT);

    QueryAnswer expected = queries.range(query, start, NOW, 6 * HOUR, SAMPLES);
    assertThat(answer.infos()).contains(FIVE);
    assertClose(answer, expected, 1e-12);
  }

  private static void assertClose(QueryAnswer answer, QueryAnswer expected, double part) {
    List<QueryAnswer.Series> found = series(answer);
    List<QueryAnswer.Series> wanted = series(expected);
    assertThat(found).hasSameSizeAs(wanted).isNotEmpty();
    for (int i = 0; i < found.size(); i++) {
      SampleColumns its = found.get(i).samples();
      SampleColumns other = wanted.get(i).samples();
      assertThat(its.size).isEqualTo(other.size);
      for (int at = 0; at < its.size; at++) {
        assertThat(its.times[at]).isEqualTo(other.times[at]);
        double bound = part * Math.abs(other.values[at]);
        assertThat(Math.abs(its.values[at] - other.values[at]))
            .as("at %s: %s, %s", its.times[at], its.values[at], other.values[at])
            .isLessThanOrEqualTo(bound);
      }
    }
  }

  private static List<QueryAnswer.Series> series(QueryAnswer answer) {
    return ((Result.Matrix) answer.result()).series();
  }

  private static String text(QueryAnswer answer) {
    var text = new StringBuilder();
    for (QueryAnswer.Series each : series(answer)) {
      text.append(each.labels()).append('\n');
      for (int i = 0; i < each.samples().size; i++) {
        text.append("%d %s\n".formatted(each.samples().times[i], each.samples().values[i]));
      }
    }
    return text.toString();
  }

  @Test
  void short_steps_are_answered_from_samples() {
    QueryAnswer answer =
        queries.range(
            "rate(requests_total[5m])", NOW - 9 * DAY, NOW - 8 * DAY, 60_000, QueryOptions.DEFAULT);

    assertThat(answer.infos()).isEmpty();
  }

  @Test
  void what_aggregates_do_not_know_is_answered_from_samples() {
    QueryAnswer answer =
        queries.range("stddev_over_time(level[1d])", FIRST, NOW, DAY, QueryOptions.DEFAULT);

    assertThat(answer.infos()).isEmpty();
    assertThat(text(answer))
        .isEqualTo(text(queries.range("stddev_over_time(level[1d])", FIRST, NOW, DAY, SAMPLES)));
  }

  @Test
  void a_year_is_answered_when_samples_are_gone() throws IOException {
    clock.advance(300 * DAY);
    store.tidy();

    QueryAnswer answer =
        queries.range("max_over_time(level[1d])", FIRST, clock.millis(), DAY, QueryOptions.DEFAULT);

    assertThat(blocks(0)).isZero();
    assertThat(series(answer).getFirst().samples().size).isBetween(18, 22);
    assertThat(answer.infos()).contains(HOURS);
  }

  private long blocks(long resolutionMs) {
    return store.stats().blocks().stream()
        .filter(block -> block.resolutionMs() == resolutionMs)
        .count();
  }

  @Test
  void what_only_samples_could_tell_is_answered_from_the_last_ones_where_they_are_gone()
      throws IOException {
    clock.advance(300 * DAY);
    store.tidy();

    QueryAnswer answer =
        queries.range(
            "stddev_over_time(level[1d])",
            FIRST + 2 * DAY,
            FIRST + 9 * DAY,
            DAY,
            QueryOptions.DEFAULT);

    assertThat(series(answer)).isNotEmpty();
    assertThat(answer.infos())
        .singleElement()
        .asString()
        .contains("samples of some of that time are gone");
  }

  @Test
  void any_moment_of_a_time_without_samples_has_the_value_that_was_the_newest_before()
      throws IOException {
    long at = NOW - 12 * DAY + 77_777;
    clock.advance(300 * DAY);
    store.tidy();

    QueryAnswer answer = queries.instant("level", at, QueryOptions.DEFAULT);

    assertThat(((Result.Vector) answer.result()).points()).hasSize(1);
  }

  @Test
  void deleted_series_do_not_come_back_with_aggregates() throws IOException {
    store.delete(List.of(List.of(Matcher.equal("__name__", "level"))), TimeRange.ALWAYS);

    assertThat(series(ranged("avg_over_time(level[1d])"))).isEmpty();
    store.tidy();
    store.cleanTombstones();
    assertThat(series(ranged("avg_over_time(level[1d])"))).isEmpty();
    clock.advance(300 * DAY);
    store.tidy();
    assertThat(series(ranged("avg_over_time(level[1d])"))).isEmpty();
    assertThat(series(ranged("avg_over_time(ended[1d])"))).isNotEmpty();
  }

  private QueryAnswer ranged(String query) {
    return queries.range(query, FIRST / DAY * DAY, NOW, DAY, QueryOptions.DEFAULT);
  }

  @Test
  void a_deleted_week_is_gone_from_aggregates_and_the_rest_stays() throws IOException {
    long start = FIRST / DAY * DAY + 5 * DAY;
    var week = new TimeRange(start + 1, start + 7 * DAY);
    store.delete(List.of(List.of(Matcher.equal("__name__", "level"))), week);

    String hidden = text(ranged("sum_over_time(level[1d])"));
    store.tidy();
    String made = text(ranged("sum_over_time(level[1d])"));

    String expected =
        text(queries.range("sum_over_time(level[1d])", FIRST / DAY * DAY, NOW, DAY, SAMPLES));
    assertThat(hidden).isEqualTo(expected);
    assertThat(made).isEqualTo(expected);
  }

  @Test
  void what_is_imported_later_is_in_the_answer_at_once_and_in_the_aggregates_by_and_by()
      throws IOException {
    var late = new SampleColumns();
    for (long at = FIRST + 3 * DAY; at < FIRST + 6 * DAY; at += 10_000) late.add(at, 5_000);
    try (BlockImport in = store.importer()) {
      in.add(named("level"), late);
      in.publish();
    }

    String before = text(ranged("max_over_time(level[1d])"));
    store.tidy();
    QueryAnswer after = ranged("max_over_time(level[1d])");

    String expected =
        text(queries.range("max_over_time(level[1d])", FIRST / DAY * DAY, NOW, DAY, SAMPLES));
    assertThat(before).isEqualTo(expected).contains("5000.0");
    assertThat(text(after)).isEqualTo(expected);
    assertThat(after.stats().samplesRead()).isLessThan(30_000);
  }

  @Test
  void aggregates_are_there_after_a_restart_and_in_a_snapshot(@TempDir Path copy)
      throws IOException {
    List<MetricStoreStats.Block> before = store.stats().blocks();
    store.snapshot(copy);
    close();

    open(Duration.ofDays(60));

    assertThat(store.stats().blocks()).containsExactlyInAnyOrderElementsOf(before);
    var config = MetricStoreConfig.in(copy).withFreeBytes(0);
    try (var copied = MetricStore.open(config, clock)) {
      assertThat(copied.stats().blocks()).hasSameSizeAs(before);
    }
  }

  @Test
  void a_short_window_sees_a_counter_grow_evenly_where_samples_are_gone() throws IOException {
    long start = FIRST / DAY * DAY + 2 * DAY;
    String day = "increase(requests_total[1d]) / 86400";
    QueryAnswer whole = queries.range(day, start, start + 6 * DAY, DAY, SAMPLES);
    clock.advance(400 * DAY);
    store.tidy();

    String query = "avg_over_time(rate(requests_total[5m])[1d:5m])";
    QueryAnswer answer = queries.range(query, start, start + 6 * DAY, DAY, QueryOptions.DEFAULT);

    assertThat(blocks(HOUR / 12)).isZero();
    assertThat(answer.infos()).contains(HOURS);
    assertClose(answer, whole, 0.05);
  }

  @Test
  void they_are_found_again_when_the_manifest_is_made_anew() throws IOException {
    List<MetricStoreStats.Block> before = store.stats().blocks();
    close();
    Path manifest = folder.resolve("metrics/manifest");
    Files.move(manifest, manifest.resolveSibling("manifest.damaged"));

    open(Duration.ofDays(60));

    assertThat(store.stats().blocks()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void verification_finds_nothing_wrong_with_them() {
    close();

    Verification verified = Verification.of(folder, Limits.NORMAL);

    assertThat(verified.findings()).isEmpty();
    assertThat(verified.blocks()).isGreaterThan(10);
    open(Duration.ofDays(60));
  }

  @Test
  void making_them_comes_to_an_end() throws IOException {
    List<MetricStoreStats.Block> before = store.stats().blocks();

    store.tidy();

    assertThat(store.stats().blocks()).isEqualTo(before);
    assertThat(blocks(HOUR)).isPositive();
    assertThat(blocks(HOUR / 12)).isPositive();
  }
}
