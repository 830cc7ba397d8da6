package io.oriel.wire.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.Malformed;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteDecoderTest {
  private static final Labels UP = Labels.of("__name__", "up", "job", "a");

  /** {@code up{job="a"} 1 @ 1500}, as protobuf has it. */
  private static final String GOLDEN =
      "0a 28" // a series of 40 bytes
          + "0a 0e 0a 08 5f 5f 6e 61 6d 65 5f 5f 12 02 75 70" // __name__ is up
          + "0a 08 0a 03 6a 6f 62 12 01 61" // job is a
          + "12 0c 09 00 00 00 00 00 00 f0 3f 10 dc 0b"; // 1 at 1500

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static SampleColumns samples(double... timesAndValues) {
    var samples = new SampleColumns();
    for (int i = 0; i < timesAndValues.length; i += 2) {
      samples.add((long) timesAndValues[i], timesAndValues[i + 1]);
    }
    return samples;
  }

  @Test
  void a_request_is_the_bytes_that_the_protocol_draws() throws Exception {
    byte[] written = new WriteEncoder().series(UP, samples(1500, 1)).message();

    assertThat(HexFormat.of().formatHex(written)).isEqualTo(HexFormat.of().formatHex(hex(GOLDEN)));
    assertThat(Heard.of(hex(GOLDEN)).lines)
        .containsExactly("series up{job=\"a\"}", "sample 1500 1.0");
  }

  @Test
  void what_protobuf_leaves_out_is_zero() throws Exception {
    byte[] emptySample = hex("0a 06" + "0a 02 0a 00" + "12 00");
    byte[] oldest = hex("0a 0d" + "12 0b 10 ff ff ff ff ff ff ff ff ff 01");

    assertThat(Heard.of(emptySample).lines).last().isEqualTo("sample 0 0.0");
    assertThat(Heard.of(oldest).lines).last().isEqualTo("sample -1 0.0");
  }

  @Test
  void a_stale_marker_and_minus_zero_keep_their_bits() throws Exception {
    var heard =
        Heard.of(new WriteEncoder().series(UP, samples(1, Stale.MARKER, 2, -0.0)).message());

    assertThat(heard.bits.get(UP))
        .containsExactly(
            1L, Double.doubleToRawLongBits(Stale.MARKER), 2L, Double.doubleToRawLongBits(-0.0));
  }

  @Test
  void labels_may_stand_behind_samples_and_unknown_fields_anywhere() throws Exception {
    String unknown = "78 05" + "7a 01 00" + "7d 00 00 00 00" + "79 00 00 00 00 00 00 00 00";
    String sample = "12 0b 09 00 00 00 00 00 00 f0 3f 10 07";
    String label = "0a 0f 0a 08 5f 5f 6e 61 6d 65 5f 5f 12 03 65 6e 64";
    String series = sample + unknown + label + unknown;
    String length = "%02x".formatted(hex(series).length);

    byte[] request = hex(unknown + "0a" + length + series + unknown);

    assertThat(Heard.of(request).lines).containsExactly("series end", "sample 7 1.0");
  }

  @Test
  void metadata_are_heard_with_type_help_and_unit() throws Exception {
    for (MetricMetadata.Type type : MetricMetadata.Type.values()) {
      var said = new MetricMetadata(type, "What it is.", "seconds");

      var heard = Heard.of(new WriteEncoder().metadata("a_seconds", said).message());

      assertThat(heard.lines).containsExactly("metadata a_seconds " + said);
    }
    assertThat(Heard.of(hex("1a 05 08 63 12 01 61")).lines) // a type of later days
        .containsExactly("metadata a " + new MetricMetadata(MetricMetadata.Type.UNKNOWN, "", ""));
  }

  @Test
  void histograms_and_exemplars_of_zeros_are_told() throws Exception {
    byte[] request = hex("0a 0a" + "0a 02 0a 00" + "1a 00" + "22 02 08 00");

    assertThat(Heard.of(request).lines).endsWith("exemplar 0 {} 0.0", "histogram 0 {{}}");
  }

  @ParameterizedTest
  @CsvSource({
    "0a 04 0a 02 0a 00, no series: the labels {} go on with one without name",
    "0a 08 0a 06 0a 01 61 12 01 ff, no series: the labels {} go on with bytes that are no text",
    "0a 10 0a 06 0a 01 61 12 01 62 0a 06 0a 01 61 12 01 63, 'no series: the labels {a=\"b\"} have a twice'",
  })
  void labels_that_name_no_series_are_told_apart_from_a_broken_request(String bytes, String line)
      throws Exception {
    assertThat(Heard.of(hex(bytes)).lines).containsExactly(line);
  }

  @ParameterizedTest
  @CsvSource({
    "0a 05 0a, claims 5 bytes where 1 are left at byte 2",
    "0a ff ff ff ff ff ff ff ff ff 01, claims 18446744073709551615 bytes",
    "0a 02 12 05, claims 5 bytes where 0 are left",
    "08 ff ff ff ff ff ff ff ff ff ff 01, a number has more than 10 bytes",
    "08 80, a number is cut off",
    "02 00, a field has the number 0",
    "0b, a field has the wire type 3",
    "09 00, a value is cut off",
    "0a 04 12 02 09 00, a value is cut off",
  })
  void a_broken_request_is_refused_with_what_and_where(String bytes, String what) {
    assertThatThrownBy(() -> Heard.of(hex(bytes)))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(what)
        .hasMessageContaining("at byte");
  }

  @Test
  void a_request_cut_at_any_byte_is_refused_or_ends_between_series() throws Exception {
    byte[] whole = new WriteEncoder().series(UP, samples(1, 1)).series(UP, samples(2, 2)).message();

    for (int cut = 0; cut < whole.length; cut++) {
      byte[] part = Arrays.copyOf(whole, cut);
      if (cut == 0 || cut == whole.length / 2)
        assertThat(Heard.of(part).lines).hasSize(cut == 0 ? 0 : 2);
      else assertThatThrownBy(() -> Heard.of(part)).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void equal_labels_have_equal_fingerprints_and_others_have_others() throws Exception {
    var encoder = new WriteEncoder();
    for (int i = 0; i < 2000; i++) {
      Labels labels = Labels.of("__name__", "m" + i % 7, "i", "v" + i % 1000);
      encoder.series(labels, samples(i, i));
    }

    var heard = Heard.of(encoder.message());

    assertThat(heard.byFingerprint).hasSize(2000);
    var again = Heard.of(encoder.message());
    assertThat(again.byFingerprint).isEqualTo(heard.byFingerprint);
  }

  @Test
  void decoding_allocates_nothing() throws Exception {
    var encoder = new WriteEncoder();
    for (int i = 0; i < 100; i++) encoder.series(UP.with("i", "" + i), samples(i, i, i + 1, i));
    byte[] message = encoder.message();
    var decoder = new WriteDecoder(Limits.NORMAL);
    var sum = new Sum();
    for (int i = 0; i < 2000; i++) decoder.decode(message, message.length, sum);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) decoder.decode(message, message.length, sum);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
    assertThat(sum.samples).isEqualTo(2100 * 200L);
    assertThat(sum.fingerprints).isNotZero();
  }

  /** A visitor that keeps nothing. */
  private static final class Sum implements WriteVisitor {
    long samples;
    long fingerprints;

    @Override
    public void series(PushedSeries series) {
      fingerprints += series.fingerprint() ^ series.fingerprint2();
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
    public boolean isNews(long metric, long said) {
      return false;
    }

    @Override
    public void metadata(String metric, MetricMetadata said) {}
  }
}
