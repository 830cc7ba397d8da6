package io.oriel.storage.wal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.model.Clock;
import io.oriel.storage.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Records as text, for tests of the log. */
final class WalRecords {
  private WalRecords() {}

  static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  /** A folder that survives the loss of power. */
  static void makeFolder(Disk disk, Path folder) throws IOException {
    disk.createFolders(folder);
    for (Path above = folder.getParent(); above != null; above = above.getParent()) {
      disk.force(above);
    }
  }

  /** A log that is ready, with what it held. */
  record Opened(Wal wal, Replayed replayed, List<String> records) implements AutoCloseable {
    @Override
    public void close() {
      wal.close();
    }
  }

  static Opened open(Disk disk, Path folder, SyncPolicy policy, Clock clock, long segmentBytes) {
    Wal wal = Wal.open(disk, folder, policy, clock, segmentBytes);
    var records = new ArrayList<String>();
    Replayed replayed = wal.replay(0, (_, record) -> records.add(UTF_8.decode(record).toString()));
    return new Opened(wal, replayed, records);
  }
}
