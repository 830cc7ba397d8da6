package io.oriel.wire.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import io.oriel.wire.protobuf.SnappyBlock;
import io.oriel.wire.remotewrite.RequestBuilder.Parts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestBuilderTest {
  private static final MetricMetadata COUNTS =
      new MetricMetadata(MetricMetadata.Type.COUNTER, "How many.", "");

  @Test
  void a_request_of_version_2_is_what_its_specification_draws() throws Malformed {
    var builder = RequestBuilder.of(WriteVersion.V2, Parts.ALL);

    add(builder, series(Labels.of("__name__", "up", "job", "x"), 1000, 1.0, 500), Map.of());

    assertThat(HexFormat.ofDelimiter(" ").formatHex(unpacked(builder.body())))
        .isEqualTo(
            "22 00 " // symbols: empty
                + "22 08 5f 5f 6e 61 6d 65 5f 5f " // __name__
                + "22 02 75 70 22 03 6a 6f 62 22 01 78 " // up, job, x
                + "2a 17 " // a series
                + "0a 04 01 02 03 04 " // labels_refs
                + "12 0f 09 00 00 00 00 00 00 f0 3f 10 e8 07 18 f4 03"); // 1 at 1000 since 500
  }

  @Test
  void texts_of_a_request_of_version_2_stand_once() throws Malformed {
    var builder = RequestBuilder.of(WriteVersion.V2, Parts.ALL);
    for (int i = 0; i < 1000; i++) {
      Labels labels = Labels.of("__name__", "requests_total", "path", "/p" + i, "zone", "path");
      add(builder, series(labels, 1000 + i, i, 0), Map.of("requests", COUNTS));
    }

    List<String> symbols = symbols(builder.body());

    assertThat(symbols).doesNotHaveDuplicates().startsWith("").hasSize(1000 + 6);
    assertThat(symbols).contains("requests_total", "path", "/p999", "zone", "How many.");
    assertThat(builder.samples()).isEqualTo(1000);
    assertThat(builder.newestMs()).isEqualTo(1999);
  }

  @Test
  void a_builder_is_used_again_without_a_trace_of_the_last_request() throws Malformed {
    for (WriteVersion version : WriteVersion.values()) {
      var builder = RequestBuilder.of(version, Parts.ALL);
      add(builder, series(Labels.of("__name__", "a"), 1, 1, 0), Map.of("a", COUNTS));
      byte[] first = builder.body();
      builder.clear();
      add(builder, series(Labels.of("__name__", "b"), 1, 1, 0), Map.of());
      builder.clear();
      add(builder, series(Labels.of("__name__", "a"), 1, 1, 0), Map.of("a", COUNTS));

      assertThat(builder.body()).isEqualTo(first);
    }
  }

  @Test
  void version_1_has_no_start_times_and_keeps_bits_of_values() throws Malformed {
    double[] values = {0, -0.0, -1e308, 4.9e-324, Double.POSITIVE_INFINITY, Stale.MARKER};
    var columns = new SampleColumns();
    for (int i = 0; i < values.length; i++) columns.add(i + 1, values[i]);
    Labels labels = Labels.of("__name__", "x", "long", "é\"\\\n".repeat(1000));
    var builder = RequestBuilder.of(WriteVersion.V1, Parts.ALL);

    add(builder, series(labels, 100, 7, 50), Map.of());
    add(builder, new WriteEncoder().series(labels, columns).message(), Map.of());

    var heard = Heard.of(unpacked(builder.body()));
    List<Long> expected = new ArrayList<>(List.of(100L, Double.doubleToRawLongBits(7)));
    for (int i = 0; i < values.length; i++) {
      expected.add(i + 1L);
      expected.add(Double.doubleToRawLongBits(values[i]));
    }
    assertThat(heard.bits).containsOnly(Map.entry(labels, expected));
  }

  @Test
  void samples_before_the_oldest_moment_stay_here_and_their_series_too() throws Malformed {
    var builder = RequestBuilder.of(WriteVersion.V2, Parts.ALL);
    byte[] old = series(Labels.of("__name__", "old"), 999, 1, 0);

    builder.series(old, 2, old.length, 1000, Map.of());

    assertThat(builder.samples()).isZero();
    assertThat(builder.tooOld()).isEqualTo(1);
    assertThat(unpacked(builder.body())).doesNotContain(0x2a);
  }

  /** Adds the series of a 1.0 message, each. */
  private static void add(RequestBuilder builder, byte[] message, Map<String, MetricMetadata> said)
      throws Malformed {
    var fields = new Fields("a test").over(message, 0, message.length);
    for (int tag; (tag = fields.tag()) != 0; ) {
      int end = fields.lengthOf();
      if (tag == Fields.tag(1, Fields.BYTES)) builder.series(message, fields.at, end, 0, said);
      fields.at = end;
    }
  }

  private static byte[] series(Labels labels, long timeMs, double value, long startMs) {
    var series = new FieldWriter();
    for (int i = 0; i < labels.size(); i++) {
      series.message(1, new FieldWriter().text(1, labels.nameAt(i)).text(2, labels.valueAt(i)));
    }
    var sample = new FieldWriter().eightBytes(1, value).number(2, timeMs);
    if (startMs != 0) sample.number(3, startMs);
    return new FieldWriter().message(1, series.message(2, sample)).toBytes();
  }

  static byte[] unpacked(byte[] body) throws Malformed {
    var block = new SnappyBlock();
    block.unpack(body, Limits.NORMAL, Limit.WRITE_BODY_BYTES, "the request");
    return Arrays.copyOf(block.bytes(), block.length());
  }

  private static List<String> symbols(byte[] body) throws Malformed {
    byte[] message = unpacked(body);
    var found = new ArrayList<String>();
    var fields = new Fields("a test").over(message, 0, message.length);
    for (int tag; (tag = fields.tag()) != 0; ) {
      int end = fields.lengthOf();
      if (tag == Fields.tag(4, Fields.BYTES)) {
        found.add(
            new String(
                message, fields.at, end - fields.at, java.nio.charset.StandardCharsets.UTF_8));
      }
      fields.at = end;
    }
    return found;
  }
}
