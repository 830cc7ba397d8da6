package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real file system that is full, while blocks are cut and questions are asked of mapped files. A
 * store that wrote through a mapping would die here of SIGBUS, and this process with it.
 */
class FullTmpfsTest {
  private static final long T0 = FastClock.EPOCH_MS;
  private static final int WRITER = 0;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(T0);

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder.toString()),
        "not run: no right to mount a tmpfs here");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-l", folder.toString());
  }

  private static boolean run(String... words) throws Exception {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException _) {
      return false; // no such program
    }
  }

  @Test
  void a_full_disk_refuses_by_name_and_costs_nothing_that_was_acknowledged() throws Exception {
    var config = MetricStoreConfig.in(folder.resolve("data")).withFreeBytes(0);
    var kept = new TreeSet<Long>();
    var answers = new AtomicLong();
    int full;
    try (var store = MetricStore.open(config, clock)) {
      var ended = new AtomicBoolean();
      Thread reader = Thread.ofPlatform().start(() -> ask(store, ended, answers));
      full = fill(store, kept);
      Files.deleteIfExists(folder.resolve("ballast"));
      fillSome(store, kept); // goes on by itself when there is room
      ended.set(true);
      reader.join();
      assertThat(times(store)).containsExactlyElementsOf(kept);
    }

    assertThat(full).isGreaterThan(3); // refused as often, and still alive
    assertThat(answers).hasPositiveValue();
    try (var again = MetricStore.open(config, clock)) {
      assertThat(times(again)).containsExactlyElementsOf(kept);
      again.cutBlock();
      assertThat(times(again)).containsExactlyElementsOf(kept);
    }
  }

  private static void ask(MetricStore store, AtomicBoolean ended, AtomicLong answers) {
    while (!ended.get()) {
      Rows.all(store.source());
      answers.incrementAndGet();
    }
  }

  /** Writes and cuts until the disk has been full some times; returns how often it said so. */
  private int fill(MetricStore store, SortedSet<Long> kept) throws IOException {
    Files.write(folder.resolve("ballast"), new byte[1 << 19]);
    int full = 0;
    for (int i = 0; full < 20 && i < 20_000; i++) {
      if (!write(store, kept)) full++;
      if (i % 300 == 299 || full % 5 == 4) full += cut(store) ? 0 : 1;
    }
    return full;
  }

  private void fillSome(MetricStore store, SortedSet<Long> kept) {
    for (int i = 0; i < 20; i++) assertThat(write(store, kept)).isTrue();
  }

  private boolean write(MetricStore store, SortedSet<Long> kept) {
    clock.advance(1000);
    try (var writer = store.sink().writer()) {
      CrashSamples.add(WRITER, clock.millis(), writer);
      writer.commit();
      return kept.add(clock.millis());
    } catch (Refusal.Unavailable full) {
      assertThat(full.getMessage()).contains("No space left");
      return false;
    }
  }

  private static boolean cut(MetricStore store) {
    try {
      store.cutBlock();
      return true;
    } catch (IOException | Refusal.Unavailable full) {
      return false;
    }
  }

  /** The times of batches that are whole and as they were written. */
  private static SortedSet<Long> times(MetricStore store) {
    var found = new TreeSet<Long>();
    Rows.all(store.source())
        .forEach((labels, rows) ->
            rows.forEach((time, row) -> {
              assertThat(row.withHint(null))
                  .isEqualTo(CrashSamples.row(WRITER, CrashSamples.series(labels), time));
              found.add(time);
            }));
    return found;
  }
}
