package io.oriel.scrape.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.scrape.RecordedSink;
import io.oriel.scrape.config.ScrapeSettings;
import io.oriel.scrape.discover.Target;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.exposition.SyntaxError;
import io.oriel.wire.protobuf.FieldWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageReaderTest {
  private final RecordedSink sink = new RecordedSink();
  private final MetricWriter writer = sink.writer();
  private final PageReader reader = new PageReader(target(), writer, Limits.NORMAL);

  private static Target target() {
    return new Target(
        "node",
        URI.create("http://gpu1:9100/metrics"),
        Labels.of("job", "node"),
        15_000,
        10_000,
        ScrapeSettings.NORMAL,
        Map.of(),
        "a test");
  }

  private static void read(PageReader reader, long timeMs, byte[] page) throws SyntaxError {
    read(reader, timeMs, ExpositionFormat.TEXT, page);
  }

  private static void read(PageReader reader, long timeMs, ExpositionFormat format, byte[] page)
      throws SyntaxError {
    reader.begin(timeMs);
    reader.comes(format, page, page.length);
    format.parse(page, page.length, Limits.NORMAL, reader);
  }

  private RecordedSink.Batch scrape(long timeMs, String page)
      throws SyntaxError, InterruptedException {
    return scrape(timeMs, ExpositionFormat.TEXT, page.getBytes(StandardCharsets.UTF_8));
  }

  private RecordedSink.Batch scrape(long timeMs, ExpositionFormat format, byte[] page)
      throws SyntaxError, InterruptedException {
    read(reader, timeMs, format, page);
    reader.handOn();
    writer.commit();
    reader.release();
    return sink.take();
  }

  @Test
  void a_series_that_two_texts_name_ends_with_the_last_of_them() throws Exception {
    scrape(0, "m{a=\"1\",b=\"2\"} 1\nm{b=\"2\",a=\"1\"} 1\n");

    var one = scrape(15_000, "m{b=\"2\",a=\"1\"} 2\n");
    var swapped = scrape(30_000, "m{a=\"1\",b=\"2\"} 3\n");
    var none = scrape(45_000, "");

    String series = "m{a=\"1\", b=\"2\", job=\"node\"}";
    assertThat(one.of(series)).isEqualTo("2@15000");
    assertThat(swapped.of(series)).isEqualTo("3@30000");
    assertThat(none.of(series)).isEqualTo("stale@45000");
  }

  @Test
  void a_page_that_breaks_off_leaves_nothing_behind() throws Exception {
    scrape(0, "a 1\n");
    reader.begin(15_000);
    byte[] broken = "a 2\nb 2\nc x\n".getBytes(StandardCharsets.UTF_8);
    try {
      ExpositionFormat.TEXT.parse(broken, broken.length, Limits.NORMAL, reader);
    } catch (SyntaxError e) {
      reader.endAll(15_000);
    }
    writer.commit();
    reader.release();

    assertThat(sink.take().samples())
        .isEqualTo(Map.of("a{job=\"node\"}", "stale@15000")); // b was never told, so never ends
  }

  @Test
  void what_only_a_broken_page_told_is_given_back_before_the_batch_is_committed() throws Exception {
    scrape(0, "a 1\n");
    reader.begin(15_000);
    byte[] broken =
        "a 2\nb{x=\"1\",y=\"1\"} 2\nb{y=\"1\",x=\"1\"} 2\nc x\n".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () -> ExpositionFormat.TEXT.parse(broken, broken.length, Limits.NORMAL, reader))
        .isInstanceOf(SyntaxError.class);

    reader.endAll(15_000);

    assertThat(sink.held()).containsExactly("a{job=\"node\"}");
    assertThat(reader.knownSeries()).isZero();
    assertThat(scrape(30_000, "b{x=\"1\",y=\"1\"} 3\n").of("b{job=\"node\", x=\"1\", y=\"1\"}"))
        .isEqualTo("3@30000");
  }

  @Test
  void a_page_of_more_samples_than_may_be_held_is_refused_as_a_whole_by_the_limits_name() {
    var small = new PageReader(target(), writer, Limits.NORMAL.with(Limit.SCRAPE_SAMPLES, 100));
    byte[] most = "a 1\n".repeat(100).getBytes(StandardCharsets.UTF_8);
    byte[] more = "a 1\n".repeat(101).getBytes(StandardCharsets.UTF_8);

    assertThatCode(() -> read(small, 0, most)).doesNotThrowAnyException();
    assertThatThrownBy(() -> read(small, 15_000, more))
        .isInstanceOf(PageRefused.class)
        .hasMessage("the page has more samples and exemplars than limits.scrape_samples (100)");
  }

  @Test
  void a_page_far_larger_than_the_next_costs_its_room_only_while_it_is_there() throws Exception {
    for (int i = 0; i < 3; i++) {
      scrape(i * 30_000L, new String(page(2000), StandardCharsets.UTF_8));
      scrape(i * 30_000L + 15_000, "a 1\n");

      assertThat(reader.knownSeries()).isOne();
    }
    assertThat(scrape(100_000, "a 2\n").of("a{job=\"node\"}")).isEqualTo("2@100000");
  }

  @Test
  void metadata_is_told_when_it_is_new_and_whole() throws Exception {
    scrape(0, "# HELP a Help a.\n# TYPE a counter\na 1\n# TYPE b gauge\nb 1\n");
    assertThat(sink.metadata())
        .containsEntry("a", new MetricMetadata(MetricMetadata.Type.COUNTER, "Help a.", ""))
        .containsEntry("b", new MetricMetadata(MetricMetadata.Type.GAUGE, "", ""));
    sink.metadata().clear();

    scrape(15_000, "# HELP a Help a.\n# TYPE a counter\na 1\n# TYPE b gauge\nb 1\n");
    assertThat(sink.metadata()).isEmpty();

    scrape(30_000, "# HELP a Help a.\n# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n");
    scrape(45_000, "# HELP a Help a.\n# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n");
    assertThat(sink.metadata())
        .containsEntry("a", new MetricMetadata(MetricMetadata.Type.GAUGE, "Help a.", ""));
  }

  @Test
  void a_steady_scrape_allocates_nothing_a_line() throws Exception {
    var steady = new PageReader(target(), new CountingWriter(), Limits.NORMAL);
    byte[] small = page(10);
    byte[] large = page(2000);
    for (int i = 0; i < 50; i++) handOn(steady, i, large);
    long forMany = allocated(steady, large);
    for (int i = 0; i < 50; i++) handOn(steady, i, small);
    long forFew = allocated(steady, small);

    assertThat(forMany).isEqualTo(forFew);
  }

  private static byte[] page(int lines) {
    var page = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      page.append("# HELP m").append(i).append(" Help.\n# TYPE m").append(i).append(" gauge\n");
      page.append('m').append(i).append("{gpu=\"0\",uuid=\"GPU-1\"} 41.5\n");
    }
    return page.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void handOn(PageReader reader, long timeMs, byte[] page) throws SyntaxError {
    read(reader, timeMs, page);
    reader.handOn();
    reader.release();
  }

  private static long allocated(PageReader reader, byte[] page) throws SyntaxError {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    handOn(reader, 1, page);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** A store that costs nothing. */
  private static final class CountingWriter implements MetricWriter {
    private long next = 1;

    @Override
    public long series(Labels labels) {
      return next++;
    }

    @Override
    public void release(long series) {}

    @Override
    public void sample(long series, long timeMs, double value) {}

    @Override
    public void histogram(long series, long timeMs, Histogram histogram) {}

    @Override
    public void startOfLast(long startMs) {}

    @Override
    public void exemplar(long series, Exemplar exemplar) {}

    @Override
    public void metadata(String metric, MetricMetadata metadata) {}

    @Override
    public Receipt commit() {
      return Receipt.allKept(0);
    }

    @Override
    public void close() {}
  }

  /** A page of one of several processes, each counting for itself. */
  private static String page(long start, double count) {
    return "# HELP process_start_time_seconds x\nrequests_total %s\nprocess_start_time_seconds %d\n"
        .formatted(count, start);
  }

  @Test
  void processes_that_answer_in_turn_are_kept_apart_and_what_they_were_taken_for_ends()
      throws Exception {
    String one = "requests_total{job=\"node\"}";
    String first = "requests_total{job=\"node\", oriel_worker=\"1\"}";
    String second = "requests_total{job=\"node\", oriel_worker=\"2\"}";

    assertThat(scrape(0, page(100, 50)).of(one)).isEqualTo("50@0");
    assertThat(scrape(15_000, page(200, 7)).of(one)).isEqualTo("7@15000"); // may be a restart
    assertThat(scrape(30_000, page(100, 51)).of(one)).isEqualTo("51@30000"); // it is none
    var split = scrape(45_000, page(200, 8));
    var other = scrape(60_000, page(100, 52));
    var again = scrape(75_000, page(200, 9));

    assertThat(split.of(one)).isEqualTo("stale@45000");
    assertThat(split.of(first)).isEqualTo("8@45000");
    assertThat(other.of(second)).isEqualTo("52@60000");
    assertThat(other.samples()).hasSize(2);
    assertThat(again.of(first)).isEqualTo("9@75000");
    assertThat(reader.workers()).isEqualTo(2);
  }

  @Test
  void a_restart_is_no_second_process() throws Exception {
    for (int i = 0; i < 12; i++) {
      var batch = scrape(i * 15_000L, page(100 + i / 3, i));
      assertThat(batch.of("requests_total{job=\"node\"}")).isEqualTo(i + "@" + i * 15_000L);
    }

    assertThat(reader.workers()).isZero();
  }

  @Test
  void a_worker_that_does_not_come_again_ends_and_its_number_is_free() throws Exception {
    scrape(0, page(100, 1));
    scrape(1, page(200, 1));
    scrape(2, page(100, 2));
    scrape(3, page(200, 2)); // 1
    scrape(4, page(100, 3)); // 2

    RecordedSink.Batch last = scrape(5, page(100, 4));
    for (int i = 6; i < 4 + Workers.PATIENCE; i++) last = scrape(i, page(100, i));
    String first = "requests_total{job=\"node\", oriel_worker=\"1\"}";

    assertThat(last.of(first)).isEqualTo("stale@" + (3 + Workers.PATIENCE));
    assertThat(scrape(99, page(300, 1)).of(first)).isEqualTo("1@99");
  }

  @Test
  void all_workers_end_when_the_target_fails() throws Exception {
    scrape(0, page(100, 1));
    scrape(1, page(200, 1));
    scrape(2, page(100, 2));
    scrape(3, page(200, 2));
    scrape(4, page(100, 3));

    reader.begin(5);
    reader.endAll(5);
    writer.commit();
    reader.release();
    var end = sink.take();

    assertThat(end.of("requests_total{job=\"node\", oriel_worker=\"1\"}")).isEqualTo("stale@5");
    assertThat(end.of("requests_total{job=\"node\", oriel_worker=\"2\"}")).isEqualTo("stale@5");
    assertThat(reader.knownSeries()).isZero();
  }

  @Test
  void the_start_is_found_in_a_page_with_labels_blanks_and_other_lines_that_name_it() {
    byte[] page =
        "# TYPE process_start_time_seconds gauge\nx{a=\"process_start_time_seconds 3\"} 1\nprocess_start_time_seconds_x 4\nprocess_start_time_seconds{pid=\"1\"}  1.7e9 123\n"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(StartOfProcess.in(ExpositionFormat.TEXT, page, page.length)).isEqualTo(1.7e9);
    assertThat(StartOfProcess.in(ExpositionFormat.TEXT, page, 60)).isNaN();
    assertThat(StartOfProcess.in(ExpositionFormat.TEXT, new byte[0], 0)).isNaN();
  }

  /** Families as a Go program tells them: help, type, and a metric with a label. */
  private static byte[] protobufPage(double start, double requests) {
    var value = new FieldWriter().eightBytes(1, start);
    var label = new FieldWriter().text(1, "pid").text(2, "7");
    var began =
        new FieldWriter()
            .text(1, Workers.START)
            .text(2, "Start of the process.")
            .number(3, 1)
            .message(4, new FieldWriter().message(1, label).message(2, value));
    var counted =
        new FieldWriter()
            .text(1, "requests_total")
            .message(4, new FieldWriter().message(3, new FieldWriter().eightBytes(1, requests)));
    return page(counted, began);
  }

  private static byte[] page(FieldWriter... families) {
    var page = new FieldWriter();
    for (FieldWriter family : families) {
      byte[] bytes = family.toBytes();
      page.varint(bytes.length).raw(bytes, 0, bytes.length);
    }
    return page.toBytes();
  }

  @Test
  void the_start_is_found_in_a_page_of_protocol_buffers() {
    byte[] page = protobufPage(1.7e9, 5);
    byte[] other = page(new FieldWriter().text(1, "up").number(3, 1));

    assertThat(StartOfProcess.in(ExpositionFormat.PROTOBUF, page, page.length)).isEqualTo(1.7e9);
    assertThat(StartOfProcess.in(ExpositionFormat.PROTOBUF, page, page.length - 3)).isNaN();
    assertThat(StartOfProcess.in(ExpositionFormat.PROTOBUF, other, other.length)).isNaN();
  }

  @Test
  void processes_that_answer_in_turn_by_protocol_buffers_are_kept_apart_too() throws Exception {
    scrape(0, ExpositionFormat.PROTOBUF, protobufPage(100, 50));
    scrape(1, ExpositionFormat.PROTOBUF, protobufPage(200, 7));
    scrape(2, ExpositionFormat.PROTOBUF, protobufPage(100, 51));
    var first = scrape(3, ExpositionFormat.PROTOBUF, protobufPage(200, 8));
    var second = scrape(4, ExpositionFormat.PROTOBUF, protobufPage(100, 52));

    assertThat(first.of("requests_total{job=\"node\", oriel_worker=\"1\"}")).isEqualTo("8@3");
    assertThat(second.of("requests_total{job=\"node\", oriel_worker=\"2\"}")).isEqualTo("52@4");
    assertThat(reader.workers()).isEqualTo(2);
  }
}
