package io.oriel.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Expr;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every query of the conformance files, changed at random by a seed that is told: the parser gives
 * a tree or a refusal, for bounded memory, and a tree reads back from what is printed of it.
 */
@Timeout(120)
class CorpusFuzzTest {
  private static final int ROUNDS = Integer.getInteger("oriel.fuzz.rounds", 10_000);
  private static final long MOST_BYTES = 128L << 20; // for reading three times and printing twice
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long SEED = Long.getLong("oriel.fuzz.seed", System.nanoTime());

  private final QueryCorpus corpus = QueryCorpus.read();

  @BeforeAll
  static void say_the_seed() {
    System.getLogger(CorpusFuzzTest.class.getName())
        .log(System.Logger.Level.INFO, "fuzzing with -Doriel.fuzz.seed=" + SEED);
  }

  @Test
  void the_corpus_is_there_and_reads_back() {
    assertThat(corpus.queries()).hasSizeGreaterThan(1_500);
    for (String query : corpus.queries()) check(query);
  }

  @Test
  void changed_queries_give_a_tree_that_reads_back_or_a_refusal() {
    var random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      check(corpus.changed(random));
    }
  }

  private static void check(String text) {
    for (Features features : new Features[] {Features.STABLE, Features.ALL}) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        readsBack(Parser.parse(text, features, Limits.NORMAL));
      } catch (Refusal refusal) {
        assertThat(refusal.getMessage()).isNotBlank();
      } catch (RuntimeException | Error e) {
        fail("-Doriel.fuzz.seed=" + SEED + ": " + shortened(text), e);
      }
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
          .as("bytes for %s, seed %s", shortened(text), SEED)
          .isLessThan(MOST_BYTES);
    }
  }

  /** Brackets that printing adds may make a tree too deep or too long to be read again. */
  private static void readsBack(Expr expr) {
    String line = Printer.line(expr);
    Expr again;
    Expr pretty;
    try {
      again = Parser.parse(line, Features.ALL, Limits.NORMAL);
      pretty = Parser.parse(Printer.pretty(expr), Features.ALL, Limits.NORMAL);
    } catch (Refusal.LimitReached tooLarge) {
      return;
    } catch (Refusal refusal) {
      throw new AssertionError("what was printed is refused: " + shortened(line), refusal);
    }
    assertThat(Printer.line(again)).isEqualTo(line);
    assertThat(Printer.line(pretty)).isEqualTo(line);
    assertThat(again.type()).isEqualTo(expr.type());
  }

  private static String shortened(String text) {
    return text.length() <= 500 ? text : text.substring(0, 500) + "... (" + text.length() + ")";
  }
}
