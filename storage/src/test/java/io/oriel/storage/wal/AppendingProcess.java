package io.oriel.storage.wal;

import io.oriel.model.Clock;
import io.oriel.storage.disk.Disk;
import java.nio.file.Path;

/** A process that appends until it is killed, and says what was accepted: "thread number". */
final class AppendingProcess {
  static final int THREADS = 4;

  private AppendingProcess() {}

  public static void main(String[] args) {
    Wal wal = Wal.open(Disk.real(), Path.of(args[0]), SyncPolicy.DEFAULT, Clock.system(), 10_000);
    wal.replay(0, (_, _) -> {});
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      Thread.ofPlatform().start(() -> append(wal, thread));
    }
  }

  private static void append(Wal wal, int thread) {
    for (int i = 0; i < 1_000_000; i++) {
      String record = thread + " " + i;
      wal.append(WalRecords.utf8(record));
      synchronized (AppendingProcess.class) {
        System.out.println(record);
      }
    }
  }
}
