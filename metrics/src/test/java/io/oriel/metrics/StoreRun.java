package io.oriel.metrics;

import io.oriel.model.backend.MetricWriter;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;

/**
 * A store that a property test does things to by chance, step by step, in a folder that goes with
 * it. The same seed does the same.
 */
abstract class StoreRun implements AutoCloseable {
  private static final Duration BLOCK = Duration.ofMinutes(10);

  private final Path folder;
  final long seed;
  final Random random;
  final ManualClock clock = new ManualClock(1_700_000_000_000L);
  MetricStore store;
  MetricWriter writer;

  StoreRun(long seed) throws IOException {
    this.folder = Files.createTempDirectory("oriel-metrics-");
    this.seed = seed;
    this.random = new Random(seed);
    this.store = open();
    this.writer = store.sink().writer();
  }

  private MetricStore open() {
    return MetricStore.open(
        MetricStoreConfig.in(folder).withBlockRange(BLOCK).withFreeBytes(0), clock);
  }

  /** Does one thing. */
  abstract void step() throws IOException;

  /** Fails where the store answers otherwise than it should. */
  abstract void compare();

  void steps(int count) throws IOException {
    for (int step = 0; step < count; step++) step();
    compare();
  }

  void restart() {
    writer.close();
    store.close();
    store = open();
    writer = store.sink().writer();
  }

  @Override
  public void close() throws IOException {
    writer.close();
    store.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
