package io.oriel.wire.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.SnappyBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WriteRoundTripPropertyTest {
  @Property
  void what_is_written_is_read_back_to_the_bit(@ForAll("series") Map<Labels, List<Long>> series)
      throws Exception {
    var encoder = new WriteEncoder();
    series.forEach((labels, timesAndBits) -> encoder.series(labels, columns(timesAndBits)));
    var block = new SnappyBlock();

    block.unpack(encoder.body(), Limits.NORMAL, Limit.WRITE_BODY_BYTES, "the request");
    var heard = new Heard();
    new WriteDecoder(Limits.NORMAL).decode(block.bytes(), block.length(), heard);

    assertThat(heard.bits).isEqualTo(series);
  }

  private static SampleColumns columns(List<Long> timesAndBits) {
    var columns = new SampleColumns();
    for (int i = 0; i < timesAndBits.size(); i += 2) {
      columns.add(timesAndBits.get(i), Double.longBitsToDouble(timesAndBits.get(i + 1)));
    }
    return columns;
  }

  @Provide
  Arbitrary<Map<Labels, List<Long>>> series() {
    Arbitrary<String> text =
        Arbitraries.strings().withChars("aZ09_ .\"\\\n\u00e4\u4e16").ofMinLength(1).ofMaxLength(40);
    Arbitrary<Labels> labels = Arbitraries.maps(text, text).ofMaxSize(8).map(Labels::of);
    Arbitrary<List<Long>> samples =
        Arbitraries.longs()
            .list()
            .ofMinSize(2)
            .ofMaxSize(10)
            .map(list -> new ArrayList<>(list.subList(0, list.size() / 2 * 2)));
    return Arbitraries.maps(labels, samples).ofMaxSize(10).map(LinkedHashMap::new);
  }
}
