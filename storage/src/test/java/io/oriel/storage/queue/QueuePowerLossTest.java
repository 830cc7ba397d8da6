package io.oriel.storage.queue;

import static io.oriel.storage.queue.DurableQueueTest.bounds;
import static io.oriel.storage.queue.DurableQueueTest.put;
import static io.oriel.storage.queue.DurableQueueTest.rest;
import static io.oriel.storage.queue.DurableQueueTest.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.queue.QueueBounds.WhenFull;
import io.oriel.storage.testing.FaultyDisk;
import io.oriel.storage.wal.SyncPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rounds of putting, taking and losing power; the seed tells which round failed. */
@Timeout(60)
class QueuePowerLossTest {
  private static final int ROUNDS = 150;
  private static final Path FOLDER = Path.of("/data/queue/out");

  private final ManualClock clock = new ManualClock();

  @Test
  void nothing_that_was_accepted_and_not_done_is_lost_nothing_is_made_up_and_the_order_is_kept()
      throws IOException {
    for (int seed = 0; seed < ROUNDS; seed++) round(seed);
  }

  private void round(int seed) throws IOException {
    var random = new Random(seed);
    var disk = new FaultyDisk(seed);
    var accepted = new TreeSet<Integer>(); // and not done
    int next = 0;
    for (int life = 0; life < 4; life++) {
      DurableQueue queue = open(disk);
      if (random.nextInt(6) == 0) disk.failForce(1 + random.nextInt(6));
      next = live(queue, random, accepted, next);
      disk.failForce(-1);
      disk.losePower();
      close(queue);

      DurableQueue again = open(disk);
      List<Integer> waiting = rest(again).stream().map(QueuePowerLossTest::number).toList();
      assertThat(waiting).as("seed %s life %s: lost", seed, life).containsAll(accepted);
      assertThat(waiting)
          .as("seed %s life %s: order", seed, life)
          .isSorted()
          .doesNotHaveDuplicates();
      int made = next;
      assertThat(waiting).as("seed %s life %s: made up", seed, life).allMatch(each -> each < made);
      close(again);
    }
  }

  /** Puts, takes and is done until a sync fails or the round is over; gives the next number. */
  private int live(DurableQueue queue, Random random, NavigableSet<Integer> accepted, int next) {
    int number = next;
    try {
      for (int steps = random.nextInt(40); steps > 0; steps--) {
        clock.advance(random.nextInt(3000));
        if (random.nextInt(3) > 0) {
          put(queue, number++ + " " + "x".repeat(random.nextInt(30_000)));
          accepted.add(number - 1);
          continue;
        }
        DurableQueue.Taken taken = queue.next();
        if (taken == null) continue;
        accepted.headSet(number(text(taken)), true).clear();
        queue.done(taken);
      }
    } catch (Refusal.Unavailable | IOException _) { // a failed sync, or no room
    }
    return number;
  }

  private static int number(String text) {
    return Integer.parseInt(text.substring(0, text.indexOf(' ')));
  }

  /** Its files may be dead, so it may have something to say. */
  private static void close(DurableQueue queue) {
    try {
      queue.close();
    } catch (Refusal.Unavailable _) { // as it should
    }
  }

  private DurableQueue open(FaultyDisk disk) {
    return DurableQueue.open(
        disk,
        FOLDER,
        bounds(1 << 20, Duration.ZERO, WhenFull.REFUSE),
        SyncPolicy.ALWAYS,
        clock,
        (_, _) -> {});
  }
}
