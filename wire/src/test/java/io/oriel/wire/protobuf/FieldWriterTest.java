package io.oriel.wire.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FieldWriterTest {
  private final FieldWriter writer = new FieldWriter();

  @Test
  void fields_are_written_as_protobuf_documents_it() {
    writer.number(1, 150).text(2, "testing").eightBytes(3, 1);

    assertThat(hex(writer.toBytes()))
        .isEqualTo("08 96 01 12 07 74 65 73 74 69 6e 67 19 00 00 00 00 00 00 f0 3f");
  }

  @Test
  void a_negative_number_takes_ten_bytes() {
    writer.number(1, -1);

    assertThat(hex(writer.toBytes())).isEqualTo("08 ff ff ff ff ff ff ff ff ff 01");
  }

  @Test
  void what_was_written_is_read_back() throws Malformed {
    var inner = new FieldWriter().text(1, "a".repeat(500)).number(2, Long.MIN_VALUE);
    byte[] message = writer.message(7, inner).toBytes();
    var fields = new Fields("the message").over(message, 0, message.length);

    assertThat(fields.tag()).isEqualTo(Fields.tag(7, Fields.BYTES));
    assertThat(fields.lengthOf()).isEqualTo(message.length);
    assertThat(fields.tag()).isEqualTo(Fields.tag(1, Fields.BYTES));
    fields.skip(Fields.tag(1, Fields.BYTES));
    assertThat(fields.tag()).isEqualTo(Fields.tag(2, Fields.VARINT));
    assertThat(fields.varint()).isEqualTo(Long.MIN_VALUE);
    assertThat(fields.tag()).isZero();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
