package io.oriel.wire.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnappyBlockTest {
  private final SnappyBlock block = new SnappyBlock();

  private byte[] unpack(byte[] packed) throws Malformed {
    block.unpack(packed, Limits.NORMAL, Limit.WRITE_BODY_BYTES, "the pushed request");
    return Arrays.copyOf(block.bytes(), block.length());
  }

  @Test
  void literals_and_copies_are_the_bytes_that_the_format_draws() throws Exception {
    assertThat(unpack(hex("05 10 68 65 6c 6c 6f"))).asString().isEqualTo("hello");
    assertThat(unpack(hex("0a 04 61 62 11 02"))).asString().isEqualTo("ababababab");
  }

  @Test
  void what_is_packed_is_unpacked_whatever_it_was() throws Exception {
    var random = new Random(7);
    for (int size = 0; size < 200_000; size = size * 3 / 2 + 1) {
      byte[] bytes = new byte[size];
      for (int i = 0; i < size; i++) bytes[i] = (byte) (random.nextInt(10) == 0 ? i : i / 50);

      assertThat(unpack(SnappyBlock.pack(bytes, size))).isEqualTo(bytes);
    }
  }

  @Test
  void a_claim_above_the_limit_is_refused_before_room_is_made() {
    Limits small = Limits.NORMAL.with(Limit.WRITE_BODY_BYTES, 1000);
    byte[] zeros = SnappyBlock.pack(new byte[1001], 1001);

    assertThatThrownBy(
            () -> block.unpack(zeros, small, Limit.WRITE_BODY_BYTES, "the pushed request"))
        .isInstanceOf(Refusal.LimitReached.class)
        .hasMessageContaining("write_body_bytes");
    assertThat(block.bytes()).isEmpty();
  }

  @Test
  void a_claim_that_no_block_of_that_size_can_hold_is_refused_before_room_is_made() {
    assertThatThrownBy(() -> unpack(hex("80 80 80 0f 00 00")))
        .isInstanceOf(Malformed.class)
        .hasMessage("a snappy block of 6 bytes can't hold 31457280");
    assertThat(block.bytes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "80", // a length without end
        "ff ff ff ff ff ff", // the same
        "05 10 68", // a literal that ends early
        "0a 04 61 62 11 09", // a copy from before the beginning
        "0a 04 61 62 11 00", // a copy from nowhere
        "20 10 68 65 6c 6c 6f", // less than it claims
        "03 10 68 65 6c 6c 6f", // more than it claims
        "05 fc ff ff ff ff 68", // a literal of 4 GiB
      })
  void what_is_no_block_is_refused(String bytes) {
    assertThatThrownBy(() -> unpack(hex(bytes))).isInstanceOf(Malformed.class);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
