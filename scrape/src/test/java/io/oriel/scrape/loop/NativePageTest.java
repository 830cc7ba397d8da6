package io.oriel.scrape.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Labels;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limits;
import io.oriel.scrape.RecordedSink;
import io.oriel.scrape.config.HistogramSettings;
import io.oriel.scrape.config.SampleLimits;
import io.oriel.scrape.config.ScrapeSettings;
import io.oriel.scrape.discover.Target;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.relabel.Relabeling;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Native histograms, exemplars and start times on their way from a page to the store. */
class NativePageTest {
  private final RecordedSink sink = new RecordedSink();
  private final MetricWriter writer = sink.writer();

  private PageReader reader(HistogramSettings histograms) {
    var settings =
        new ScrapeSettings(
            false,
            true,
            false,
            ScrapeSettings.ACCEPT_NATIVE,
            null,
            histograms,
            SampleLimits.NONE,
            HttpSettings.NORMAL,
            Relabeling.NONE);
    var target =
        new Target(
            "node",
            URI.create("http://gpu1:9100/metrics"),
            Labels.of("job", "node"),
            15_000,
            10_000,
            settings,
            Map.of(),
            "a test");
    return new PageReader(target, writer, Limits.NORMAL);
  }

  private RecordedSink.Batch scrape(
      PageReader reader, ExpositionFormat format, long timeMs, byte[] page) throws Exception {
    reader.begin(timeMs);
    format.parse(page, page.length, Limits.NORMAL, reader);
    reader.handOn();
    writer.commit();
    reader.release();
    return sink.take();
  }

  /** A histogram with 5 observations in one native bucket, and a classic bucket beside it. */
  private static byte[] page(long positiveDelta) {
    var exemplar =
        new FieldWriter()
            .message(1, new FieldWriter().text(1, "trace_id").text(2, "x"))
            .eightBytes(2, 0.5);
    var histogram =
        new FieldWriter()
            .number(1, 5)
            .eightBytes(2, 2.5)
            .message(3, new FieldWriter().number(1, 5).eightBytes(2, 1).message(3, exemplar))
            .message(12, new FieldWriter().number(2, 1))
            .number(13, 2 * positiveDelta)
            .message(15, new FieldWriter().number(1, 1))
            .message(16, exemplar);
    var family =
        new FieldWriter()
            .text(1, "latency")
            .number(3, 4)
            .message(4, new FieldWriter().message(7, histogram));
    byte[] bytes = family.toBytes();
    return new FieldWriter().varint(bytes.length).raw(bytes, 0, bytes.length).toBytes();
  }

  @Test
  void a_native_histogram_is_stored_with_its_start_and_exemplar_and_ends_as_a_series_does()
      throws Exception {
    PageReader reader = reader(new HistogramSettings(true, false));

    var first = scrape(reader, ExpositionFormat.PROTOBUF, 15_000, page(5));
    var second = scrape(reader, ExpositionFormat.PROTOBUF, 30_000, page(5));
    var gone = scrape(reader, ExpositionFormat.PROTOBUF, 45_000, new byte[0]);

    assertThat(first.samples())
        .isEqualTo(
            Map.of("latency{job=\"node\"}", "{{count:5 sum:2.5 buckets:[5]}}@15000 since 1000"));
    assertThat(first.exemplars())
        .containsExactly("latency{job=\"node\"} # {trace_id=\"x\"} 0.5 15000");
    assertThat(second.exemplars()).isEmpty(); // without a time: told again, and known
    assertThat(gone.of("latency{job=\"node\"}")).isEqualTo("stale@45000");
  }

  @Test
  void classic_buckets_come_where_native_ones_were_not_asked_for() throws Exception {
    var batch =
        scrape(reader(HistogramSettings.CLASSIC), ExpositionFormat.PROTOBUF, 15_000, page(5));

    assertThat(batch.samples())
        .containsEntry("latency_count{job=\"node\"}", "5@15000 since 1000")
        .containsEntry("latency_bucket{job=\"node\", le=\"1.0\"}", "5@15000 since 1000")
        .hasSize(4);
    assertThat(batch.exemplars()).hasSize(1);
  }

  @Test
  void a_broken_histogram_is_counted_and_costs_nothing_else() throws Exception {
    PageReader reader = reader(new HistogramSettings(true, false));

    var batch = scrape(reader, ExpositionFormat.PROTOBUF, 15_000, page(4));

    assertThat(batch.samples()).isEmpty();
    assertThat(reader.refused()).isOne();
    assertThat(reader.refusedBecause()).contains("latency").contains("4 observations");
  }

  @Test
  void exemplars_of_open_metrics_are_stored() throws Exception {
    String page = "# TYPE a counter\na_total 7 # {trace_id=\"x\"} 0.5 12.5\n# EOF\n";

    var batch =
        scrape(
            reader(HistogramSettings.CLASSIC),
            ExpositionFormat.OPEN_METRICS,
            15_000,
            page.getBytes(UTF_8));

    assertThat(batch.exemplars())
        .containsExactly("a_total{job=\"node\"} # {trace_id=\"x\"} 0.5 12500");
  }

  private static byte[] histogramOf(int schema, int... positive) {
    var histogram = new FieldWriter().number(1, sum(positive)).eightBytes(2, 1);
    histogram.number(5, zigzag(schema)).eightBytes(6, 0.001);
    histogram.message(12, new FieldWriter().number(2, positive.length));
    int before = 0;
    for (int count : positive) {
      histogram.number(13, zigzag(count - before));
      before = count;
    }
    var family =
        new FieldWriter()
            .text(1, "latency")
            .number(3, 4)
            .message(4, new FieldWriter().message(7, histogram));
    byte[] bytes = family.toBytes();
    return new FieldWriter().varint(bytes.length).raw(bytes, 0, bytes.length).toBytes();
  }

  private static int sum(int... counts) {
    return java.util.stream.IntStream.of(counts).sum();
  }

  private static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  private String stored(HistogramSettings settings, byte[] page) throws Exception {
    return scrape(reader(settings), ExpositionFormat.PROTOBUF, 0, page)
        .of("latency{job=\"node\"}")
        .replace(" z_bucket_w:0.001", "");
  }

  @Test
  void a_histogram_with_too_many_buckets_is_made_coarser_until_they_fit() throws Exception {
    byte[] page = histogramOf(2, 1, 2, 3, 4, 5, 6, 7, 8);

    assertThat(stored(new HistogramSettings(true, false, false, 8, Histogram.FINEST), page))
        .startsWith("{{schema:2 ");
    assertThat(stored(new HistogramSettings(true, false, false, 5, Histogram.FINEST), page))
        .isEqualTo("{{schema:1 count:36 sum:1 buckets:[1 5 9 13 8]}}@0");
    assertThat(stored(new HistogramSettings(true, false, false, 3, Histogram.FINEST), page))
        .isEqualTo("{{count:36 sum:1 buckets:[1 14 21]}}@0");
  }

  @Test
  void a_histogram_that_can_not_be_made_coarse_enough_fails_the_scrape() {
    byte[] page = histogramOf(-4, 1, 2, 3);
    var settings = new HistogramSettings(true, false, false, 2, Histogram.FINEST);

    assertThatThrownBy(() -> stored(settings, page))
        .isInstanceOf(PageRefused.class)
        .hasMessageContaining("3 buckets, more than native_histogram_bucket_limit (2)");
  }

  @Test
  void finer_buckets_than_wanted_are_made_coarser_and_coarser_ones_stay() throws Exception {
    var settings = new HistogramSettings(true, false, false, 0, 0);

    assertThat(stored(settings, histogramOf(1, 1, 2, 3)))
        .startsWith("{{count:6 sum:1 buckets:[1 5]");
    assertThat(stored(settings, histogramOf(-1, 1, 2, 3))).startsWith("{{schema:-1 count:6");
  }
}
