package io.oriel.metrics;

import static io.oriel.model.histogram.CounterReset.NOT_RESET;
import static io.oriel.model.histogram.CounterReset.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.Rows.Row;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class HistogramStorePropertyTest {

  /**
   * Floats, native histograms, markers and start times in any order come back bit for bit: from the
   * head, after a replay, after a checkpoint, from blocks and from merged blocks.
   */
  @Property(tries = 25)
  void any_sequence_of_samples_reads_back_bit_for_bit(@ForAll long seed) throws IOException {
    try (var run = new Run(seed)) {
      run.steps(40);
    }
  }

  private static final class Run extends StoreRun {
    private final TreeMap<Labels, TreeMap<Long, Row>> model = new TreeMap<>();
    private final Map<Labels, @Nullable Histogram> newest = new HashMap<>();
    private final Map<Labels, RandomHistograms> sources = new HashMap<>();
    private final Set<Labels> restarted = new HashSet<>(); // and nothing appended since
    private final Set<String> doubtful = new HashSet<>(); // the first samples after a restart
    private final List<Labels> known = new ArrayList<>();

    Run(long seed) throws IOException {
      super(seed);
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        Labels labels = Labels.of("__name__", "m" + i);
        known.add(labels);
        sources.put(labels, new RandomHistograms(random));
      }
    }

    @Override
    void step() throws IOException {
      switch (random.nextInt(12)) {
        case 0 -> restart();
        case 1 -> cut();
        case 2 -> store.checkpoint();
        case 3 -> merge();
        case 4 -> clock.advance(random.nextInt(1_200_000));
        case 5 -> compare();
        default -> append();
      }
    }

    private void append() {
      int batches = 1 + random.nextInt(12);
      for (int batch = 0; batch < batches; batch++) {
        int floats = 0;
        int histograms = 0;
        for (int moment = random.nextInt(3); moment >= 0; moment--) {
          clock.advance(15_000);
          for (int series = 0; series < known.size(); series++) {
            if (random.nextInt(8) == 0) continue;
            if (append(known.get(series), series)) histograms++;
            else floats++;
          }
        }
        assertThat(writer.commit())
            .as("seed %s", seed)
            .isEqualTo(Receipt.allKept(floats, histograms, 0));
      }
    }

    /** Whether it was a histogram. */
    private boolean append(Labels labels, int series) {
      long handle = writer.series(labels);
      long time = clock.millis();
      long start = series % 2 == 0 ? SampleColumns.NO_START : time - random.nextInt(3) * 1000L;
      boolean mostlyFloats = series % 3 == 2;
      int kind = random.nextInt(40);
      if (kind == 0 || (kind < 36 && mostlyFloats) || kind == 39) {
        double value = kind == 39 ? Stale.MARKER : random.nextInt(1000) / 10.0;
        writer.sample(handle, time, value);
        put(labels, time, Row.of(value, start), null);
      } else if (kind == 38) {
        writer.histogram(handle, time, RandomHistograms.marker());
        put(labels, time, Row.of(Stale.MARKER, start), null);
      } else {
        Histogram histogram = source(labels).next();
        Histogram before = newest.get(labels);
        Histogram read = histogram.withReset(histogram.hintAfter(before));
        writer.histogram(handle, time, histogram);
        put(labels, time, Row.of(read, start), read);
        writer.startOfLast(start);
        return true;
      }
      writer.startOfLast(start);
      return false;
    }

    private RandomHistograms source(Labels labels) {
      return sources.computeIfAbsent(labels, _ -> new RandomHistograms(random));
    }

    private void put(Labels labels, long time, Row row, @Nullable Histogram histogram) {
      model.computeIfAbsent(labels, _ -> new TreeMap<>()).put(time, row);
      newest.put(labels, histogram);
      if (restarted.remove(labels)) doubtful.add(labels + " " + time);
    }

    @Override
    void restart() {
      restarted.addAll(known);
      super.restart();
      compare();
    }

    private void cut() throws IOException {
      if (model.isEmpty()) return;
      store.cutBlock();
      clock.advance(1);
      compare();
    }

    private void merge() throws IOException {
      while (store.mergeBlocks()) compare();
    }

    @Override
    void compare() {
      compare(TimeRange.ALWAYS);
      long from = clock.millis() - random.nextInt(2_000_000);
      var range = new TimeRange(from, from + random.nextInt(1_000_000));
      compare(range);
    }

    private void compare(TimeRange range) {
      var found = Rows.within(store.source(), range);
      var expected = expected(range);
      if (found.equals(expected)) return;
      assertThat(found.keySet()).as("seed %s", seed).isEqualTo(expected.keySet());
      expected.forEach((labels, rows) -> {
        var its = found.getOrDefault(labels, new TreeMap<>());
        assertThat(its.keySet()).as("seed %s %s", seed, labels).isEqualTo(rows.keySet());
        rows.forEach((time, row) ->
            assertThat(its.get(time))
                .as("seed %s %s %s", seed, labels, time)
                .isIn(row, doubted(labels, time, row)));
      });
    }

    private Row doubted(Labels labels, long time, Row row) {
      boolean isDoubtful = row.hint() == NOT_RESET && mayBeUnknown(labels, time, row);
      return isDoubtful ? row.withHint(UNKNOWN) : row;
    }

    /**
     * What was cut away is not known after a restart, nor whether the counter went on from it; and
     * where blocks meet, a histogram without a hint may be one that came between the others.
     */
    private boolean mayBeUnknown(Labels labels, long time, Row row) {
      if (row.hint() == UNKNOWN) return true;
      if (row.hint() != NOT_RESET) return false;
      if (doubtful.contains(labels + " " + time)) return true;
      var before = model.getOrDefault(labels, new TreeMap<>()).lowerEntry(time);
      return before != null && mayBeUnknown(labels, before.getKey(), before.getValue());
    }

    private Map<Labels, ? extends Map<Long, Row>> expected(TimeRange range) {
      var expected = new TreeMap<>(model);
      expected.replaceAll(
          (_, rows) -> new TreeMap<>(rows.subMap(range.startMs(), true, range.endMs(), true)));
      expected.values().removeIf(TreeMap::isEmpty);
      return expected;
    }
  }
}
