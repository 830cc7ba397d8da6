package io.oriel.metrics;

import io.oriel.metrics.Rows.Row;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.MetricWriter;
import java.util.Objects;
import java.util.Random;

/**
 * What a writer of the crash rounds writes at a time: one batch, a sample for each of its series,
 * made of nothing but the writer's number and the time, so that whoever reads it knows it.
 */
final class CrashSamples {
  static final int WRITERS = 4;
  private static final int FLOATS = 3;
  private static final int HISTOGRAMS = 2;
  static final int SERIES = FLOATS + HISTOGRAMS;

  private CrashSamples() {}

  static Labels labels(int writer, int series) {
    String kind = series < FLOATS ? "crash_float" : "crash_histogram";
    return Labels.of("__name__", kind + series, "writer", "" + writer);
  }

  static int writer(Labels labels) {
    return Integer.parseInt(Objects.requireNonNull(labels.get("writer")));
  }

  static int series(Labels labels) {
    String name = Objects.requireNonNull(labels.get("__name__"));
    return name.charAt(name.length() - 1) - '0';
  }

  /** Adds the batch; nothing is committed yet. */
  static void add(int writer, long timeMs, MetricWriter to) {
    for (int series = 0; series < SERIES; series++) {
      long handle = to.series(labels(writer, series));
      Random random = random(writer, series, timeMs);
      if (series < FLOATS) to.sample(handle, timeMs, random.nextInt(8000) / 8.0);
      else to.histogram(handle, timeMs, new RandomHistograms(random).next());
    }
  }

  /** What that sample must read as. */
  static Row row(int writer, int series, long timeMs) {
    Random random = random(writer, series, timeMs);
    return series < FLOATS
        ? Row.of(random.nextInt(8000) / 8.0, SampleColumns.NO_START)
        : Row.of(new RandomHistograms(random).next(), SampleColumns.NO_START).withHint(null);
  }

  private static Random random(int writer, int series, long timeMs) {
    return new Random(timeMs * 31 + writer * 7L + series);
  }
}
