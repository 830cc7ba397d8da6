package io.oriel.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextParserTest {
  private static List<String> read(ExpositionFormat format, byte[] page) throws SyntaxError {
    var heard = new ArrayList<String>();
    format.parse(
        page,
        page.length,
        Limits.NORMAL,
        (series, value, ms) -> heard.add(series.labels() + " " + value + " " + ms));
    return heard;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 1\\nb 2\\nc x\\n | line 3: 'x' is not a number, in: c x",
        "a{b='c'} 1 | line 1: expected a label value in double quotes but found ''', in: a{b='c'} 1",
        "a.b 1 | line 1: the metric name holds what needs {\"...\"} around it, in: a.b 1",
        "a{b=\"c\" 1 | line 1: the labels have no closing brace, in: a{b=\"c\" 1",
        "a{b=\"c 1 | line 1: a text in quotes has no closing quote, in: a{b=\"c 1",
        "a{b=\"1\",b=\"2\"} 1 | line 1: the label b comes twice, in: a{b=\"1\",b=\"2\"} 1",
        "{b=\"1\"} 1 | line 1: there is no metric name, in: {b=\"1\"} 1",
        "<html> | line 1: a line begins neither with a metric name nor with {, in: <html>"
      })
  void an_error_names_its_line_the_reason_and_the_text(String page, String message) {
    byte[] bytes = page.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> read(ExpositionFormat.TEXT, bytes)).hasMessage(message);
  }

  @Test
  void a_line_over_its_limit_is_refused_by_name() {
    byte[] page = ("a{b=\"" + "x".repeat(2000) + "\"} 1\n").getBytes(StandardCharsets.UTF_8);
    var limits = Limits.NORMAL.with(Limit.SCRAPE_LINE_BYTES, 1000);

    assertThatThrownBy(
            () -> ExpositionFormat.TEXT.parse(page, page.length, limits, (series, v, ms) -> {}))
        .hasMessageContaining("longer than 1000 bytes (limits.scrape_line_bytes)");
  }

  @Test
  void bytes_behind_the_given_length_are_not_read() throws SyntaxError {
    byte[] page = "a 1\nb 23\n".getBytes(StandardCharsets.UTF_8);
    var heard = new ArrayList<String>();

    ExpositionFormat.TEXT.parse(page, 7, Limits.NORMAL, (s, v, ms) -> heard.add(s + " " + v));

    assertThat(heard).containsExactly("a 1.0", "b 2.0");
  }

  @Test
  void a_series_is_recognised_by_bytes_and_form() throws SyntaxError {
    byte[] page =
        "h{le=\"1\"} 1\nh{le=\"1\"} 2\n# TYPE h histogram\nh{le=\"1\"} 3\n"
            .getBytes(StandardCharsets.UTF_8);
    var hashes = new ArrayList<Long>();
    var forms = new ArrayList<Integer>();

    ExpositionFormat.TEXT.parse(
        page,
        page.length,
        Limits.NORMAL,
        (series, value, ms) -> {
          hashes.add(series.hash());
          forms.add(series.form());
          assertThat(series.sameAs(page, 0, 9, series.form())).isTrue();
          assertThat(series.sameAs(page, 0, 8, series.form())).isFalse();
        });

    assertThat(hashes.get(0)).isEqualTo(hashes.get(1)).isNotEqualTo(hashes.get(2));
    assertThat(forms.get(0)).isEqualTo(forms.get(1)).isNotEqualTo(forms.get(2));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROTOBUF")
  void reading_what_is_known_allocates_nothing_a_line(ExpositionFormat format) throws SyntaxError {
    byte[] page = page(format, 2000);
    byte[] small = page(format, 1);
    long[] hash = {0};
    SampleVisitor recognising = (series, value, ms) -> hash[0] += series.hash() + (long) value;
    for (int i = 0; i < 20; i++) format.parse(page, page.length, Limits.NORMAL, recognising);

    long forOne = allocated(() -> format.parse(small, small.length, Limits.NORMAL, recognising));
    long forMany = allocated(() -> format.parse(page, page.length, Limits.NORMAL, recognising));

    assertThat(forMany).isEqualTo(forOne);
  }

  private interface Reading {
    void run() throws SyntaxError;
  }

  private static long allocated(Reading reading) throws SyntaxError {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    reading.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static byte[] page(ExpositionFormat format, int samples) {
    var writer = new TextWriter(format);
    var gauge = new MetricMetadata(MetricMetadata.Type.GAUGE, "How warm it is.", "");
    for (int i = 0; i < samples; i++) {
      writer.family("temperature_" + i, gauge);
      var labels = Labels.of("__name__", "temperature_" + i, "gpu", "" + i, "uuid", "GPU-" + i);
      writer.sample(labels, 41.5 + i * 1e-9);
    }
    return writer.toBytes();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROTOBUF")
  void what_was_written_is_read_back(ExpositionFormat format) throws SyntaxError {
    var odd = Labels.of("__name__", "my.metric", "raum.größe", "a\"b\\c\nd", "x", "{},=");
    byte[] page =
        new TextWriter(format)
            .family("my.metric", new MetricMetadata(MetricMetadata.Type.COUNTER, "A\nb \\ \"", ""))
            .sample(odd, Double.NEGATIVE_INFINITY)
            .sample(Labels.of("__name__", "up"), 1e-7, 1_700_000_000_123L)
            .sample(Labels.of("__name__", "up", "a", "b"), 5, -1500)
            .toBytes();
    if (format == ExpositionFormat.TEXT) page = withoutNegativeTime(page);

    assertThat(read(format, page))
        .startsWith(odd + " -Infinity " + SampleVisitor.NO_TIMESTAMP, "up 1.0E-7 1700000000123");
  }

  /** The text format has no time before 1970. */
  private static byte[] withoutNegativeTime(byte[] page) {
    return new String(page, StandardCharsets.UTF_8)
        .replace(" -1500", "")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_time_in_open_metrics_is_seconds_with_three_digits() {
    byte[] page =
        new TextWriter(ExpositionFormat.OPEN_METRICS)
            .sample(Labels.of("__name__", "a"), 1, 1_700_000_000_005L)
            .sample(Labels.of("__name__", "a"), 1, -500)
            .sample(Labels.of("__name__", "a"), 1, 2000)
            .toBytes();

    assertThat(new String(page, StandardCharsets.UTF_8))
        .isEqualTo("a 1 1700000000.005\na 1 -0.500\na 1 2\n# EOF\n");
  }
}
