package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.Stale;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.Receipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MetricStorePropertyTest {

  /** Whatever is done to a store, it answers as a plain map of what it kept would. */
  @Property(tries = 60)
  void a_store_is_a_map_of_what_it_kept(@ForAll long seed) throws IOException {
    try (var run = new Run(seed)) {
      run.steps(40);
    }
  }

  private static final class Run extends StoreRun {
    private final TreeMap<Labels, TreeMap<Long, Long>> model = new TreeMap<>();
    private final List<Labels> known = new ArrayList<>();
    private long floorMs = Long.MIN_VALUE;

    Run(long seed) throws IOException {
      super(seed);
      for (int i = 0; i < 1 + random.nextInt(40); i++) {
        known.add(Labels.of("__name__", "m" + i % 7, "i", "" + i, "host", "h" + i % 3));
      }
    }

    @Override
    void step() throws IOException {
      switch (random.nextInt(12)) {
        case 0 -> restart();
        case 1 -> cut();
        case 2 -> store.checkpoint();
        case 3 -> clock.advance(random.nextInt(1_200_000));
        case 4 -> compare();
        default -> append();
      }
    }

    private void append() {
      int kept = 0;
      int batches = 1 + random.nextInt(5);
      for (int batch = 0; batch < batches; batch++) {
        clock.advance(15_000);
        for (Labels labels : known) {
          if (random.nextInt(4) == 0) continue;
          long time = clock.millis() - (random.nextInt(20) == 0 ? random.nextInt(100_000) : 0);
          kept += sample(labels, time, value());
        }
        Receipt receipt = writer.commit();
        assertThat(receipt.kept()).as("seed %s", seed).isEqualTo(kept);
        kept = 0;
      }
    }

    private double value() {
      return switch (random.nextInt(6)) {
        case 0 -> Stale.MARKER;
        case 1 -> random.nextDouble();
        case 2 -> Double.longBitsToDouble(random.nextLong());
        case 3 -> random.nextInt(3);
        default -> random.nextInt(1000) / 10.0;
      };
    }

    private int sample(Labels labels, long time, double value) {
      long handle = writer.series(labels);
      if (random.nextInt(8) == 0) writer.release(handle);
      handle = writer.series(labels);
      writer.sample(handle, time, value);
      var samples = model.computeIfAbsent(labels, _ -> new TreeMap<>());
      long bits = Double.doubleToRawLongBits(value);
      if (!samples.isEmpty() && samples.lastKey() == time) {
        return samples.lastEntry().getValue() == bits ? 1 : 0;
      }
      if (time < floorMs || (!samples.isEmpty() && samples.lastKey() > time)) return 0;
      samples.put(time, bits);
      return 1;
    }

    @Override
    void restart() {
      super.restart();
      compare();
    }

    private void cut() throws IOException {
      long newest = newest();
      if (newest == Long.MIN_VALUE) return;
      store.cutBlock();
      floorMs = newest + 1;
      compare();
    }

    private long newest() {
      return model.values().stream()
          .filter(samples -> !samples.isEmpty())
          .mapToLong(TreeMap::lastKey)
          .max()
          .orElse(Long.MIN_VALUE);
    }

    @Override
    void compare() {
      var expected = new TreeMap<>(model);
      expected.values().removeIf(TreeMap::isEmpty);
      assertThat(Samples.all(store.source())).as("seed %s", seed).isEqualTo(expected);
      if (newest() == Long.MIN_VALUE) return;
      long from = newest() - random.nextInt(2_000_000);
      long to = from + random.nextInt(1_000_000);
      expected.replaceAll((_, samples) -> new TreeMap<>(samples.subMap(from, true, to, true)));
      expected.values().removeIf(TreeMap::isEmpty);
      assertThat(Samples.matching(store.source(), List.of(), new TimeRange(from, to)))
          .as("seed %s from %s to %s", seed, from, to)
          .isEqualTo(expected);
    }
  }
}
