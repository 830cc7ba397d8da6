package io.oriel.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random texts, seeded: pieces of the language strung together, and valid queries with characters
 * changed. Whatever comes, the parser gives a tree that prints and reads back, or a refusal.
 */
@Timeout(60)
class ParserFuzzTest {
  private static final int ROUNDS = 15_000;
  private static final String[] PIECES = {
    "a",
    "up",
    "sum",
    "rate",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "5m",
    "1",
    "0x1f",
    "1e3",
    "Inf",
    ",",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "==",
    "!=",
    "<",
    ">",
    "<=",
    ">=",
    "=",
    "=~",
    "!~",
    "and",
    "or",
    "unless",
    "by",
    "without",
    "on",
    "ignoring",
    "group_left",
    "group_right",
    "bool",
    "offset",
    "@",
    ":",
    "\"x\"",
    "'y'",
    "`z`",
    "\\",
    "start",
    "end",
    "step",
    "#",
    "\n",
    " ",
    "fill",
    "topk",
    "anchored",
    "smoothed",
    "ö",
    "\0",
    "max_of",
    "1y",
    "ms",
    "_",
    ".",
    "!",
    "~"
  };
  private static final List<String> QUERIES =
      List.of(
          "sum by (job) (rate(http_requests_total{code=~\"5..\"}[5m])) / ignoring (code) group_left sum(b)",
          "max_over_time((a - b)[5m:30s] @ start() offset -1h)",
          "histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m]))) > bool 0.5",
          "label_replace(up{\"my.label\"=\"x\"}, \"a\", \"$1\", \"b\", \"(.*)\")",
          "a + on (x) group_left (y) fill_left (1) fill_right (2) b",
          "-a ^ -2 % 3 atan2 c[5m + 1m * step()] offset (1m * 2)");

  private static final long SEED = seed();

  private static long seed() {
    String given = System.getProperty("oriel.fuzz.seed");
    return given == null ? System.nanoTime() : Long.parseLong(given);
  }

  @Test
  void pieces_of_the_language_in_any_order() {
    var random = new Random(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      var text = new StringBuilder();
      for (int n = 1 + random.nextInt(14); n > 0; n--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
        if (random.nextInt(3) > 0) text.append(' ');
      }
      check(text.toString());
    }
  }

  @Test
  void queries_with_characters_changed() {
    var random = new Random(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      var text = new StringBuilder(QUERIES.get(random.nextInt(QUERIES.size())));
      for (int n = 1 + random.nextInt(4); n > 0; n--) mutate(text, random);
      check(text.toString());
    }
  }

  private static void mutate(StringBuilder text, Random random) {
    int at = random.nextInt(text.length());
    switch (random.nextInt(4)) {
      case 0 -> text.deleteCharAt(at);
      case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
      case 2 -> text.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
      default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 12)));
    }
  }

  private static void check(String text) {
    for (Features features : new Features[] {Features.STABLE, Features.ALL}) {
      try {
        Expr expr = Parser.parse(text, features, Limits.NORMAL);
        String line = Printer.line(expr);
        String again = Printer.line(Parser.parse(line, Features.ALL, Limits.NORMAL));
        assertThat(again).as("of %s, seed %s", text, SEED).isEqualTo(line);
        Parser.parse(Printer.pretty(expr), Features.ALL, Limits.NORMAL);
      } catch (Refusal refused) {
        assertThat(refused.getMessage()).isNotBlank();
      } catch (RuntimeException | StackOverflowError e) {
        fail("seed " + SEED + ": " + text, e);
      }
    }
  }

  @Test
  void what_prints_reads_back() {
    // a refusal of the printed text would count as a refusal above; here it may not
    var random = new Random(SEED);
    var trees = new ArrayList<String>();
    int refusals = 0;
    while (trees.size() < 2000 && refusals < ROUNDS) {
      var text = new StringBuilder(QUERIES.get(random.nextInt(QUERIES.size())));
      mutate(text, random);
      try {
        trees.add(Printer.line(Parser.parse(text.toString(), Features.ALL, Limits.NORMAL)));
      } catch (Refusal refused) {
        refusals++;
      }
    }

    assertThat(trees)
        .hasSizeGreaterThan(500)
        .allSatisfy(line ->
            assertThat(Printer.line(Parser.parse(line, Features.ALL, Limits.NORMAL)))
                .as("seed %s", SEED)
                .isEqualTo(line));
  }
}
