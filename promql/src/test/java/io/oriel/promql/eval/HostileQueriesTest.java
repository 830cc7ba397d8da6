package io.oriel.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.Promql;
import io.oriel.promql.memory.MemorySource;
import io.oriel.promql.parse.Features;
import io.oriel.promql.parse.Parser;
import io.oriel.promql.parse.Printer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts made to fill a memory, a stack or an hour: each is refused by name, or answered, for some
 * megabytes and milliseconds. What a row costs is the least of three rounds, so that neither the
 * compiler nor a busy machine counts.
 */
@Timeout(120)
class HostileQueriesTest {
  private static final System.Logger log = System.getLogger(HostileQueriesTest.class.getName());
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int LONG = 1_000_000;
  private static final long MB = 1 << 20;
  private static final long MOST_MS = 1_000; // a hundredth of it, on a quiet machine
  private static final String DEPTH = "limits.query_depth";
  private static final String PARTS = "limits.query_parts";
  private static final String SAMPLES = "limits.query_samples";
  private static final String REGEX = "expression too large";

  private static Engine engine;

  /**
   * A query that is refused.
   *
   * @param said what the refusal must have in it
   * @param mostMb what it may allocate on the way
   */
  record Refused(String name, String query, String said, int mostMb) {
    Refused within(int mb) {
      return new Refused(name, query, said, mb);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A query that is answered, for so much at most. */
  record Answered(String name, String query, int mostMb) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Cost(long ms, long bytes) {
    @Override
    public String toString() {
      return "%d ms, %d kB".formatted(ms, bytes >> 10);
    }
  }

  @BeforeAll
  static void some_series() {
    var source = new MemorySource();
    for (int s = 0; s < 300; s++) {
      var labels = Labels.of(Labels.NAME, "x", "i", Integer.toString(s), "v", "y".repeat(1000));
      for (int i = 0; i < 100; i++) source.add(labels, i * 15_000L, i * s);
    }
    engine = Promql.engine(source, Limits.NORMAL, Clock.system(), Options.ALL);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  static Stream<Refused> texts() {
    return Stream.of(
        refused("brackets", "(".repeat(LONG), DEPTH),
        refused("closed brackets", "(".repeat(LONG / 2) + "x" + ")".repeat(LONG / 2), DEPTH),
        refused("braces", "{".repeat(LONG), "unexpected left brace"),
        refused("square brackets", "x" + "[".repeat(LONG), "parse error"),
        refused("calls", "abs(".repeat(LONG / 4), DEPTH),
        refused("+", chain("1", "+1"), DEPTH),
        refused("^", chain("1", "^1"), DEPTH),
        refused("or", chain("x", " or x"), DEPTH),
        refused("and unless", chain("x", " and x unless x"), DEPTH),
        refused("- - - -", chain("", "- "), DEPTH),
        refused("@ @", chain("x", " @ 1"), "may not be set multiple times"),
        refused("offset offset", chain("x", " offset 1m"), "may not be set multiple times"),
        refused("anchored anchored", chain("x", " anchored"), PARTS),
        refused("towers of subqueries", chain("x", "[1m:]"), DEPTH),
        refused("brackets in a duration", "x[" + "(".repeat(LONG), DEPTH),
        refused("sums of durations", "x[1m" + "+1m".repeat(LONG / 3) + "]", DEPTH),
        refused("signs of an offset", "x offset " + "- ".repeat(LONG / 2) + "1m", DEPTH),
        refused("a wide tree", wide(14, "x+1"), PARTS),
        refused("arguments", "sum(" + list("x", LONG / 3) + ")", PARTS),
        refused("by()", "sum by (" + list("a", 100_000) + ") (x)", PARTS),
        refused("by() of different", "sum by (" + labels("a", 100_000) + ") (x)", PARTS),
        refused("group_left()", "x + on (a) group_left (" + labels("b", 100_000) + ") x", PARTS),
        refused("matchers", "x{" + list("a=\"b\"", LONG / 7) + "}", PARTS),
        refused("a long number", "9".repeat(LONG), "value out of range"),
        refused("a long hexadecimal", "0x" + "9".repeat(LONG), "parse error").within(16),
        refused("underscores", chain("1", "_1"), "value out of range").within(32),
        refused("1e999999", "1e999999", "value out of range"),
        refused("a long duration", "x[" + "9".repeat(LONG - 9) + "m]", "duration out of range"),
        refused("a duration of 1e300", "x[1e300]", "duration out of range"),
        refused("@ 1e300", "x @ 1e300", "timestamp out of bounds"),
        refused("an open string", "\"" + "x".repeat(LONG), "unterminated quoted string"),
        refused("a long name", "a".repeat(LONG - 3) + "(1)", "unknown function"),
        refused("comments", "#".repeat(LONG), "no expression found"),
        refused("blanks", " ".repeat(LONG), "no expression found"),
        refused("halves of pairs", "\ud800".repeat(LONG), "unexpected character"),
        refused("more than a megabyte", " ".repeat(2 * LONG), "limits.query_length"));
  }

  static Stream<Refused> regexes() {
    return Stream.of(
        regex("repetitions of repetitions", "(((a{1000}){1000}){1000})", "invalid repeat count"),
        regex("brackets", "(".repeat(LONG / 3) + ")".repeat(LONG / 3), "nests too deeply"),
        regex("groups", "(a)".repeat(LONG / 4), REGEX),
        regex("stars", "a*".repeat(LONG / 3), REGEX),
        regex("one long class", "[" + "a-z0-9".repeat(LONG / 7) + "]", REGEX),
        regex("classes of letters", "\\\\pL".repeat(LONG / 8), REGEX).within(16),
        regex("one long word, any case", "(?i:" + "k".repeat(LONG / 5) + ")", REGEX),
        regex("alternatives", "a.|".repeat(LONG / 4) + "b", REGEX),
        refused("many", "x{" + list("a=~\"b.*\"", LONG / 10) + "}", PARTS).within(128),
        refused("many large", "x{" + list(LARGE, 300) + "}", "limits.query_regex_parts")
            .within(64));
  }

  private static final String LARGE = "a=~\"" + "[a-z]?".repeat(400) + "\"";

  static Stream<Refused> evaluations() {
    return Stream.of(
        refused("x[1y:1ms]", "max_over_time(x[1y:1ms])", SAMPLES),
        refused("x[292y:1ms]", "max_over_time(x[292y:1ms])", SAMPLES),
        refused("subqueries", "max_over_time(max_over_time(x[1y:1s])[1y:1s])", SAMPLES),
        refused(
            "a template of groups",
            "label_replace(x, \"a\", \"" + "$1".repeat(400_000) + "\", \"v\", \"(.*)\")",
            "limits.label_value_bytes"),
        refused(
            "a label doubled 60 times",
            nested("label_replace(", ", \"i\", \"$1$1\", \"i\", \"(.*)\")"),
            "limits.label_value_bytes"),
        refused(
            "a label joined to itself",
            nested("label_join(", ", \"i\", \"\", \"i\", \"i\")"),
            "limits.label_value_bytes"),
        refused(
            "a long label name",
            "count_values(\"" + "x".repeat(900_000) + "\", x)",
            "limits.label_name_bytes"));
  }

  static Stream<Answered> prints() {
    String control = "x{a=\"" + "\u0001".repeat(900_000) + "\"}";
    return Stream.of(
        new Answered("a long text", "\"" + "x".repeat(900_000) + "\"", 16),
        new Answered("escapes", "\"" + "\\x01".repeat(200_000) + "\"", 48),
        new Answered("broken UTF-8", "\"" + "\\xff".repeat(200_000) + "\"", 48),
        new Answered("characters to escape", control, 96),
        new Answered("the same in brackets", "(".repeat(150) + control + ")".repeat(150), 128),
        new Answered("the same in signs", "-(".repeat(60) + control + ")".repeat(60), 128),
        new Answered("the same in calls", nested("abs(", ")").replace("x", control), 128),
        new Answered("1,000 labels", "sum by (" + labels("a", 1_000) + ") (x)", 8),
        new Answered("a wide tree", wide(9, "x+1"), 64));
  }

  private static Refused refused(String name, String query, String said) {
    return new Refused(name, query, said, 8);
  }

  private static Refused regex(String name, String regex, String said) {
    return refused(name, "x{a=~\"" + regex + "\"}", said);
  }

  private static String chain(String first, String link) {
    return first + link.repeat(LONG / link.length());
  }

  private static String list(String each, int count) {
    return (each + ",").repeat(count - 1) + each;
  }

  private static String labels(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.joining(","));
  }

  private static String nested(String before, String after) {
    return before.repeat(60) + "x" + after.repeat(60);
  }

  private static String wide(int depth, String leaf) {
    if (depth == 0) return leaf;
    String half = wide(depth - 1, leaf);
    return "(" + half + ")+(" + half + ")";
  }

  @ParameterizedTest
  @MethodSource({"texts", "regexes"})
  void a_hostile_text_is_refused_by_name_while_it_is_read(Refused row) {
    isRefused(row, () -> Parser.parse(row.query, Features.ALL, Limits.NORMAL));
  }

  @ParameterizedTest
  @MethodSource("evaluations")
  void a_hostile_query_is_refused_by_name_before_it_has_filled_the_memory(Refused row) {
    isRefused(row, () -> engine.range(row.query, 0, 60_000, 1_000, QueryOptions.DEFAULT));
  }

  private static void isRefused(Refused row, Callable<?> work) {
    var said = new ArrayList<String>();
    Cost cost =
        costOf(() -> {
          try {
            work.call();
            said.add("nothing");
          } catch (Refusal refusal) {
            said.add(refusal.getMessage());
          }
          return null;
        });

    log.log(System.Logger.Level.INFO, row + ": " + cost);
    assertThat(said).allSatisfy(message -> assertThat(message).contains(row.said));
    assertThat(cost.bytes).as("bytes allocated").isLessThan(row.mostMb * MB);
    assertThat(cost.ms).as("milliseconds").isLessThan(MOST_MS);
  }

  @ParameterizedTest
  @MethodSource("prints")
  void what_is_printed_costs_no_more_for_what_stands_around_it(Answered row) {
    Cost cost = costOf(() -> Printer.pretty(Parser.parse(row.query, Features.ALL, Limits.NORMAL)));

    log.log(System.Logger.Level.INFO, row + ": " + cost);
    assertThat(cost.bytes).as("bytes allocated").isLessThan(row.mostMb * MB);
    assertThat(cost.ms).as("milliseconds").isLessThan(MOST_MS);
  }

  /** The least of three rounds, on this thread. */
  private static Cost costOf(Callable<?> work) {
    var least = new Cost(Long.MAX_VALUE, Long.MAX_VALUE);
    for (int round = 0; round < 3; round++) {
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      try {
        work.call();
      } catch (Exception e) {
        throw new AssertionError("neither an answer nor a refusal", e);
      }
      long ms = (System.nanoTime() - start) / 1_000_000;
      bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
      least = new Cost(Math.min(least.ms, ms), Math.min(least.bytes, bytes));
    }
    return least;
  }

  @Test
  void eight_threads_read_hostile_texts_at_once() throws Exception {
    List<Refused> rows = Stream.concat(texts(), regexes()).toList();
    try (var threads = Executors.newFixedThreadPool(8)) {
      var reading = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 8; i++) {
        int offset = i;
        reading.add(threads.submit(() -> refusals(rows, offset)));
      }

      for (Future<Integer> each : reading) assertThat(each.get()).isEqualTo(rows.size());
    }
  }

  private static int refusals(List<Refused> rows, int offset) {
    int refused = 0;
    for (int i = 0; i < rows.size(); i++) {
      try {
        String query = rows.get((i + offset) % rows.size()).query;
        Parser.parse(query, Features.ALL, Limits.NORMAL);
      } catch (Refusal _) {
        refused++;
      }
    }
    return refused;
  }
}
