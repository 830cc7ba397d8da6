package io.oriel.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.Aggregates;
import io.oriel.metrics.BlockImport;
import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import io.oriel.promql.Promql;
import io.oriel.promql.eval.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Growth of random counters that begin anew at random, by aggregates and by samples. */
class LongRangesPropertyTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long NOW = 20_000 * DAY;
  private static final double LAST_BITS = 1e-9;

  /** Jittered, with holes, and with falls from once a day to every twelfth sample. */
  private static SampleColumns counter(Random random) {
    var samples = new SampleColumns();
    int falls = List.of(6000, 300, 12).get(random.nextInt(3));
    double value = random.nextInt(1000);
    for (long at = NOW - 7 * DAY; at < NOW; at += 15_000 + random.nextInt(30)) {
      if (random.nextInt(2000) == 0) at += random.nextInt(3_000_000);
      value = random.nextInt(falls) == 0 ? random.nextInt(3) : value + random.nextInt(9);
      samples.add(at, value);
    }
    return samples;
  }

  @Property(tries = 12)
  void growth_is_as_of_samples_and_blurred_by_a_stretch_at_most(@ForAll long seed)
      throws IOException {
    var random = new Random(seed);
    Path folder = Files.createTempDirectory("long-ranges");
    var clock = new ManualClock(NOW);
    var config =
        MetricStoreConfig.in(folder)
            .withFreeBytes(0)
            .withAggregates(new Aggregates(Duration.ofDays(30), Duration.ofDays(90)));
    try (var store = MetricStore.open(config, clock);
        var queries = Promql.engine(store.source(), Limits.NORMAL, clock)) {
      try (BlockImport in = store.importer()) {
        in.add(Labels.of("__name__", "requests_total"), counter(random));
        in.publish();
      }
      store.tidy();
      long start = NOW - 6 * DAY;
      for (String function : List.of("rate", "increase", "resets")) {
        compare(queries, function + "(requests_total[6h])", start, 6 * HOUR, LAST_BITS);
        compare(queries, function + "(requests_total[5m])", start, HOUR, LAST_BITS);
      }
      // a window of 24 stretches that are not its own: an hour of 24
      long unaligned = start + 1 + random.nextInt(3_000_000);
      compare(queries, "increase(requests_total[1d])", unaligned, 7 * HOUR + 1, 0.15);
    } finally {
      delete(folder);
    }
  }

  private static void compare(Engine queries, String query, long start, long step, double part) {
    QueryAnswer answer = queries.range(query, start, NOW, step, QueryOptions.DEFAULT);
    QueryAnswer expected =
        queries.range(query, start, NOW, step, QueryOptions.DEFAULT.withCoarsest(0));

    assertThat(answer.infos()).as(query).isNotEmpty();
    SampleColumns its = samples(answer);
    SampleColumns other = samples(expected);
    assertThat(its.size).as(query).isEqualTo(other.size);
    for (int i = 0; i < its.size; i++) {
      assertThat(its.times[i]).isEqualTo(other.times[i]);
      assertThat(Math.abs(its.values[i] - other.values[i]))
          .as("%s at %s: %s, %s", query, its.times[i], its.values[i], other.values[i])
          .isLessThanOrEqualTo(part * Math.max(1, Math.abs(other.values[i])));
    }
  }

  private static SampleColumns samples(QueryAnswer answer) {
    return ((Result.Matrix) answer.result()).series().getFirst().samples();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
