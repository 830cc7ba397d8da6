package io.oriel.server;

import io.oriel.metrics.Aggregates;
import io.oriel.metrics.BlockImport;
import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.metrics.MetricStoreStats.Block;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import io.oriel.promql.Promql;
import io.oriel.promql.eval.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * What a year costs, by samples and by aggregates: run by hand, see docs/performance.md. A hundred
 * series at 15 s: half of them counters, half levels with one decimal.
 */
final class YearOfSamples {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long NOW = 20_500 * DAY;
  private static final int SERIES = 100;
  private static final int PART_DAYS = 73;

  private YearOfSamples() {}

  /** The first argument is an empty folder. */
  public static void main(String[] arguments) throws IOException {
    var clock = new ManualClock(NOW);
    var config =
        MetricStoreConfig.in(Path.of(arguments[0]))
            .withFreeBytes(0)
            .withRetention(Duration.ofDays(366))
            .withAggregates(new Aggregates(Duration.ofDays(366), Duration.ofDays(3 * 366)));
    try (var store = MetricStore.open(config, clock);
        var queries = Promql.engine(store.source(), Limits.NORMAL, clock)) {
      fill(store);
      long start = System.nanoTime();
      store.tidy();
      System.out.printf("aggregates made in %.1f s%n", (System.nanoTime() - start) / 1e9);
      sizes(store);
      for (String query :
          new String[] {
            "avg(avg_over_time(level[1d]))",
            "sum(rate(requests_total[1d]))",
            "max(max_over_time(level[6h]))",
            "avg(level)"
          }) {
        for (long step : new long[] {DAY, 6 * HOUR}) ask(queries, query, step);
      }
    }
  }

  private static void fill(MetricStore store) throws IOException {
    for (long from = NOW - 365 * DAY; from < NOW; from += PART_DAYS * DAY) {
      try (BlockImport in = store.importer()) {
        for (int i = 0; i < SERIES; i++) {
          boolean counter = i >= SERIES / 2;
          Labels labels =
              Labels.of(
                  "__name__",
                  counter ? "requests_total" : "level",
                  "instance",
                  "%03d".formatted(i));
          in.add(labels, samples(new Random(i * 1000L + from), counter, from));
        }
        in.publish();
      }
    }
  }

  private static SampleColumns samples(Random random, boolean counter, long from) {
    var samples = new SampleColumns(PART_DAYS * 5760);
    double value = counter ? 0 : 500;
    for (long at = from; at < Math.min(NOW, from + PART_DAYS * DAY); at += 15_000) {
      value += counter ? random.nextInt(40) : random.nextInt(-9, 10);
      samples.add(at + random.nextInt(5), counter ? value : value / 10);
    }
    return samples;
  }

  private static void sizes(MetricStore store) {
    for (long resolution : new long[] {0, 300_000, HOUR}) {
      long bytes = 0;
      long rows = 0;
      int blocks = 0;
      for (Block each : store.stats().blocks()) {
        if (each.resolutionMs() != resolution) continue;
        blocks++;
        bytes += each.bytes();
        rows += each.samples();
      }
      System.out.printf(
          "%d s: %d blocks, %,d rows, %.2f B a row, %,d B a series and year%n",
          resolution / 1000, blocks, rows, (double) bytes / Math.max(1, rows), bytes / SERIES);
    }
  }

  private static void ask(Engine queries, String query, long step) {
    System.out.printf("%-32s step %3d h", query, step / HOUR);
    for (long coarsest : new long[] {0, 300_000, Long.MAX_VALUE}) {
      var how = QueryOptions.DEFAULT.withCoarsest(coarsest);
      long best = Long.MAX_VALUE;
      QueryAnswer answer = null;
      for (int i = 0; i < 3; i++) {
        long start = System.nanoTime();
        answer = queries.range(query, NOW - 364 * DAY, NOW, step, how);
        best = Math.min(best, System.nanoTime() - start);
      }
      System.out.printf(
          "   %9.1f ms (%,d read)", best / 1e6, answer == null ? 0 : answer.stats().samplesRead());
    }
    System.out.println();
  }
}
