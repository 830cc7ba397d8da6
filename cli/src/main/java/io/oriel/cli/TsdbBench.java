package io.oriel.cli;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.limit.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code oriel tsdb bench}: how fast the store is on this machine and this disk. */
@Command(
    name = "bench",
    description = {
      "Measures how fast the metrics store appends and reads on this machine.",
      "",
      "A store of its own in a folder that is deleted in the end: one thread appends rounds of all"
          + " series, a block is made of them, and all is read again, from memory and from the block."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 done, 1 it could not be measured, 2 wrong usage."})
final class TsdbBench implements Runnable {
  private static final long STEP_MS = 15_000;
  private static final long LENGTH_MS = Duration.ofDays(10).toMillis();
  private static final int MOST_SECONDS = 600;
  private static final int MOST_SERIES = 1_000_000;
  private static final double NANOS = 1e9;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where the store is made for the time: the disk to measure (default: here).")
  private Path dir;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long it may take, about (default: 10).")
  private int seconds;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many series (default: 10000).")
  private int series;

  @Override
  public void run() {
    check("--seconds", seconds, MOST_SECONDS);
    check("--series", series, MOST_SERIES);
    try {
      Path folder = Files.createTempDirectory(dir, "oriel-bench-");
      try {
        measure(folder, spec.commandLine().getOut());
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "nothing could be measured in %s (%s)".formatted(dir, e.getMessage()),
          "name a folder that may be written by --dir");
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
    }
  }

  private void check(String option, int number, int most) {
    if (number >= 1 && number <= most) return;
    throw new ParameterException(
        spec.commandLine(),
        "%s is %d; write a number from 1 to %d".formatted(option, number, most));
  }

  private void measure(Path folder, PrintWriter out) throws IOException {
    var config = MetricStoreConfig.in(folder).withLimits(StoreFolder.limits());
    try (var store = MetricStore.open(config, Clock.system())) {
      long samples = append(store, out);
      read(store, "read from memory", out);
      long start = System.nanoTime();
      store.cutBlock();
      row(out, "made a block", samples, System.nanoTime() - start);
      out.println(
          "%-18s %s a sample"
              .formatted(
                  "on disk",
                  Figures.decimal((double) store.stats().blockBytes() / samples) + " B"));
      read(store, "read from blocks", out);
    }
  }

  private long append(MetricStore store, PrintWriter out) {
    long start = System.nanoTime();
    long end = start + (long) (seconds * NANOS / 2);
    long first = System.currentTimeMillis() - LENGTH_MS;
    long samples = 0;
    try (MetricWriter writer = store.sink().writer()) {
      var handles = new long[series];
      for (int i = 0; i < series; i++) handles[i] = writer.series(labels(i));
      for (int round = 0; System.nanoTime() < end && round * STEP_MS < LENGTH_MS; round++) {
        for (int i = 0; i < series; i++) {
          writer.sample(handles[i], first + round * STEP_MS, value(i, round));
        }
        writer.commit();
        samples += series;
      }
    }
    row(out, "appended", samples, System.nanoTime() - start);
    return samples;
  }

  private static Labels labels(int number) {
    return Labels.of(
        Labels.NAME,
        "bench_" + number % 50 + "_total",
        "instance",
        "host" + number / 50 % 40 + ":9100",
        "part",
        "p" + number / 2000);
  }

  /** Counters, gauges that swing, and some that stand still. */
  private static double value(int series, int round) {
    return switch (series % 3) {
      case 0 -> (double) round * (1 + series % 17);
      case 1 -> Math.rint(1000 * Math.sin(round / 40.0 + series)) / 1000;
      default -> series;
    };
  }

  /** At least once all of it, at most a quarter of the time. */
  private void read(MetricStore store, String what, PrintWriter out) {
    var columns = new SampleColumns(1024);
    var all = List.of(Matcher.regex(Labels.NAME, ".+"));
    long start = System.nanoTime();
    long samples = 0;
    do {
      try (var selected = store.source().select(all, TimeRange.ALWAYS)) {
        for (int i = 0; i < selected.count(); i++) {
          columns.clear();
          selected.read(i, columns);
          samples += columns.size;
        }
      }
    } while (System.nanoTime() - start < seconds * NANOS / 4);
    row(out, what, samples, System.nanoTime() - start);
  }

  private static void row(PrintWriter out, String what, long samples, long nanos) {
    out.println(
        "%-18s %s samples in %s s: %s samples/s"
            .formatted(
                what,
                Figures.count(samples),
                Figures.decimal(nanos / NANOS),
                Figures.count((long) (samples / (nanos / NANOS)))));
  }
}
