package io.oriel.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.roaringbitmap.RoaringBitmap;

class LabelIndexPropertyTest {
  @Property(tries = 500)
  void a_head_index_finds_what_a_scan_of_all_series_finds(
      @ForAll("series") Set<Labels> series, @ForAll("matchers") List<Matcher> matchers) {
    List<Labels> all = List.copyOf(series);
    HeadIndex index = head(all);

    assertThat(index.matching(matchers)).isEqualTo(scan(all, matchers));
    assertSameLabels(index, all, scan(all, matchers));
    for (int id = 0; id < all.size(); id++) assertThat(index.find(all.get(id))).isEqualTo(id);
  }

  @Property(tries = 500)
  void a_block_index_finds_what_a_scan_of_all_series_finds(
      @ForAll("series") Set<Labels> series, @ForAll("matchers") List<Matcher> matchers)
      throws IOException {
    List<Labels> all = List.copyOf(series);
    BlockIndex index = BlockIndex.open(IndexFiles.write(all));

    assertThat(index.matching(matchers)).isEqualTo(scan(all, matchers));
    assertSameLabels(index, all, scan(all, matchers));
    assertThat(index.isWhole()).isTrue();
  }

  @Property(tries = 300)
  void what_was_removed_is_never_found_and_the_rest_is(
      @ForAll("series") Set<Labels> series,
      @ForAll("matchers") List<Matcher> matchers,
      @ForAll Set<Integer> removed) {
    List<Labels> all = List.copyOf(series);
    HeadIndex index = head(all);
    var gone = new RoaringBitmap();
    for (int each : removed) gone.add(Math.floorMod(each, all.size() + 1));

    index.remove(gone);

    RoaringBitmap expected = scan(all, matchers);
    expected.andNot(gone);
    assertThat(index.matching(matchers)).isEqualTo(expected);
    assertSameLabels(index, all, expected);
    for (int id = 0; id < all.size(); id++) {
      assertThat(index.find(all.get(id))).isEqualTo(gone.contains(id) ? -1 : id);
    }
  }

  private static HeadIndex head(List<Labels> all) {
    var index = new HeadIndex();
    for (int id = 0; id < all.size(); id++) index.add(id, all.get(id));
    return index;
  }

  private static RoaringBitmap scan(List<Labels> all, List<Matcher> matchers) {
    var found = new RoaringBitmap();
    for (int id = 0; id < all.size(); id++) {
      Labels labels = all.get(id);
      if (matchers.stream().allMatch(matcher -> matcher.matches(labels))) found.add(id);
    }
    return found;
  }

  private static void assertSameLabels(LabelIndex index, List<Labels> all, RoaringBitmap some) {
    var names = new TreeSet<String>();
    var values = new TreeSet<String>();
    assertThat(index.labels(some))
        .containsExactly(some.stream().mapToObj(all::get).toArray(Labels[]::new));
    for (int id : some) {
      assertThat(index.labels(id)).isEqualTo(all.get(id));
      names.addAll(all.get(id).toMap().keySet());
      if (all.get(id).get("a") != null) values.add(all.get(id).valueOf("a"));
    }
    assertThat(index.labelNames(some)).isEqualTo(new ArrayList<>(names));
    assertThat(index.labelValues("a", some)).isEqualTo(new ArrayList<>(values));
    if (some.getCardinality() == index.size()) {
      assertThat(index.labelNames()).isEqualTo(new ArrayList<>(names));
      assertThat(index.labelValues("a")).isEqualTo(new ArrayList<>(values));
    }
  }

  @Provide
  Arbitrary<Set<Labels>> series() {
    Arbitrary<String> names = Arbitraries.of("a", "b", "c", "__name__", "ä", "\ud83d\ude00");
    return Arbitraries.maps(names, values())
        .ofMaxSize(5)
        .map(LabelIndexPropertyTest::labels)
        .set()
        .ofMaxSize(80);
  }

  private static Labels labels(Map<String, String> map) {
    return Labels.of(map);
  }

  private static Arbitrary<String> values() {
    Arbitrary<String> like =
        Arbitraries.of(
            "", "x", "xy", "xyz", "y", "yx", "0", "é", "\ud800", "\uffff", "\ud83d\ude00x");
    return Arbitraries.oneOf(like, Arbitraries.strings().withChars("xyz01").ofMaxLength(4));
  }

  @Provide
  Arbitrary<List<Matcher>> matchers() {
    Arbitrary<String> names = Arbitraries.of("a", "b", "c", "__name__", "nobody", "ä");
    Arbitrary<String> expressions =
        Arbitraries.of(
            "",
            "x",
            "x|y",
            "x|",
            "xy.*",
            "x.+",
            ".*",
            ".+",
            "[xy]+",
            "(x|yx)",
            "y|0|é",
            ".*z",
            "\ud83d\ude00.*");
    return Combinators.combine(names, Arbitraries.of(Matcher.Op.class), expressions, values())
        .as(LabelIndexPropertyTest::matcher)
        .list()
        .ofMaxSize(4);
  }

  private static Matcher matcher(String name, Matcher.Op op, String expression, String value) {
    boolean plain = op == Matcher.Op.EQUAL || op == Matcher.Op.NOT_EQUAL;
    return new Matcher(name, op, plain ? value : expression);
  }
}
