package io.oriel.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.memory.MemorySource;
import io.oriel.promql.parse.QueryCorpus;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Queries of the conformance files, as they are and combined at random, over series of the names
 * that they use: an answer or a refusal, and nothing is counted as held afterwards.
 */
@Timeout(180)
class EvaluationFuzzTest {
  private static final int ROUNDS = Integer.getInteger("oriel.fuzz.rounds", 3_000);
  private static final long SEED = Long.getLong("oriel.fuzz.seed", System.nanoTime());
  private static final Limits SMALL = Limits.NORMAL.with(Limit.QUERY_SAMPLES, 300_000);

  private final QueryCorpus corpus = QueryCorpus.read();
  private final Room room = new Room(400_000);

  @BeforeAll
  static void say_the_seed() {
    System.getLogger(EvaluationFuzzTest.class.getName())
        .log(System.Logger.Level.INFO, "fuzzing with -Doriel.fuzz.seed=" + SEED);
  }

  private static MemorySource source() {
    var source = new MemorySource();
    String[] names = {"http_requests", "http_requests_total", "metric", "data", "test", "x", "foo"};
    for (String name : names) {
      for (int s = 0; s < 5; s++) {
        var labels =
            Labels.of(
                Labels.NAME, name, "job", s < 2 ? "api-server" : "app-server", "instance", "" + s);
        for (int i = 0; i < 40; i++) source.add(labels, i * 60_000L, s == 4 ? Double.NaN : i * s);
      }
    }
    return source;
  }

  @Test
  void whatever_is_asked_gives_an_answer_or_a_refusal_and_holds_nothing_afterwards() {
    var random = new Random(SEED);
    int answered = 0;
    try (var engine = new Engine(source(), SMALL, Clock.system(), Options.ALL, room)) {
      for (String query : corpus.queries()) if (asks(engine, query, random)) answered++;
      for (int i = 0; i < ROUNDS; i++) if (asks(engine, corpus.changed(random), random)) answered++;
    }

    assertThat(answered).isGreaterThan(500);
  }

  private boolean asks(Engine engine, String query, Random random) {
    boolean answered = false;
    var options = QueryOptions.DEFAULT.withTimeout(Duration.ofSeconds(2));
    try {
      long end = random.nextInt(3_000_000);
      if (random.nextBoolean()) engine.instant(query, end, options);
      else engine.range(query, 0, end, 1 + random.nextInt(120_000), options);
      answered = true;
    } catch (Refusal refusal) {
      assertThat(refusal.getMessage()).isNotBlank();
    } catch (RuntimeException | Error e) {
      fail("-Doriel.fuzz.seed=" + SEED + ": " + query, e);
    }
    assertThat(room.held()).as("held after %s, seed %s", query, SEED).isZero();
    return answered;
  }
}
