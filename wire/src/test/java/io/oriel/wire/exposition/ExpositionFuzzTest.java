package io.oriel.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages that were damaged at random, by a seed that is in the message: whatever the bytes are, a
 * page is read or refused with its line, and nothing else happens. Run as a test; the corpus is
 * small and dense so that a few thousand rounds reach all branches.
 */
class ExpositionFuzzTest {
  private static final List<String> SEEDS =
      List.of(
          "# HELP a b\\\\c\\nd\n# TYPE a histogram\na_bucket{le=\"1\"} 1 1700000000\na_sum 1e-5\n",
          "{\"my.metric\",a=\"q\\\"x\\\\\",\"l.m\"=\"ä🔥\"} NaN 12\nup{a = \"b\" , } +Inf\n\n# x\n",
          "# TYPE a_seconds counter\n# UNIT a_seconds seconds\na_seconds_total{x=\"1\"} 5 1.5 #"
              + " {trace_id=\"KOO\"} 0.67 1520879607.789\n# EOF\n");
  private static final String TOKENS = "{}\",=\\# \t\n\r\0_:09aeE+-.ä";

  @ParameterizedTest
  @EnumSource
  void a_damaged_page_is_read_or_refused_and_nothing_else(ExpositionFormat format) {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    Assertions.assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          for (int round = 0; round < 30_000; round++) {
            byte[] page = damaged(random);
            try {
              readAll(format, page);
            } catch (RuntimeException | Error e) {
              throw new AssertionError("seed %d round %d".formatted(seed, round), e);
            }
          }
        });
  }

  private static byte[] damaged(Random random) {
    var page = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
    for (int change = random.nextInt(8); change >= 0; change--) {
      int at = random.nextInt(page.length() + 1);
      char token = TOKENS.charAt(random.nextInt(TOKENS.length()));
      switch (random.nextInt(4)) {
        case 0 -> page.insert(at, token);
        case 1 -> page.setLength(Math.max(1, at));
        case 2 -> page.delete(at, Math.min(page.length(), at + 1 + random.nextInt(5)));
        default -> page.insert(at, page.substring(random.nextInt(page.length() + 1)));
      }
      if (page.isEmpty()) page.append(token);
    }
    byte[] bytes = page.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(4) == 0) bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    return bytes;
  }

  private static void readAll(ExpositionFormat format, byte[] page) {
    var heard =
        new SampleVisitor() {
          @Override
          public void sample(SeriesText series, double value, long timestampMs) throws SyntaxError {
            var labels = series.labels();
            assertThat(series.from()).isLessThan(series.to());
            series.hash();
            assertThat(labels.size()).isLessThanOrEqualTo(page.length);
          }

          @Override
          public void metadata(MetadataText metadata) throws SyntaxError {
            metadata.metric();
            metadata.text();
          }

          @Override
          public boolean wantsExemplars() {
            return true;
          }

          @Override
          public void exemplar(SeriesText labels, double value, long ms) throws SyntaxError {
            labels.labels();
          }
        };
    try {
      format.parse(page, page.length, Limits.NORMAL, heard);
    } catch (SyntaxError e) {
      assertThat(e.getMessage()).startsWith("line ").doesNotContain("\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "{", "a{", "a{b=\"", "a{b=\"\\", "# HELP ", "# HELP \"", "# TYPE a"})
  void a_page_that_ends_anywhere_is_refused_or_read(String page) {
    for (ExpositionFormat format : ExpositionFormat.values()) {
      readAll(format, page.getBytes(StandardCharsets.UTF_8));
    }
  }
}
