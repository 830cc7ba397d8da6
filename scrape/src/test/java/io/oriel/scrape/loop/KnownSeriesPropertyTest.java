package io.oriel.scrape.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Limits;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.exposition.SyntaxError;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class KnownSeriesPropertyTest {
  /** Round after round with other series in it, the table knows what a map of texts knows. */
  @Property
  void the_table_is_a_map_from_texts_to_handles(
      @ForAll @Size(min = 1, max = 12) List<@Size(max = 150) List<@IntRange(max = 300) Integer>> rounds)
      throws SyntaxError {
    var table = new KnownSeries();
    Map<String, Long> map = new HashMap<>();
    long[] next = {1};
    for (List<Integer> round : rounds) {
      table.beginRound();
      Set<String> seen = new HashSet<>();
      byte[] page = page(round);
      ExpositionFormat.TEXT.parse(
          page,
          page.length,
          Limits.NORMAL,
          (series, value, ms) -> {
            String text = series.toString();
            seen.add(text);
            int entry = table.find(series);
            assertThat(entry >= 0).as(text).isEqualTo(map.containsKey(text));
            if (entry < 0) {
              map.put(text, next[0]);
              entry = table.add(series, next[0]++);
            }
            assertThat(table.handle(entry)).isEqualTo(map.get(text));
          });
      Set<Long> gone = new HashSet<>();
      table.endRound(entry -> gone.add(table.handle(entry)));

      Set<Long> expected = new HashSet<>();
      map.forEach((text, handle) -> {
        if (!seen.contains(text)) expected.add(handle);
      });
      assertThat(gone).isEqualTo(expected);
      map.keySet().retainAll(seen);
      assertThat(table.size()).isEqualTo(map.size());
    }
  }

  private static byte[] page(List<Integer> series) {
    var page = new StringBuilder();
    for (int each : series)
      page.append("m{a=\"").append("x".repeat(each % 40)).append(each).append("\"} 1\n");
    return page.toString().getBytes(StandardCharsets.UTF_8);
  }
}
