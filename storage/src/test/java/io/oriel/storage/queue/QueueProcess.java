package io.oriel.storage.queue;

import io.oriel.model.Clock;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.queue.QueueBounds.WhenFull;
import io.oriel.storage.wal.SyncPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process that puts in and takes out until it is killed: "in 7" when accepted, "out 7" when sent.
 */
final class QueueProcess {
  private QueueProcess() {}

  public static void main(String[] args) {
    var bounds = DurableQueueTest.bounds(64 << 20, Duration.ZERO, WhenFull.REFUSE);
    DurableQueue queue =
        DurableQueue.open(
            Disk.real(),
            Path.of(args[0]),
            bounds,
            SyncPolicy.DEFAULT,
            Clock.system(),
            (_, _) -> {});
    Thread.ofPlatform().start(() -> take(queue));
    for (int i = 0; ; i++) {
      DurableQueueTest.put(queue, i + " ");
      say("in " + i);
    }
  }

  private static void take(DurableQueue queue) {
    try {
      while (true) {
        DurableQueue.Taken taken = queue.next();
        if (taken == null) {
          queue.awaitMore();
          continue;
        }
        say("out " + DurableQueueTest.text(taken).strip());
        queue.done(taken);
      }
    } catch (IOException | InterruptedException e) {
      say("failed " + e);
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }
}
