package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.Rows.Row;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.testing.FaultyDisk;
import io.oriel.storage.wal.SyncPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Power is lost at random points, syncs fail, the disk fills up: what was acknowledged is there,
 * and nothing is that was not sent.
 */
class MetricStoreCrashTest {
  private static final Path FOLDER = Path.of("/data");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void what_was_acknowledged_survives_a_loss_of_power(long seed) {
    var rounds = new Rounds(seed);
    for (int round = 0; round < 8; round++) rounds.play();
  }

  private static final class Rounds {
    private final long seed;
    private final Random random;
    private final RandomHistograms histograms;
    private final FaultyDisk disk;
    private final ManualClock clock = new ManualClock(1_700_000_000_000L);
    private final Map<Labels, Map<Long, Row>> acknowledged = new TreeMap<>();
    private final Map<Labels, Map<Long, Row>> sent = new TreeMap<>();
    private final MetricStoreConfig config =
        MetricStoreConfig.in(FOLDER)
            .withFreeBytes(0)
            .withBlockRange(Duration.ofMinutes(10))
            .withOutOfOrderWindow(Duration.ofHours(2))
            .withSync(SyncPolicy.ALWAYS);

    Rounds(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.histograms = new RandomHistograms(random);
      this.disk = new FaultyDisk(seed);
    }

    void play() {
      disk.setFreeBytes(Long.MAX_VALUE);
      disk.failForce(0);
      MetricStore store = MetricStore.open(config, clock, disk);
      compare(store);
      try (MetricWriter writer = store.sink().writer()) {
        spoil();
        for (int step = 0; step < 30; step++) act(store, writer);
      } catch (Refusal.Unavailable | IOException expected) {
        assertThat(expected.getMessage()).as("seed %s", seed).isNotBlank();
      }
      if (random.nextInt(4) > 0) disk.losePower(); // else only the process ends
      disk.setFreeBytes(Long.MAX_VALUE);
      disk.failForce(0);
      try {
        store.close(); // only to end its threads: the disk is gone
      } catch (Refusal | IllegalStateException | java.io.UncheckedIOException expected) {
        assertThat(expected).isNotNull();
      }
    }

    private void spoil() {
      switch (random.nextInt(4)) {
        case 0 -> disk.failForce(1 + random.nextInt(40));
        case 1 -> disk.setFreeBytes(random.nextInt(20_000));
        default -> {} // only the lights go out
      }
    }

    private void act(MetricStore store, MetricWriter writer) throws IOException {
      switch (random.nextInt(12)) {
        case 0 -> store.cutBlock();
        case 1 -> store.checkpoint();
        default -> append(writer);
      }
    }

    private void append(MetricWriter writer) {
      clock.advance(15_000);
      boolean late = random.nextInt(3) == 0;
      long time = clock.millis() - (late ? 1 + random.nextInt(3_600_000) : 0);
      var batch = new TreeMap<Labels, Row>();
      for (int i = 0; i < 10; i++) {
        if (random.nextInt(3) == 0) continue;
        Labels labels = Labels.of("__name__", "m" + i, "i", "" + random.nextInt(3));
        if (sent.getOrDefault(labels, Map.of()).containsKey(time)) continue; // one word a time
        batch.put(labels, sample(writer, writer.series(labels), time, i % 3 == 0));
        put(sent, labels, time, batch);
      }
      writer.commit();
      batch.keySet().forEach(labels -> put(acknowledged, labels, time, batch));
    }

    /** Mostly a native histogram where one may be; hints are not compared: they know the past. */
    private Row sample(MetricWriter writer, long series, long time, boolean mayBeHistogram) {
      long start = mayBeHistogram ? time - random.nextInt(2) : SampleColumns.NO_START;
      Row row;
      if (mayBeHistogram && random.nextInt(4) > 0) {
        Histogram histogram = histograms.next();
        writer.histogram(series, time, histogram);
        row = Row.of(histogram, start).withHint(null);
      } else {
        double value = random.nextInt(100) / 10.0;
        writer.sample(series, time, value);
        row = Row.of(value, start);
      }
      writer.startOfLast(start);
      return row;
    }

    private static void put(
        Map<Labels, Map<Long, Row>> to, Labels labels, long time, Map<Labels, Row> batch) {
      to.computeIfAbsent(labels, _ -> new TreeMap<>()).put(time, batch.get(labels));
    }

    /** Both sides: nothing acknowledged is missing, nothing is made up. */
    private void compare(MetricStore store) {
      var found = Rows.all(store.source());
      found.values().forEach(rows -> rows.replaceAll((_, row) -> row.withHint(null)));
      acknowledged.forEach((labels, samples) ->
          assertThat(found.get(labels))
              .as("seed %s %s", seed, labels)
              .containsAllEntriesOf(samples));
      found.forEach((labels, samples) ->
          assertThat(sent.get(labels))
              .as("seed %s %s", seed, labels)
              .containsAllEntriesOf(samples));
      acknowledged.clear();
      acknowledged.putAll(found); // what is there once stays
    }
  }
}
