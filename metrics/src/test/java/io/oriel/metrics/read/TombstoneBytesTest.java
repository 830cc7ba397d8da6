package io.oriel.metrics.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.metrics.block.Deletion;
import io.oriel.metrics.head.HeadDeletion;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TombstoneBytesTest {
  private static final TombstoneBytes SOME =
      new TombstoneBytes(
          List.of(
              new Deletion(
                  7,
                  new TimeRange(-1, Long.MAX_VALUE),
                  List.of(List.of(Matcher.equal("__name__", "up"), Matcher.regex("job", "a.*"))))),
          List.of(new HeadDeletion(Labels.of("__name__", "up", "job", "a1"), -1, 1000)));

  @Test
  void the_file_is_what_the_format_page_draws() {
    byte[] bytes = SOME.write();

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "4f524c544d420100010701feffffffffffffffff01010200085f5f6e616d655f5f02757002036a6f6203612e2a0102085f5f6e616d655f5f027570036a6f6202613101d00f889eb59f");
    assertThat(TombstoneBytes.read(bytes).write()).isEqualTo(bytes);
    assertThat(TombstoneBytes.read(bytes).ofHead()).isEqualTo(SOME.ofHead());
  }

  @Test
  void a_file_with_any_bit_flipped_or_cut_anywhere_is_refused() {
    byte[] whole = SOME.write();

    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> TombstoneBytes.read(flipped), "bit %s", bit)
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> TombstoneBytes.read(cut), "cut at %s", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
