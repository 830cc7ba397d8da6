package io.oriel.metrics.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes that docs/formats/metric-wal.md draws. */
class BatchRecordTest {
  private final BatchRecord record = new BatchRecord();

  @Test
  void a_record_is_what_the_format_page_draws() {
    record.clear();
    record.series(9, Labels.of("__name__", "up", "job", "up"));
    record.sample(9, 1000, Double.doubleToRawLongBits(1));
    record.sample(1, 1000, Double.doubleToRawLongBits(0.1));
    record.metadata("up", new MetricMetadata(MetricMetadata.Type.GAUGE, "Up?", ""));

    ByteBuffer bytes = record.finish();

    assertThat(hex(bytes))
        .isEqualTo(
            "01 "
                + "01 12 02 00 08 5f 5f 6e 61 6d 65 5f 5f 00 02 75 70 00 03 6a 6f 62 02 "
                + "01 02 00 05 67 61 75 67 65 00 03 55 70 3f 00 00 "
                + "02 12 0f 00 d0 0f fc 1f fc bb e6 cc 99 b3 e6 cc 59");
    assertThat(read(bytes))
        .containsExactly("9 up{job=\"up\"}", "up GAUGE Up?", "9 1000 1.0", "1 1000 0.1");
  }

  @Test
  void times_that_differ_are_a_column() {
    record.clear();
    record.sample(1, 5, 0);
    record.sample(2, 7, 0);

    assertThat(hex(record.finish())).isEqualTo("01 00 00 02 02 02 01 0a 04 00 00");
    assertThat(read(record.finish())).containsExactly("1 5 0.0", "2 7 0.0");
  }

  @Test
  void a_count_beyond_the_bytes_of_the_record_is_refused_before_room_is_made_for_it() {
    byte[] ofTwoGigabytes = {1, 1, 18, 1, 0, -1, -1, -1, -1, 7, 'x', 0, 0, 0, 0, 0, 0};

    assertThatThrownBy(() -> read(ByteBuffer.wrap(ofTwoGigabytes)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("2147483647 things in the 7 bytes behind 10");
  }

  private static List<String> read(ByteBuffer bytes) {
    var seen = new ArrayList<String>();
    BatchRecord.read(
        bytes,
        new BatchRecord.Visitor() {
          @Override
          public void series(int id, Labels labels) {
            seen.add(id + " " + labels);
          }

          @Override
          public void sample(int id, long timeMs, long valueBits) {
            seen.add(id + " " + timeMs + " " + Double.longBitsToDouble(valueBits));
          }

          @Override
          public void metadata(String metric, MetricMetadata said) {
            seen.add(metric + " " + said.type() + " " + said.help());
          }
        });
    return seen;
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.ofDelimiter(" ").formatHex(copy);
  }
}
