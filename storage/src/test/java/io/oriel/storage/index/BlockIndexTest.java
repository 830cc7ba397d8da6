package io.oriel.storage.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BlockIndexTest {
  private static final List<Labels> THREE =
      List.of(Labels.of("a", "x"), Labels.of("a", "x", "b", "y"), Labels.of("b", "x"));

  @Test
  void an_index_is_what_the_format_page_draws() throws IOException {
    assertThat(HexFormat.ofDelimiter(" ").formatHex(bytes(IndexFiles.write(THREE))))
        .isEqualTo(
            "4f 52 4c 49 44 58 01 00" // ORLIDX, version 1
                + " 04 00 00 00 02 00 00 00 03 00 00 00 03 00 00 00" // symbols, names, pairs,
                // series
                + " 68 00 00 00 00 00 00 00 7c 00 00 00 00 00 00 00 80 00 00 00 00 00 00 00" // where sections begin
                + " 98 00 00 00 00 00 00 00 a4 00 00 00 00 00 00 00 bc 00 00 00 00 00 00 00"
                + " d0 00 00 00 00 00 00 00 e0 00 00 00 00 00 00 00 e4 00 00 00 00 00 00 00" // ...
                // and
                // the
                // last
                // one
                // ends
                + " c5 20 71 6d ac 04 b3 1d" // checksums
                + " 00 00 00 00 01 00 00 00 02 00 00 00 03 00 00 00 04 00 00 00" // symbol offsets
                + " 61 62 78 79" // a b x y
                + " 00 00 00 00 00 00 00 00 01 00 00 00 01 00 00 00 ff ff ff ff 03 00 00 00" // names: a from pair 0, b from 1, end
                + " 02 00 00 00 02 00 00 00 03 00 00 00" // pair values: a=x, b=x, b=y
                + " 00 00 00 00 00 00 00 00 02 00 00 00 00 00 00 80 01 00 00 00 00 00 00 80" // postings: a place, two single series
                + " 3a 30 00 00 01 00 00 00 00 00 01 00 10 00 00 00 00 00 01 00" // a=x: series 0
                // and 1
                + " 00 00 00 00 01 00 00 00 03 00 00 00 04 00 00 00" // series offsets
                + " 00 00 02 01"); // series pairs: a=x, then a=x b=y, then b=x
  }

  @Test
  void an_index_without_series_answers_nothing() throws IOException {
    BlockIndex index = BlockIndex.open(IndexFiles.write(List.of()));

    assertThat(index.matching(List.of())).isEmpty();
    assertThat(index.labelNames()).isEmpty();
    assertThat(index.labelValues("a")).isEmpty();
  }

  @Test
  void a_large_index_answers_as_the_head_does() throws IOException {
    var head = new HeadIndex();
    var series = new ArrayList<Labels>();
    for (int id = 0; id < 20_000; id++) {
      series.add(HeadIndexTest.series(id));
      head.add(id, series.getLast());
    }
    BlockIndex block = BlockIndex.open(IndexFiles.write(series));

    for (Matcher matcher :
        List.of(
            Matcher.equal("cpu", "7"),
            Matcher.regex("instance", "host-1.*"),
            Matcher.regex("instance", ".*9:9100"),
            new Matcher("rack", Matcher.Op.NOT_EQUAL, "r7"))) {
      assertThat(block.matching(List.of(matcher))).isEqualTo(head.matching(List.of(matcher)));
    }
    assertThat(block.labels(12_345)).isEqualTo(series.get(12_345));
    assertThat(block.labelValues("instance")).isEqualTo(head.labelValues("instance"));
  }

  @Test
  void a_damaged_header_is_refused_whichever_byte_it_is() throws IOException {
    byte[] whole = bytes(IndexFiles.write(THREE));

    for (int at = 0; at < IndexFormat.HEADER_BYTES; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x40;
      assertThatThrownBy(() -> BlockIndex.open(MemorySegment.ofArray(damaged)), "byte %s", at)
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> BlockIndex.open(MemorySegment.ofArray(cut)), "cut at %s", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_damaged_body_is_noticed_and_at_worst_an_exception() throws IOException {
    byte[] whole = bytes(IndexFiles.write(series(300)));
    var random = new Random(1);

    for (int round = 0; round < 2000; round++) {
      byte[] damaged = whole.clone();
      int at = IndexFormat.HEADER_BYTES + random.nextInt(whole.length - IndexFormat.HEADER_BYTES);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      BlockIndex index = openOrNull(damaged);
      if (index == null) continue;
      assertThat(index.isWhole()).isFalse();
      askEverything(index);
    }
  }

  private static @Nullable BlockIndex openOrNull(byte[] file) {
    try {
      return BlockIndex.open(MemorySegment.ofArray(file));
    } catch (RuntimeException _) { // the names are read on opening, and these make no sense
      return null;
    }
  }

  private static void askEverything(BlockIndex index) {
    try {
      index.matching(List.of(Matcher.regex("instance", "host-1.*"), Matcher.equal("cpu", "7")));
      index.labelValues("rack", index.matching(List.of()));
      for (int id = 0; id < index.size(); id++) index.labels(id);
    } catch (RuntimeException | AssertionError _) { // an answer to damage; no hang, no crash
    }
  }

  private static List<Labels> series(int count) {
    var series = new ArrayList<Labels>();
    for (int id = 0; id < count; id++) series.add(HeadIndexTest.series(id));
    return series;
  }

  private static byte[] bytes(MemorySegment file) {
    return file.toArray(ValueLayout.JAVA_BYTE);
  }
}
