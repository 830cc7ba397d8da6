package io.oriel.storage.wal;

import static io.oriel.storage.wal.WalRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.testing.FaultyDisk;
import io.oriel.storage.wal.WalRecords.Opened;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rounds of appending, syncing, rolling and losing power; the seed tells which round failed. */
@Timeout(120)
class PowerLossTest {
  private static final int ROUNDS = 300;
  private static final Path FOLDER = Path.of("/data/wal");

  private final ManualClock clock = new ManualClock();

  @Test
  void what_was_synced_survives_nothing_is_made_up_and_the_order_is_kept() throws IOException {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SyncPolicy policy = seed % 2 == 0 ? SyncPolicy.DEFAULT : SyncPolicy.ALWAYS;
      round(seed, policy);
    }
  }

  private void round(int seed, SyncPolicy policy) throws IOException {
    var random = new Random(seed);
    var disk = new FaultyDisk(seed);
    WalRecords.makeFolder(disk, FOLDER);
    List<String> known = new ArrayList<>(); // what a restart found, then what was sent
    for (int life = 0; life < 4; life++) {
      Opened wal = WalRecords.open(disk, FOLDER, policy, clock, 20_000);
      if (life > 0) known = new ArrayList<>(wal.records());
      int safe = live(wal.wal(), disk, policy, random, known);
      disk.failForce(-1);
      disk.losePower();
      closeDead(wal);

      Opened again = WalRecords.open(disk, FOLDER, policy, clock, 20_000);
      int same = 0;
      while (same < again.records().size()
          && same < known.size()
          && again.records().get(same).equals(known.get(same))) same++;
      assertThat(again.records().size())
          .as("seed %s life %s: all records from %s on were made up", seed, life, same)
          .isEqualTo(same);
      assertThat(again.records().size()).as("seed %s: lost", seed).isGreaterThanOrEqualTo(safe);
      again.close();
    }
  }

  /** Its file is dead, so it may have something to say. */
  private static void closeDead(Opened wal) {
    try {
      wal.close();
    } catch (Refusal.Unavailable _) { // as it should
    }
  }

  /** Does this and that; returns how many of the known records must survive. */
  private static int live(
      Wal wal, FaultyDisk disk, SyncPolicy policy, Random random, List<String> known) {
    int safe = known.size();
    int steps = random.nextInt(60);
    if (random.nextInt(8) == 0) disk.failForce(1 + random.nextInt(5));
    try {
      for (int step = 0; step < steps; step++) {
        switch (random.nextInt(12)) {
          case 0 -> wal.sync();
          case 1 -> wal.roll();
          default -> {
            String record =
                known.size() + " " + "x".repeat(random.nextInt(random.nextInt(3000) + 1));
            known.add(record);
            wal.append(utf8(record));
            if (policy instanceof SyncPolicy.Interval) continue;
          }
        }
        safe = known.size();
      }
    } catch (Refusal.Unavailable _) { // the failed sync: what came before it is still promised
    }
    return safe;
  }
}
