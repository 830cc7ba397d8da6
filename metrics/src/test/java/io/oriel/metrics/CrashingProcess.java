package io.oriel.metrics;

import io.oriel.model.backend.MetricWriter;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.wal.SyncPolicy;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * A store in a process of its own, written to by several writers while it is cut, merged, copied
 * and dropped, until it is killed. A line for each thing: {@code sent WRITER TIME} before a batch,
 * {@code kept WRITER TIME} once it is acknowledged.
 */
final class CrashingProcess {
  static final int TIMES = 600; // ten minutes a second
  static final Duration BLOCK_RANGE = Duration.ofMinutes(1);
  static final Duration RETENTION = Duration.ofMinutes(60);

  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
  private final FastClock clock;
  private final MetricStore store;
  private final Path folder;
  private final Random random;

  private CrashingProcess(FastClock clock, MetricStore store, Path folder, Random random) {
    this.clock = clock;
    this.store = store;
    this.folder = folder;
    this.random = random;
  }

  static MetricStoreConfig config(Path folder, boolean always) {
    return MetricStoreConfig.in(folder)
        .withFreeBytes(0)
        .withBlockRange(BLOCK_RANGE)
        .withRetention(RETENTION)
        .withSync(always ? SyncPolicy.ALWAYS : new SyncPolicy.Interval(Duration.ofMinutes(2)));
  }

  /** FOLDER SEED ZERO: never ends by itself, other than by a failure or when nobody listens. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    var random = new Random(Long.parseLong(arguments[1]));
    var clock = new FastClock(Long.parseLong(arguments[2]), TIMES);
    MetricStore store = MetricStore.open(config(folder, random.nextBoolean()), clock);
    new CrashingProcess(clock, store, folder, random).run();
  }

  private void run() throws Exception {
    for (int i = 0; i < CrashSamples.WRITERS; i++) {
      int writer = i;
      Thread.ofPlatform().start(() -> write(writer));
    }
    for (int i = 0; ; i++) {
      Thread.sleep(random.nextInt(150));
      work(i);
    }
  }

  /** What a person or the passing of a day does; the rest the store does by itself. */
  private void work(int number) throws IOException {
    switch (random.nextInt(4)) {
      case 0 -> store.cutBlock();
      case 1 -> store.checkpoint();
      case 2 -> store.mergeBlocks();
      default -> {
        Path copy = folder.resolveSibling("copy-" + ProcessHandle.current().pid() + "-" + number);
        say("copying " + copy);
        store.snapshot(copy);
        say("copied " + copy);
      }
    }
    say("worked");
  }

  private void write(int number) {
    try (MetricWriter writer = store.sink().writer()) {
      for (long time = 0; ; ) {
        time = Math.max(time + 1, clock.millis());
        CrashSamples.add(number, time, writer);
        say("sent " + number + " " + time);
        var receipt = writer.commit();
        boolean whole = receipt.kept() + receipt.histograms() == CrashSamples.SERIES;
        say((whole ? "kept " : "refused ") + number + " " + time);
        Thread.sleep(1);
      }
    } catch (InterruptedException | IOException | Refusal e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(3);
    }
  }

  /** One write, so that a line is whole or not there when the kill comes. */
  private synchronized void say(String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
  }
}
