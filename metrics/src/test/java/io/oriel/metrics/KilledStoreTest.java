package io.oriel.metrics;

import io.oriel.storage.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that is killed while it does anything that a store does: twenty rounds here, as many as
 * asked for by {@code bench/crash}.
 */
class KilledStoreTest {
  private static final int ROUNDS = Integer.getInteger("oriel.crash.rounds", 20);
  private static final Duration MOST =
      Duration.ofSeconds(Integer.getInteger("oriel.crash.seconds", 50));

  @TempDir Path folder;

  @Test
  void what_was_acknowledged_is_there_once_whatever_was_going_on_when_it_was_killed()
      throws Exception {
    long seed = Long.getLong("oriel.seed", System.nanoTime());
    var rounds = new CrashRounds(quickFolder(), seed, true);
    long end = System.nanoTime() + MOST.toNanos();

    try {
      for (int i = 0; i < ROUNDS && System.nanoTime() < end; i++) rounds.play();
    } finally {
      System.out.println(rounds);
      Disk.real().deleteTree(rounds.folder());
    }
  }

  /** In memory where there is such a place: a kill asks nothing of the disk, so more rounds fit. */
  private Path quickFolder() throws IOException {
    Path memory = Path.of("/dev/shm");
    return Files.createTempDirectory(Files.isWritable(memory) ? memory : folder, "crash");
  }
}
