package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class OverlapPropertyTest {

  /** Blocks that overlap each other and the head give each sample once: the one written later. */
  @Property(tries = 40)
  void blocks_that_overlap_read_as_one_map(@ForAll long seed) throws IOException {
    try (var run = new Run(seed)) {
      run.steps(40);
    }
  }

  private static final class Run extends StoreRun {
    private final TreeMap<Labels, TreeMap<Long, Long>> model = new TreeMap<>();
    private final TreeMap<Labels, TreeMap<Long, Long>> inHead = new TreeMap<>();
    private final List<Labels> known = new ArrayList<>();

    Run(long seed) throws IOException {
      super(seed);
      for (int i = 0; i < 1 + random.nextInt(8); i++) {
        known.add(Labels.of("__name__", "m" + i % 3, "i", "" + i));
      }
      known.sort(Comparator.naturalOrder());
    }

    @Override
    void step() throws IOException {
      switch (random.nextInt(12)) {
        case 0 -> restart();
        case 1 -> cut();
        case 2 -> store.checkpoint();
        case 3 -> merge();
        case 4, 5 -> importSome();
        case 6 -> delete();
        default -> append();
      }
      compare();
    }

    private void append() {
      for (int batch = random.nextInt(30); batch >= 0; batch--) {
        clock.advance(15_000);
        for (Labels labels : known) {
          if (random.nextInt(4) == 0) continue;
          double value = random.nextInt(1000);
          writer.sample(writer.series(labels), clock.millis(), value);
          put(model, labels, clock.millis(), value);
          put(inHead, labels, clock.millis(), value);
        }
        writer.commit();
      }
    }

    @SuppressWarnings("NonApiType") // the model is compared as such
    private static void put(
        Map<Labels, TreeMap<Long, Long>> into, Labels labels, long time, double value) {
      into.computeIfAbsent(labels, _ -> new TreeMap<>())
          .put(time, Double.doubleToRawLongBits(value));
    }

    private void importSome() throws IOException {
      boolean published = random.nextInt(5) > 0;
      long from = clock.millis() - 15_000L * random.nextInt(800);
      try (BlockImport in = store.importer()) {
        for (Labels labels : known) {
          var columns = new SampleColumns();
          int most = random.nextInt(200);
          for (long time = from; columns.size < most && time <= clock.millis(); ) {
            // what the head has now, the store may cut by itself at any moment
            if (!headHas(labels, time)) columns.add(time, -1 - random.nextInt(1000));
            time += 15_000L * (1 + random.nextInt(3));
          }
          in.add(labels, columns);
          for (int i = 0; i < columns.size && published; i++) {

            put(model, labels, columns.times[i], columns.values[i]);
          }
        }
        if (published) in.publish();
      }
    }

    private void delete() throws IOException {
      if (random.nextInt(4) == 0) store.cleanTombstones();
      Labels labels = known.get(random.nextInt(known.size()));
      long from = clock.millis() - 15_000L * random.nextInt(400);
      long to = from + 15_000L * random.nextInt(600);
      store.delete(
          List.of(List.of(Matcher.equal("i", "" + labels.get("i")))), new TimeRange(from, to));
      model.getOrDefault(labels, new TreeMap<>()).subMap(from, true, to, true).clear();
      model.values().removeIf(TreeMap::isEmpty);
    }

    private boolean headHas(Labels labels, long time) {
      return inHead.getOrDefault(labels, new TreeMap<>()).containsKey(time);
    }

    private void cut() throws IOException {
      store.cutBlock();
      inHead.clear();
    }

    private void merge() throws IOException {
      while (store.mergeBlocks()) compare();
      assertThat(overlaps()).as("seed %s", seed).isZero();
    }

    private int overlaps() {
      int overlaps = 0;
      long end = Long.MIN_VALUE;
      for (var block : store.stats().blocks()) {
        if (block.range().startMs() <= end) overlaps++;
        end = Math.max(end, block.range().endMs());
      }
      return overlaps;
    }

    @Override
    void compare() {
      assertThat(Samples.difference(Samples.all(store.source()), model))
          .as("seed %s", seed)
          .isEmpty();
      long from = clock.millis() - random.nextInt(6_000_000);
      long to = from + random.nextInt(1_000_000);
      var expected = new TreeMap<>(model);
      expected.replaceAll((_, samples) -> new TreeMap<>(samples.subMap(from, true, to, true)));
      expected.values().removeIf(TreeMap::isEmpty);
      var found = Samples.matching(store.source(), List.of(), new TimeRange(from, to));
      assertThat(Samples.difference(found, expected))
          .as("seed %s from %s to %s", seed, from, to)
          .isEmpty();
    }
  }
}
