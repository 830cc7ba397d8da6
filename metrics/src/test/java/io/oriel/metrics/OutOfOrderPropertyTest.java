package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.backend.Receipt.Reason;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.testing.FaultyDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class OutOfOrderPropertyTest {
  private static final Duration BLOCK = Duration.ofMinutes(10);
  private static final int STEP_MS = 15_000;

  /** In whatever order samples come within the window, the store is the map of them. */
  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void samples_that_come_in_any_order_read_as_one_sorted_map(@ForAll long seed) throws IOException {
    try (var run = new Run(seed)) {
      for (int step = 0; step < 40; step++) run.step();
      run.compare();
    }
  }

  private static final class Run implements AutoCloseable {
    private final FaultyDisk disk; // in memory; nothing fails
    private final long seed;
    private final Random random;
    private final ManualClock clock = new ManualClock(1_700_000_000_000L);
    private final TreeMap<Labels, TreeMap<Long, Long>> model = new TreeMap<>();
    private final List<Labels> known = new ArrayList<>();
    private MetricStore store;
    private MetricWriter writer;

    Run(long seed) {
      this.disk = new FaultyDisk(seed);
      this.seed = seed;
      this.random = new Random(seed);
      for (int i = 0; i < 1 + random.nextInt(12); i++) {
        known.add(Labels.of("__name__", "m" + i % 3, "i", "" + i));
      }
      store = open();
      writer = store.sink().writer();
    }

    private MetricStore open() {
      return MetricStore.open(
          MetricStoreConfig.in(Path.of("/data"))
              .withBlockRange(BLOCK)
              .withOutOfOrderWindow(Duration.ofHours(6))
              .withFreeBytes(0),
          clock,
          disk);
    }

    void step() throws IOException {
      switch (random.nextInt(16)) {
        case 0, 1 -> restart();
        case 2 -> store.cutBlock();
        case 3 -> store.checkpoint();
        case 4 -> merge();
        case 5 -> delete();
        case 6 -> snapshot();
        case 7 -> again();
        default -> append();
      }
      compare();
    }

    /** Batches within the last hours, in any order; no time of a series twice. */
    private void append() {
      clock.advance(random.nextInt(1_200_000));
      for (int batch = random.nextInt(6); batch >= 0; batch--) {
        int sent = 0;
        for (int i = random.nextInt(200); i >= 0; i--) {
          Labels labels = known.get(random.nextInt(known.size()));
          long time = clock.millis() - random.nextInt(random.nextBoolean() ? 60_000 : 7_200_000);
          time -= Math.floorMod(time, 1000);
          var samples = model.computeIfAbsent(labels, _ -> new TreeMap<>());
          double value = random.nextInt(1000) / 8.0;
          if (samples.putIfAbsent(time, Double.doubleToRawLongBits(value)) != null) continue;
          writer.sample(writer.series(labels), time, value);
          sent++;
        }
        assertThat(writer.commit()).as("seed %s", seed).isEqualTo(Receipt.allKept(sent));
      }
    }

    /** A sample that is there, as it is and with another value. */
    private void again() {
      Labels labels = known.get(random.nextInt(known.size()));
      var samples = model.getOrDefault(labels, new TreeMap<>());
      var sample = samples.ceilingEntry(clock.millis() - random.nextInt(7_200_000));
      if (sample == null) return;
      long time = sample.getKey();
      writer.sample(writer.series(labels), time, Double.longBitsToDouble(sample.getValue()));
      assertThat(writer.commit()).as("seed %s", seed).isEqualTo(Receipt.allKept(1));
      writer.sample(writer.series(labels), time, -1);
      Receipt receipt = writer.commit();
      if (receipt.kept() == 1) samples.put(time, Double.doubleToRawLongBits(-1)); // in a block
      else assertThat(receipt.refused(Reason.DUPLICATE)).as("seed %s", seed).isOne();
    }

    private void restart() {
      writer.close();
      store.close();
      store = open();
      writer = store.sink().writer();
    }

    private void merge() throws IOException {
      while (store.mergeBlocks()) compare();
    }

    private void delete() throws IOException {
      if (random.nextInt(3) == 0) store.cleanTombstones();
      Labels labels = known.get(random.nextInt(known.size()));
      long from = clock.millis() - (long) STEP_MS * random.nextInt(400);
      long to = from + (long) STEP_MS * random.nextInt(300);
      store.delete(
          List.of(List.of(Matcher.equal("i", "" + labels.get("i")))), new TimeRange(from, to));
      model.getOrDefault(labels, new TreeMap<>()).subMap(from, true, to, true).clear();
    }

    private void snapshot() throws IOException {
      Path copy = Path.of("/copy");
      store.snapshot(copy);
      try (var opened =
          MetricStore.open(
              MetricStoreConfig.in(copy).withBlockRange(BLOCK).withFreeBytes(0), clock, disk)) {
        assertThat(Samples.difference(Samples.all(opened.source()), expected()))
            .as("seed %s", seed)
            .isEmpty();
      }
      disk.deleteTree(copy);
    }

    @SuppressWarnings("NonApiType") // what is checked needs its order
    private TreeMap<Labels, TreeMap<Long, Long>> expected() {
      var expected = new TreeMap<>(model);
      expected.values().removeIf(TreeMap::isEmpty);
      return expected;
    }

    void compare() {
      assertThat(Samples.difference(Samples.all(store.source()), expected()))
          .as("seed %s", seed)
          .isEmpty();
      long from = clock.millis() - random.nextInt(9_000_000);
      long to = from + random.nextInt(2_000_000);
      var expected = expected();
      expected.replaceAll((_, samples) -> new TreeMap<>(samples.subMap(from, true, to, true)));
      expected.values().removeIf(TreeMap::isEmpty);
      var range = new TimeRange(from, to);
      assertThat(Samples.difference(Samples.matching(store.source(), List.of(), range), expected))
          .as("seed %s from %s to %s", seed, from, to)
          .isEmpty();
      assertThat(store.source().series(List.of(), range, 0))
          .as("seed %s from %s to %s", seed, from, to)
          .containsAll(expected.keySet());
    }

    @Override
    public void close() {
      writer.close();
      store.close();
    }
  }
}
