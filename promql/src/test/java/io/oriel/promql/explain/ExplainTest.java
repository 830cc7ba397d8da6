package io.oriel.promql.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.SharedData;
import io.oriel.promql.Promql;
import io.oriel.promql.explain.Part.Piece;
import io.oriel.promql.expr.Aggregator;
import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExplainTest {
  /** Blocks of a query and what is said of it, parted by blank lines. */
  @TestFactory
  Stream<DynamicTest> a_query_says() throws IOException {
    Path file = Path.of(System.getProperty("oriel.root"), SENTENCES);
    return Arrays.stream(Files.readString(file).split("\n\n"))
        .map(String::strip)
        .filter(block -> !block.isEmpty() && !block.startsWith("#"))
        .map(block -> {
          String query = block.lines().findFirst().orElseThrow();
          String says = block.substring(query.length() + 1).stripIndent().strip();
          return DynamicTest.dynamicTest(
              query, () -> assertThat(Promql.explain(query).text()).isEqualTo(says));
        });
  }

  private static final String SENTENCES = "promql/src/test/resources/explain/sentences.txt";

  @TestFactory
  Stream<DynamicTest> the_example_of_every_row_is_said_in_the_words_of_the_row() {
    var rows = new ArrayList<String[]>();
    for (Function row : Promql.functions()) rows.add(row(row.name(), row.example(), row.phrase()));
    for (Aggregator row : Aggregator.values())
      rows.add(row(row.text(), row.example(), row.phrase()));
    for (Operator row : Operator.values()) rows.add(row(row.sign(), row.example(), row.words()));
    return rows.stream()
        .map(row ->
            DynamicTest.dynamicTest(
                row[0],
                () -> {
                  Part part = Promql.explain(row[1]);

                  assertThat(part.text()).contains(longestWords(row[2])).doesNotContain("{");
                  assertThat(partOf(part, row[0])).as(part.text()).isNotNull();
                }));
  }

  private static String[] row(String name, String example, String phrase) {
    return new String[] {name, example, phrase};
  }

  /** The longest run of words between the places of a phrase. */
  private static String longestWords(String phrase) {
    return Arrays.stream(phrase.split("\\{[^}]*}"))
        .max((a, b) -> Integer.compare(a.length(), b.length()))
        .orElseThrow();
  }

  private static @Nullable Part partOf(Part part, String row) {
    if (row.equals(part.row())) return part;
    for (Part inner : within(part)) {
      Part found = partOf(inner, row);
      if (found != null) return found;
    }
    return null;
  }

  private static List<Part> within(Part part) {
    var all = new ArrayList<Part>();
    for (Piece piece : part.says()) {
      if (piece instanceof Piece.Inner(Part inner)) all.add(inner);
    }
    part.below().forEach(each -> all.add(each.part()));
    return all;
  }

  @Test
  void a_part_knows_where_in_the_text_it_stands() {
    String query = "sum by (job) (rate(x{code=\"5\"}[5m]))";

    Part sum = Promql.explain(query);
    Part rate = within(sum).getFirst();
    Part selector = within(rate).getFirst();
    Part range = within(rate).getLast();

    assertThat(text(query, sum)).isEqualTo(query);
    assertThat(text(query, rate)).isEqualTo("rate(x{code=\"5\"}[5m])");
    assertThat(text(query, selector)).isEqualTo("x{code=\"5\"}");
    assertThat(text(query, range)).isEqualTo("5m");
    assertThat(List.of(sum.row(), rate.row())).containsExactly("sum", "rate");
  }

  private static String text(String query, Part part) {
    return query.substring(part.at().start(), part.at().end());
  }

  @Test
  void every_query_that_parses_has_words_for_parts_within_its_text() throws IOException {
    int explained = 0;
    for (String line :
        Files.readAllLines(SharedData.conformance("promql").resolve("format.jsonl"))) {
      String query = new ObjectMapper().readTree(line).get("expr").asText();
      try {
        Part part = Promql.explain(query);
        assertThat(part.text()).as(query).isNotBlank().doesNotContain("{0").doesNotContain("null");
        assertThat(placesWithin(part, query.length())).as(query).isTrue();
        explained++;
      } catch (Refusal.BadQuery e) { // some lines hold what a flag of Prometheus allows
        assertThat(e.getMessage()).as(query).contains("parse error");
      }
    }
    assertThat(explained).isGreaterThan(200);
  }

  private static boolean placesWithin(Part part, int length) {
    boolean here = part.at().start() >= 0 && part.at().start() <= part.at().end();
    return here
        && part.at().end() <= length
        && within(part).stream().allMatch(inner -> placesWithin(inner, length));
  }

  @Test
  void a_deep_query_is_explained_down_to_where_one_still_reads() {
    String deep = "abs(".repeat(150) + "x" + ")".repeat(150);

    Part part = Promql.explain(deep);

    assertThat(part.text()).startsWith("…, without its sign, without its sign");
    assertThat(depth(part)).isBetween(20, 30);
  }

  @Test
  void a_wide_query_is_explained_as_far_as_one_still_reads() {
    String labels = String.join(",", Collections.nCopies(4_000, "\"a\""));
    String long1 = "x".repeat(100_000);

    assertThat(Promql.explain("label_join(x, \"a\", \"b\"," + labels + ")").text())
        .endsWith("3993 more, put together with b")
        .hasSizeLessThan(200);
    assertThat(Promql.explain(long1).text()).hasSizeLessThan(100);
    assertThat(Promql.explain("x{a=\"" + long1 + "\"}").text()).hasSizeLessThan(200);
    assertThat(Promql.explain("a" + "+b*c".repeat(100)).text()).hasSizeLessThan(20_000);
  }

  private static int depth(Part part) {
    return 1 + within(part).stream().mapToInt(ExplainTest::depth).max().orElse(0);
  }
}
