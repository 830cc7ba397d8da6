package io.oriel.storage.life;

import static io.oriel.storage.life.Notebook.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.TimeRange;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.block.BlockFolder.Made;
import io.oriel.storage.testing.FaultyDisk;
import io.oriel.storage.wal.SyncPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A store of numbers that loses power at any moment of its life: while it appends, cuts blocks,
 * writes checkpoints, retires. Each number is in a block, in the checkpoint or in the log.
 */
@Timeout(120)
class StorePowerLossTest {
  private static final int ROUNDS = 150;
  private static final Path DATA = Path.of("/data");

  private final ManualClock clock = new ManualClock();

  @Test
  void every_accepted_number_is_found_again_whatever_was_going_on() throws IOException {
    for (int seed = 0; seed < ROUNDS; seed++) round(seed, false);
  }

  @Test
  void every_accepted_number_is_found_again_where_the_manifest_is_lost_too() throws IOException {
    for (int seed = 0; seed < ROUNDS; seed++) round(seed, true);
  }

  private void round(int seed, boolean loseManifest) throws IOException {
    var random = new Random(seed);
    var disk = new FaultyDisk(seed);
    int next = 0;
    for (int life = 0; life < 5; life++) {
      var notebook = new Notebook();
      StoreFiles<String> files = notebook.open(disk, DATA, SyncPolicy.ALWAYS, clock);
      NavigableSet<Integer> found = numbers(notebook, files);
      for (int i = 0; i < next; i++) {
        assertThat(found.contains(i)).as("seed %s life %s: number %s", seed, life, i).isTrue();
      }
      int sent = found.isEmpty() ? 0 : found.last() + 1;
      assertThat(found).as("seed %s life %s: made up", seed, life).hasSize(sent);
      next = live(files, disk, random, sent, found);
      disk.failForce(-1);
      disk.losePower();
      closeDead(files);
      if (loseManifest) loseManifest(disk);
    }
  }

  /** What a person does who finds it damaged. */
  private static void loseManifest(FaultyDisk disk) throws IOException {
    Path manifest = DATA.resolve("notes/manifest");
    if (disk.exists(manifest)) disk.rename(manifest, DATA.resolve("notes/manifest.damaged"));
  }

  /** Its files are dead, so it may have something to say. */
  private static void closeDead(StoreFiles<String> files) {
    try {
      files.close();
    } catch (Refusal.Unavailable _) { // as it should
    }
  }

  private static NavigableSet<Integer> numbers(Notebook notebook, StoreFiles<String> files) {
    var found = new TreeSet<Integer>();
    for (String told : notebook.told) {
      if (!told.startsWith("block ")) add(found, told.substring(told.indexOf(' ') + 1));
    }
    files.blocks().borrow(TimeRange.ALWAYS).forEach(lease -> add(found, lease.block()));
    return found;
  }

  private static void add(Set<Integer> found, String list) {
    for (String number : list.split(" ", -1))
      if (!number.isEmpty()) found.add(Integer.valueOf(number));
  }

  /** Returns the first number that was not accepted. */
  private static int live(
      StoreFiles<String> files, FaultyDisk disk, Random random, int next, Set<Integer> all) {
    if (random.nextInt(3) == 0) disk.failForce(1 + random.nextInt(8));
    List<Integer> head = new ArrayList<>(all);
    int steps = random.nextInt(25);
    try {
      for (int step = 0; step < steps; step++) {
        switch (random.nextInt(8)) {
          case 0 -> files.checkpoint(files.wal().roll(), out -> out.write(utf8(text(head))));
          case 1 -> cut(files, head, random.nextInt());
          default -> {
            files.wal().append(utf8(Integer.toString(next)));
            head.add(next++);
          }
        }
      }
    } catch (IOException | Refusal _) { // the disk failed: what was accepted is still promised
    }
    return next;
  }

  private static void cut(StoreFiles<String> files, List<Integer> head, int salt)
      throws IOException {
    try (var builder = files.blocks().build("b" + Integer.toUnsignedString(salt))) {
      builder.create("text").writeFully(utf8(text(head)), 0);
      List<String> old = files.manifest().blocks().stream().map(block -> block.name()).toList();
      var made = new Made(builder, new TimeRange(0, 10));
      files.commit(List.of(made), old, files.wal().roll(), out -> out.write(utf8("")));
    }
  }

  private static String text(List<Integer> numbers) {
    return String.join(" ", numbers.stream().map(String::valueOf).toList());
  }
}
