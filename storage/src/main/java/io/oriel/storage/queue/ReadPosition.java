package io.oriel.storage.queue;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.oriel.model.limit.Refusal;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.wal.WalPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** The file that says how far a queue was read. Format: {@code docs/formats/queue.md}. */
final class ReadPosition {
  static final WalPosition BEGIN = new WalPosition(0, 0);

  private static final int VERSION = 1;
  private static final int BYTES = 28;
  private static final long MAGIC = 0x53504c524fL | (long) 'Q' << 40; // "ORLPSQ", little-endian

  private final Disk disk;
  private final Path file;
  private final Path fresh;

  ReadPosition(Disk disk, Path folder) {
    this.disk = disk;
    this.file = folder.resolve("position");
    this.fresh = folder.resolve("position.new");
  }

  /** Where reading goes on. A file that is missing or damaged means from the beginning. */
  WalPosition read() throws IOException {
    if (!disk.exists(file)) return BEGIN;
    ByteBuffer bytes = ByteBuffer.wrap(disk.read(file)).order(LITTLE_ENDIAN);
    if (bytes.limit() < Long.BYTES || (bytes.getLong(0) & 0xffff_ffff_ffffL) != MAGIC) return BEGIN;
    int version = (int) (bytes.getLong(0) >>> 48);
    if (version > VERSION) {
      throw new Refusal.CannotStart(
          "%s was written by a newer Oriel (format %d)".formatted(file, version),
          "start that version, or delete the file: what waits is then sent from its beginning");
    }
    if (bytes.limit() != BYTES || crc(bytes) != bytes.getInt(BYTES - 4)) return BEGIN;
    return new WalPosition(bytes.getLong(8), bytes.getLong(16));
  }

  void write(WalPosition position) throws IOException {
    disk.replace(file, fresh, bytes(position));
  }

  static byte[] bytes(WalPosition position) {
    ByteBuffer bytes =
        ByteBuffer.allocate(BYTES)
            .order(LITTLE_ENDIAN)
            .putLong(MAGIC | (long) VERSION << 48)
            .putLong(position.segment())
            .putLong(position.offset());
    return bytes.putInt(crc(bytes)).array();
  }

  private static int crc(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes.duplicate().position(0).limit(BYTES - 4));
    return (int) crc.getValue();
  }
}
