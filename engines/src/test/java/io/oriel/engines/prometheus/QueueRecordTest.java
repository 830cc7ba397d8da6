package io.oriel.engines.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.Malformed;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class QueueRecordTest {
  private static final FieldWriter UP =
      new FieldWriter()
          .message(
              1,
              new FieldWriter()
                  .message(1, new FieldWriter().text(1, "__name__").text(2, "up"))
                  .message(2, new FieldWriter().eightBytes(1, 1).number(2, 1000).number(3, 500)));

  @Test
  void a_record_is_what_the_format_page_draws() {
    assertThat(HexFormat.ofDelimiter(" ").formatHex(bytes(QueueRecord.of(UP, 1))))
        .isEqualTo(
            "01 01 00 00 00 " // version, samples
                + "23 88 " // snappy: 35 bytes, all of them literal
                + "0a 21 " // a series
                + "0a 0e 0a 08 5f 5f 6e 61 6d 65 5f 5f 12 02 75 70 " // __name__, up
                + "12 0f 09 00 00 00 00 00 00 f0 3f 10 e8 07 18 f4 03"); // 1 at 1000 since 500
  }

  @Test
  void a_record_tells_its_samples_and_gives_its_message_back() throws Malformed {
    ByteBuffer record = QueueRecord.of(UP, 7);

    assertThat(QueueRecord.samples(record)).isEqualTo(7);
    assertThat(QueueRecord.message(bytes(record))).isEqualTo(UP.toBytes());
  }

  @Test
  void a_record_of_another_version_is_refused_and_counts_for_none() {
    byte[] newer = {2, 1, 0, 0, 0, 1};

    assertThat(QueueRecord.samples(ByteBuffer.wrap(newer))).isZero();
    assertThatThrownBy(() -> QueueRecord.message(newer)).hasMessageContaining("version 2");
    assertThatThrownBy(() -> QueueRecord.message(new byte[0])).isInstanceOf(Malformed.class);
  }

  private static byte[] bytes(ByteBuffer record) {
    byte[] bytes = new byte[record.remaining()];
    record.duplicate().get(bytes);
    return bytes;
  }
}
