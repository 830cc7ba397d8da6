package io.oriel.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.Rows.Row;
import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.ExemplarSource;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.backend.Receipt.Reason;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistogramStoreTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final Labels LATENCY = Labels.of("__name__", "latency");
  private static final Labels UP = Labels.of("__name__", "up");

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(T0 + 4_000_000);
  private MetricStore store;
  private MetricWriter writer;

  @BeforeEach
  void open() {
    store = MetricStore.open(MetricStoreConfig.in(folder).withFreeBytes(0), clock);
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

  /** A counter with so many observations in each bucket from 0 on. */
  private static Histogram of(double... counts) {
    double count = Arrays.stream(counts).sum();
    return new Histogram(
        3,
        count,
        count * 2,
        0.001,
        0,
        Buckets.from(0, counts),
        Buckets.NONE,
        new double[0],
        CounterReset.UNKNOWN);
  }

  private Receipt append(long at, Histogram histogram) {
    writer.histogram(writer.series(LATENCY), T0 + at, histogram);
    return writer.commit();
  }

  private Receipt append(long at, double value) {
    writer.sample(writer.series(LATENCY), T0 + at, value);
    return writer.commit();
  }

  private Row row(Labels series, long at) {
    var rows = requireNonNull(Rows.all(store.source()).get(series));
    return requireNonNull(rows.get(T0 + at));
  }

  private String read() {
    return read(TimeRange.ALWAYS);
  }

  private String read(TimeRange range) {
    var columns = new SampleColumns();
    try (var selected =
        store.source().select(List.of(Matcher.equal("__name__", "latency")), range)) {
      for (int i = 0; i < selected.count(); i++) selected.read(i, columns);
    }
    var rows = new ArrayList<String>();
    for (int i = 0; i < columns.size; i++) {
      Histogram histogram = columns.histogram(i);
      String value =
          histogram == null
              ? Stale.isMarker(columns.values[i]) ? "stale" : "" + columns.values[i]
              : histogram.count() + "/" + histogram.reset().word();
      rows.add(columns.times[i] - T0 + "=" + value);
    }
    return String.join(" ", rows);
  }

  @Test
  void a_native_histogram_can_be_read_as_soon_as_it_is_committed() {
    assertThat(append(0, of(1, 2))).isEqualTo(Receipt.allKept(0, 1, 0));

    assertThat(read()).isEqualTo("0=3.0/unknown");
  }

  @Test
  void a_counter_that_goes_on_is_not_reset_and_one_that_fell_is_not_known() {
    append(0, of(1, 2));
    append(1, of(1, 3));
    append(2, of(1, 1));
    append(3, of(2, 1));

    assertThat(read()).isEqualTo("0=3.0/unknown 1=4.0/not_reset 2=2.0/unknown 3=3.0/not_reset");
  }

  @Test
  void a_gauge_stays_a_gauge_and_what_follows_a_float_or_a_marker_is_not_known() {
    append(0, of(1, 2).withReset(CounterReset.GAUGE));
    append(1, of(1, 2));
    append(2, 7);
    append(3, of(1, 2));
    append(4, Stale.MARKER);
    append(5, of(1, 2));

    assertThat(read())
        .isEqualTo("0=3.0/gauge 1=3.0/unknown 2=7.0 3=3.0/unknown 4=stale 5=3.0/unknown");
  }

  @Test
  void a_native_histogram_is_whole_after_a_restart_with_and_without_a_checkpoint()
      throws IOException {
    for (int i = 0; i < 100; i++) append(i, of(1 + i, 2, i, 0, 5 + i * 3));
    append(100, Stale.MARKER);
    append(101, 3);
    append(102, of(1, 0.25));
    var before = Rows.all(store.source());

    restart();
    assertThat(Rows.all(store.source())).isEqualTo(before);
    store.checkpoint();
    restart();
    assertThat(Rows.all(store.source())).isEqualTo(before);
    assertThat(append(103, of(1, 0.5)).histograms()).isOne();
    restart();

    assertThat(read(new TimeRange(T0 + 100, T0 + 200)))
        .isEqualTo("100=stale 101=3.0 102=1.25/unknown 103=1.5/not_reset");
  }

  @Test
  void a_series_changes_between_floats_and_histograms_within_one_batch() {
    long series = writer.series(LATENCY);
    writer.sample(series, T0, 1);
    writer.histogram(series, T0 + 1, of(1, 2));
    writer.sample(series, T0 + 2, 2);
    writer.histogram(series, T0 + 3, of(1, 2));
    writer.histogram(series, T0 + 4, of(2, 2));

    assertThat(writer.commit()).isEqualTo(Receipt.allKept(2, 3, 0));

    String rows = "0=1.0 1=3.0/unknown 2=2.0 3=3.0/unknown 4=4.0/not_reset";
    assertThat(read()).isEqualTo(rows);
    restart();
    assertThat(read()).isEqualTo(rows);
  }

  @Test
  void a_snapshot_has_the_histograms_too() throws IOException {
    append(0, of(1, 2));
    append(1, of(1, 3));
    Path copy = folder.resolve("copy");
    Files.createDirectories(copy);

    store.snapshot(copy);

    try (var opened = MetricStore.open(MetricStoreConfig.in(copy).withFreeBytes(0), clock)) {
      assertThat(Rows.all(opened.source())).isEqualTo(Rows.all(store.source()));
    }
  }

  @Test
  void the_same_histogram_again_is_there_already_and_another_for_its_time_is_refused() {
    append(0, of(1, 2));

    assertThat(append(0, of(1, 2))).isEqualTo(Receipt.allKept(0, 1, 0));
    assertThat(append(0, of(1, 3)).refused()).isEqualTo(Map.of(Reason.DUPLICATE, 1));
    assertThat(append(0, 3).refused()).isEqualTo(Map.of(Reason.DUPLICATE, 1));
    assertThat(append(-1, of(1, 2)).refused()).isEqualTo(Map.of(Reason.OUT_OF_ORDER, 1));
    assertThat(read()).isEqualTo("0=3.0/unknown");
  }

  @Test
  void a_histogram_that_contradicts_itself_costs_no_other_sample() {
    long series = writer.series(LATENCY);
    writer.sample(series, T0, 1);
    writer.histogram(series, T0 + 1, of(-1, 2));
    writer.startOfLast(T0 - 5);
    writer.histogram(series, T0 + 2, of(1, 2));

    Receipt receipt = writer.commit();

    assertThat(receipt).isEqualTo(new Receipt(1, 1, 0, Map.of(Reason.INVALID_HISTOGRAM, 1)));
    assertThat(read()).isEqualTo("0=1.0 2=3.0/unknown");
    assertThat(row(LATENCY, 0).startMs()).isZero();
  }

  @Test
  void hundreds_of_buckets_with_fractions_survive_sealing_blocks_and_restarts() throws IOException {
    double[] counts = new double[2900];
    for (int sample = 0; sample < 40; sample++) {
      for (int i = 0; i < counts.length; i++) counts[i] += Math.sqrt(i * 7.0 + sample);
      assertThat(append(sample, of(counts)).histograms()).isOne();
    }
    var before = Rows.all(store.source());

    restart();
    assertThat(Rows.all(store.source())).isEqualTo(before);
    store.cutBlock();

    assertThat(Rows.all(store.source())).isEqualTo(before);
  }

  /** 24 buckets that fill by chance, three bits of chance each. */
  @Test
  void a_steady_histogram_takes_less_than_a_byte_a_bucket() throws IOException {
    var random = new Random(1);
    double[] counts = new double[24];
    for (int sample = 0; sample < 480; sample++) {
      for (int i = 0; i < counts.length; i++) counts[i] += random.nextInt(8);
      append(sample * 15_000L - 7_200_000, of(counts));
    }

    store.cutBlock();

    long bytes = store.stats().blocks().stream().mapToLong(MetricStoreStats.Block::bytes).sum();
    assertThat(bytes / 480.0).as("bytes a histogram").isLessThan(24);
  }

  @Test
  void a_torn_record_of_histograms_costs_itself_alone() throws IOException {
    append(0, of(1, 2));
    append(1, of(2, 3));
    close();
    Path log;
    try (var files = Files.list(folder.resolve("metrics/wal"))) {
      log = files.sorted().reduce((_, b) -> b).orElseThrow();
    }
    byte[] whole = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(whole, whole.length - 20)); // the seal of 16 bytes, and 4 more

    open();

    assertThat(read()).isEqualTo("0=3.0/unknown");
    append(2, of(2, 3));
    assertThat(read()).isEqualTo("0=3.0/unknown 2=5.0/not_reset");
  }

  @Test
  void start_times_come_back_where_they_were_told_and_cost_nothing_elsewhere() throws IOException {
    for (int i = 0; i < 600; i++) {
      writer.sample(writer.series(UP), T0 + i * 1000L, 1);
      writer.sample(writer.series(LATENCY), T0 + i * 1000L, i);
      writer.startOfLast(i < 300 ? T0 - 1000 : T0 + 299_500);
      writer.commit();
    }
    var before = Rows.all(store.source());

    assertThat(row(LATENCY, 299_000)).isEqualTo(Row.of(299, T0 - 1000));
    assertThat(row(LATENCY, 300_000)).isEqualTo(Row.of(300, T0 + 299_500));
    assertThat(row(UP, 0)).isEqualTo(Row.of(1, SampleColumns.NO_START));
    restart();
    assertThat(Rows.all(store.source())).isEqualTo(before);
    store.cutBlock();
    assertThat(Rows.all(store.source())).isEqualTo(before);
  }

  private List<ExemplarSource.OfSeries> exemplars() {
    return store
        .exemplars()
        .exemplars(List.of(List.of(Matcher.regex("__name__", ".+"))), TimeRange.ALWAYS);
  }

  private String values() {
    return exemplars().stream()
        .flatMap(of -> of.exemplars().stream())
        .map(each -> each.timeMs() - T0 + "=" + each.value())
        .collect(Collectors.joining(" "));
  }

  private Receipt exemplar(long at, double value, String trace) {
    var exemplar = new Exemplar(Labels.of("trace_id", trace), value, T0 + at);
    writer.exemplar(writer.series(LATENCY), exemplar);
    return writer.commit();
  }

  @Test
  void exemplars_are_kept_in_order_and_an_equal_one_changes_nothing() {
    assertThat(exemplar(1, 0.5, "a")).isEqualTo(Receipt.allKept(0, 0, 1));
    assertThat(exemplar(1, 0.5, "a").refused()).isEmpty();
    assertThat(exemplar(1, 0.7, "b").exemplars()).isOne();
    assertThat(exemplar(1, 0.6, "c").refused()).isEqualTo(Map.of(Reason.EXEMPLAR_OUT_OF_ORDER, 1));
    assertThat(exemplar(0, 9, "d").refused()).isEqualTo(Map.of(Reason.EXEMPLAR_OUT_OF_ORDER, 1));
    assertThat(exemplar(2, 1, "e".repeat(121)).refused())
        .isEqualTo(Map.of(Reason.EXEMPLAR_TOO_LONG, 1));
    assertThat(exemplar(9_999_999, 1, "f").refused())
        .isEqualTo(Map.of(Reason.EXEMPLAR_TOO_FAR_AHEAD, 1));

    assertThat(values()).isEqualTo("1=0.5 1=0.7");
  }

  @Test
  void exemplars_survive_a_restart_a_checkpoint_and_a_cut() throws IOException {
    append(0, of(1, 2));
    exemplar(1, 0.5, "a");
    writer.exemplar(writer.series(UP), new Exemplar(Labels.EMPTY, 1, T0));
    exemplar(2, 0.25, "ü");
    var before = exemplars();

    restart();
    assertThat(exemplars()).isEqualTo(before).hasSize(2);
    store.checkpoint();
    restart();
    assertThat(exemplars()).isEqualTo(before);
    store.cutBlock();
    exemplar(3, 1, "b");
    restart();

    assertThat(values()).isEqualTo("1=0.5 2=0.25 3=1.0 0=1.0");
  }
}
