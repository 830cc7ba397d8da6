package io.oriel.wire.remotewrite;

import static io.oriel.wire.remotewrite.Request2.message;
import static io.oriel.wire.remotewrite.Request2.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.Malformed;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Write2DecoderTest {
  /** {@code up{job="x"} 1 @ 1500}, as the protocol draws it. */
  private static final String GOLDEN =
      "22 00 22 08 5f 5f 6e 61 6d 65 5f 5f 22 02 75 70 22 03 6a 6f 62 22 01 78" // the table
          + "2a 14 0a 04 01 02 03 04" // a series of 20 bytes, four references
          + "12 0c 09 00 00 00 00 00 00 f0 3f 10 dc 0b"; // 1 at 1500

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static Heard heard(Request2 request) throws Malformed {
    return Heard.of2(request.bytes());
  }

  @Test
  void a_request_is_the_bytes_that_the_protocol_draws() throws Exception {
    var built = new Request2().series(sample(1500, 1), "__name__", "up", "job", "x").bytes();

    assertThat(HexFormat.of().formatHex(built)).isEqualTo(HexFormat.of().formatHex(hex(GOLDEN)));
    assertThat(Heard.of2(hex(GOLDEN)).lines)
        .containsExactly("series up{job=\"x\"}", "sample 1500 1.0");
  }

  @Test
  void labels_that_are_not_sorted_and_a_table_without_empty_text_are_taken() throws Exception {
    String noEmpty = "22 08 5f 5f 6e 61 6d 65 5f 5f 22 02 75 70 22 01 61 22 01 78";
    String series = "2a 14 0a 04 02 03 00 01" + "12 0c 09 00 00 00 00 00 00 f0 3f 10 dc 0b";

    assertThat(Heard.of2(hex(noEmpty + series)).lines).first().isEqualTo("series up{a=\"x\"}");
  }

  @Test
  void the_table_may_stand_behind_the_series_and_references_need_not_be_packed() throws Exception {
    String table = "22 00 22 08 5f 5f 6e 61 6d 65 5f 5f 22 02 75 70";
    String series = "2a 06" + "08 01 08 02" + "12 00";

    assertThat(Heard.of2(hex(series + table)).lines).containsExactly("series up", "sample 0 0.0");
  }

  @ParameterizedTest
  @CsvSource({
    "1 99, 'no series: the labels {} go on with the text 99 of a table of 5'",
    "1 2 3, 'no series: the labels up go on with a name without a value'",
    "1 2 1 4, 'no series: the labels up have __name__ twice'",
    "1 2 0 4, 'no series: the labels up go on with one without name'",
    "1 -1, 'no series: the labels {} go on with the text 18446744073709551615 of a table of 5'",
  })
  void references_that_name_no_series_are_told_apart_from_a_broken_request(String refs, String line)
      throws Exception {
    var request = new Request2();
    for (String text : new String[] {"__name__", "up", "job", "x"}) request.ref(text);
    long[] numbers = Arrays.stream(refs.split(" ")).mapToLong(Long::parseLong).toArray();

    var lines = heard(request.seriesOf(sample(1, 1), numbers)).lines;

    assertThat(lines.getFirst().replace("{__name__=\"up\"}", "up")).isEqualTo(line);
  }

  @Test
  void start_times_come_from_the_sample_or_else_from_the_series() throws Exception {
    Consumer<FieldWriter> seriesStart = one -> one.number(6, 700);
    var lines =
        heard(
                new Request2()
                    .series(
                        sample(1500, 1, 900).andThen(sample(1600, 2)).andThen(seriesStart),
                        "__name__",
                        "a"))
            .lines;

    assertThat(lines)
        .containsExactly("series a", "sample 1500 1.0 since 900", "sample 1600 2.0 since 700");
  }

  @Test
  void a_series_with_samples_and_histograms_is_told_as_mixed() throws Exception {
    var both = sample(1, 1).andThen(message(3, new FieldWriter()));

    assertThat(heard(new Request2().series(both, "__name__", "a")).lines)
        .startsWith("mixed series a");
  }

  @Test
  void exemplars_have_labels_of_the_table() throws Exception {
    var request = new Request2();
    var refs = new FieldWriter().varint(request.ref("trace_id")).varint(request.ref("abc"));
    var exemplar = new FieldWriter().message(1, refs).eightBytes(2, Double.NaN).number(3, 1400);
    var wrong = new FieldWriter().number(1, 77);

    var lines =
        heard(
                request.series(
                    sample(1500, 1).andThen(message(4, exemplar)).andThen(message(4, wrong)),
                    "__name__",
                    "a"))
            .lines;

    assertThat(lines)
        .containsExactly(
            "series a",
            "sample 1500 1.0",
            "exemplar 1400 {trace_id=\"abc\"} NaN",
            "no exemplar: the labels {} go on with a name without a value");
  }

  @Test
  void metadata_are_said_of_the_metric_not_of_its_parts() throws Exception {
    for (MetricMetadata.Type type : MetricMetadata.Type.values()) {
      if (type == MetricMetadata.Type.UNKNOWN) continue;
      var request = new Request2();
      var said =
          new FieldWriter()
              .number(1, WriteDecoder.number(type))
              .number(3, request.ref("What it is."))
              .number(4, request.ref("seconds"));
      String suffix = type == MetricMetadata.Type.HISTOGRAM ? "_bucket" : "";

      var lines = heard(request.series(message(5, said), "__name__", "a" + suffix)).lines;

      assertThat(lines.getLast())
          .isEqualTo("metadata a " + new MetricMetadata(type, "What it is.", "seconds"));
    }
  }

  @Test
  void a_series_has_the_same_fingerprint_whatever_the_table_looks_like() throws Exception {
    var one = heard(new Request2().series(sample(1, 1), "__name__", "up", "job", "x"));
    var other = new Request2();
    other.ref("something else");
    other.ref("x");
    other.series(sample(1, 1), "__name__", "up", "job", "x");

    assertThat(heard(other).byFingerprint).isEqualTo(one.byFingerprint);
    assertThat(
            heard(new Request2().series(sample(1, 1), "__name__", "x", "job", "up")).byFingerprint)
        .doesNotContainKeys(one.byFingerprint.keySet().toArray(String[]::new));
  }

  @Test
  void decoding_allocates_nothing() throws Exception {
    var request = new Request2();
    var said = new FieldWriter().number(1, 1).number(3, request.ref("help"));
    for (int i = 0; i < 100; i++) {
      request.series(
          sample(i, i, 5).andThen(message(5, said)), "__name__", "up", "i", String.valueOf(i));
    }
    byte[] message = request.bytes();
    var decoder = new Write2Decoder(Limits.NORMAL);
    var sum = new Count();
    for (int i = 0; i < 2000; i++) decoder.decode(message, message.length, sum);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) decoder.decode(message, message.length, sum);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
    assertThat(sum.samples).isEqualTo(2100 * 100L);
    assertThat(sum.fingerprints).isNotZero();
  }

  @Test
  void a_table_or_a_list_of_series_that_is_too_long_is_refused_by_name() {
    Limits few = Limits.NORMAL.with(Limit.WRITE_SYMBOLS, 3).with(Limit.WRITE_SERIES, 2);
    byte[] texts = new byte[20];
    byte[] series = new byte[20];
    for (int i = 0; i < 20; i += 2) {
      texts[i] = 0x22;
      series[i] = 0x2a;
    }

    assertThatThrownBy(() -> new Write2Decoder(few).decode(texts, 20, new Heard()))
        .isInstanceOf(Refusal.LimitReached.class)
        .hasMessageContaining("limits.write_symbols");
    assertThatThrownBy(() -> new Write2Decoder(few).decode(series, 20, new Heard()))
        .isInstanceOf(Refusal.LimitReached.class)
        .hasMessageContaining("limits.write_series");
  }

  /** A visitor that keeps nothing. */
  private static final class Count implements WriteVisitor {
    long samples;
    long fingerprints;

    @Override
    public void series(PushedSeries series) {
      fingerprints += 31 * series.fingerprint() + series.fingerprint2();
    }

    @Override
    public void sample(long timeMs, double value, long startMs) {
      samples++;
    }

    @Override
    public void histogram(long timeMs, Histogram histogram, long startMs) {}

    @Override
    public void wrongHistogram(String why) {}

    @Override
    public void exemplar(Labels labels, double value, long timeMs) {}

    @Override
    public void wrongExemplar(String why) {}

    @Override
    public void metadata(String metric, MetricMetadata said) {}

    @Override
    public boolean isNews(long metric, long said) {
      return false;
    }
  }
}
