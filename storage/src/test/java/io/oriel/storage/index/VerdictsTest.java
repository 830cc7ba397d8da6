package io.oriel.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class VerdictsTest {
  private static final Matcher ANY = Matcher.regex("id", "x.+y");
  private final Verdicts verdicts = new Verdicts();
  private final List<Integer> tried = new ArrayList<>();

  /** Even pairs match. */
  private int[] trial(int[] pairs) {
    Arrays.stream(pairs).forEach(tried::add);
    return Arrays.stream(pairs).filter(pair -> pair % 2 == 0).toArray();
  }

  @Test
  void a_pair_is_tried_once_and_new_ones_when_they_come() {
    assertThat(verdicts.matching(ANY, new int[] {1, 2, 4}, this::trial)).containsExactly(2, 4);
    assertThat(verdicts.matching(ANY, new int[] {1, 2, 4}, this::trial)).containsExactly(2, 4);
    assertThat(verdicts.matching(ANY, new int[] {1, 2, 4, 7, 8}, this::trial))
        .containsExactly(2, 4, 8);

    assertThat(tried).containsExactly(1, 2, 4, 7, 8);
  }

  @Test
  void matchers_are_told_apart() {
    verdicts.matching(ANY, new int[] {2}, this::trial);

    var not = new Matcher("id", Matcher.Op.NOT_REGEX, "x.+y");
    assertThat(verdicts.matching(not, new int[] {2}, _ -> new int[0])).isEmpty();
    assertThat(verdicts.matching(Matcher.regex("id", "z.+"), new int[] {3}, this::trial)).isEmpty();
    assertThat(tried).containsExactly(2, 3);
  }

  @Test
  void what_was_asked_longest_ago_is_forgotten_when_many_are_kept() {
    int[] pairs = IntStream.range(0, 200_000).toArray();
    verdicts.matching(ANY, pairs, asked -> asked);
    for (int i = 0; i < 20; i++) {
      verdicts.matching(Matcher.regex("id", i + ".+"), pairs, asked -> asked);
    }

    verdicts.matching(ANY, new int[] {5}, this::trial);
    assertThat(tried).containsExactly(5);
  }

  @Test
  void the_index_finds_the_same_when_asked_again_and_after_series_came_and_went() {
    var index = new HeadIndex();
    for (int i = 0; i < 100; i++) index.add(i, Labels.of("id", "x" + i + "y"));
    var matchers = List.of(Matcher.regex("id", "x.?1y"));
    var others = List.of(new Matcher("id", Matcher.Op.NOT_REGEX, "x.?[0-8]y"));
    assertThat(index.matching(matchers).toArray())
        .containsExactly(1, 11, 21, 31, 41, 51, 61, 71, 81, 91);
    assertThat(index.matching(others).getCardinality()).isEqualTo(10);

    index.remove(RoaringBitmap.bitmapOf(11, 19));
    index.add(200, Labels.of("id", "xa1y"));

    assertThat(index.matching(matchers).toArray())
        .containsExactly(1, 21, 31, 41, 51, 61, 71, 81, 91, 200);
    assertThat(index.matching(others).getCardinality()).isEqualTo(9);
  }
}
