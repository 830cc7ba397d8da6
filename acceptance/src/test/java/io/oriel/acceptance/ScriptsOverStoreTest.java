package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.testing.ManualClock;
import io.oriel.model.testing.SharedData;
import io.oriel.promql.eval.Options;
import io.oriel.promql.script.Script;
import io.oriel.promql.script.ScriptRunner;
import io.oriel.promql.script.ScriptStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prometheus' own test files over the real store: what it keeps of floats, native histograms, their
 * reset hints, markers and start times answers every query as Prometheus does.
 */
class ScriptsOverStoreTest {
  @TempDir Path folder;

  @Test
  void every_case_passes_with_samples_in_the_head() throws IOException {
    assertThat(unmet(Keep.IN_HEAD)).isEmpty();
  }

  @Test
  void every_case_passes_with_samples_in_a_block() throws IOException {
    assertThat(unmet(Keep.IN_BLOCK)).isEmpty();
  }

  @Test
  void every_case_passes_after_a_restart() throws IOException {
    assertThat(unmet(Keep.RESTARTED)).isEmpty();
  }

  private enum Keep {
    IN_HEAD,
    IN_BLOCK,
    RESTARTED
  }

  private List<String> unmet(Keep keep) throws IOException {
    var unmet = new ArrayList<String>();
    int cases = 0;
    try (Stream<Path> files = Files.list(SharedData.conformance("promql"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".test")).toList()) {
        try (var store = new RealStore(folder.resolve(file.getFileName()), keep)) {
          var script = Script.parse(Files.readString(file));
          for (var outcome : ScriptRunner.run(script, Options.ALL, store)) {
            cases++;
            if (!outcome.passed()) unmet.add(file.getFileName() + ": " + outcome);
          }
        }
      }
    }
    assertThat(cases).isGreaterThan(1000);
    return unmet;
  }

  /** The store as a script uses it: opened anew for each {@code clear}. */
  private static final class RealStore implements ScriptStore, AutoCloseable {
    private static final long YEAR_MS = Duration.ofDays(365).toMillis();

    private final Path folder;
    private final Keep keep;
    private final ManualClock clock = new ManualClock(YEAR_MS); // the cases begin in 1970
    private final TreeMap<Labels, TreeMap<Long, LongConsumer>> samples = new TreeMap<>();
    private int number;
    private MetricStore store;
    private MetricWriter writer;

    RealStore(Path folder, Keep keep) {
      this.folder = folder;
      this.keep = keep;
      store = opened();
      writer = store.sink().writer();
    }

    private MetricStore opened() {
      return MetricStore.open(
          MetricStoreConfig.in(folder.resolve("" + number))
              .withFreeBytes(0)
              .withRetention(Duration.ofDays(3650)),
          clock);
    }

    @Override
    public void clear() {
      samples.clear();
      openEmpty();
    }

    private void openEmpty() {
      close();
      number++;
      store = opened();
      writer = store.sink().writer();
    }

    @Override
    public void add(Labels labels, long timeMs, double value) {
      put(labels, timeMs, series -> writer.sample(series, timeMs, value));
    }

    @Override
    public void add(Labels labels, long timeMs, Histogram histogram) {
      put(labels, timeMs, series -> writer.histogram(series, timeMs, histogram));
    }

    /** One file tells two values for a time of a series; the later one is meant. */
    private void put(Labels labels, long timeMs, LongConsumer sample) {
      samples.computeIfAbsent(labels, _ -> new TreeMap<>()).put(timeMs, sample);
    }

    @Override
    public void startOfLast(Labels labels, long startMs) {
      TreeMap<Long, LongConsumer> its = samples.getOrDefault(labels, new TreeMap<>());
      its.computeIfPresent(
          its.lastKey(), (_, last) -> last.andThen(_ -> writer.startOfLast(startMs)));
    }

    @Override
    public void loaded() {
      if (keep == Keep.IN_BLOCK) openEmpty(); // what was cut takes nothing of before any more
      samples.forEach((labels, its) -> {
        long series = writer.series(labels);
        its.values().forEach(sample -> sample.accept(series));
      });
      if (keep != Keep.IN_BLOCK) samples.clear();
      Receipt receipt = writer.commit();
      if (!receipt.refused().isEmpty()) throw new IllegalArgumentException(receipt.toString());
      try {
        if (keep == Keep.IN_BLOCK) store.cutBlock();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (keep != Keep.RESTARTED) return;
      close();
      store = opened();
      writer = store.sink().writer();
    }

    @Override
    public void close() {
      writer.close();
      store.close();
    }

    @Override
    public MetricSource source() {
      return new MetricSource() {
        @Override
        public SelectedSeries select(List<Matcher> matchers, TimeRange range) {
          return store.source().select(matchers, range);
        }

        @Override
        public List<Labels> series(List<List<Matcher>> of, TimeRange range, int limit) {
          return store.source().series(of, range, limit);
        }

        @Override
        public List<String> labelNames(List<List<Matcher>> of, TimeRange range, int limit) {
          return store.source().labelNames(of, range, limit);
        }

        @Override
        public List<String> labelValues(
            String name, List<List<Matcher>> of, TimeRange range, int limit) {
          return store.source().labelValues(name, of, range, limit);
        }

        @Override
        public Map<String, List<MetricMetadata>> metadata(String metric, int limit) {
          return store.source().metadata(metric, limit);
        }
      };
    }
  }
}
