package io.oriel.storage.wal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.oriel.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of a log that goes on growing. It is told how far it may read, so it never meets a
 * record that is being written or was taken back. One thread at a time.
 */
public final class WalCursor implements AutoCloseable {
  private static final int FIRST_ROOM = 64 << 10;

  private final Segments segments;
  private final CRC32C crc = new CRC32C();
  private WalPosition at;
  private ByteBuffer room = ByteBuffer.allocate(FIRST_ROOM).order(LITTLE_ENDIAN).limit(0);
  private long roomAt; // the offset in the file of the room's first byte
  private @Nullable DiskFile file;

  WalCursor(Segments segments, WalPosition from) {
    this.segments = segments;
    this.at = startOf(from);
  }

  private static WalPosition startOf(WalPosition from) {
    return new WalPosition(from.segment(), Math.max(from.offset(), Frames.HEADER_BYTES));
  }

  /** Where the next record begins, or the mark before it. */
  public WalPosition position() {
    return at;
  }

  /**
   * The next record, null where none is left before the end.
   *
   * @param end as {@link Wal#written} told it
   * @return lent until the next call
   * @throws IOException when the file can't be read, or what was accepted is damaged
   */
  public @Nullable ByteBuffer next(WalPosition end) throws IOException {
    while (at.compareTo(end) < 0) {
      if (!has(Frames.FRAME_HEADER_BYTES, end)) {
        if (at.segment() >= end.segment()) throw damaged();
        enter(at.segment() + 1);
        continue;
      }
      int from = inRoom();
      int length = room.getInt(from);
      if (length == Frames.MARK_LENGTH) {
        move(Frames.MARK_BYTES);
        continue;
      }
      if (length < 1 || length > Wal.MAX_RECORD_BYTES) throw damaged();
      if (!has(Frames.FRAME_HEADER_BYTES + length, end)) throw damaged();
      return record(inRoom(), length);
    }
    return null;
  }

  private ByteBuffer record(int from, int length) throws IOException {
    ByteBuffer record = room.slice(from + Frames.FRAME_HEADER_BYTES, length);
    crc.reset();
    crc.update(record);
    if ((int) crc.getValue() != room.getInt(from + 4)) throw damaged();
    move(Frames.FRAME_HEADER_BYTES + length);
    return record.rewind();
  }

  private void move(int bytes) {
    at = new WalPosition(at.segment(), at.offset() + bytes);
  }

  private int inRoom() {
    return (int) (at.offset() - roomAt);
  }

  /** Whether so many bytes are there from here on, read now where they are not in the room yet. */
  private boolean has(int bytes, WalPosition end) throws IOException {
    long from = at.offset() - roomAt;
    if (file != null && from >= 0 && from + bytes <= room.limit()) return true;
    fill(bytes, end);
    return room.limit() >= bytes;
  }

  /** What lies behind the end may be taken back and written anew, so it is not kept. */
  private void fill(int bytes, WalPosition end) throws IOException {
    DiskFile open = file;
    if (open == null) file = open = segments.open(at.segment());
    if (room.capacity() < bytes) room = ByteBuffer.allocate(bytes).order(LITTLE_ENDIAN);
    roomAt = at.offset();
    long most = at.segment() < end.segment() ? room.capacity() : end.offset() - roomAt;
    room.clear().limit((int) Math.min(room.capacity(), Math.max(0, most)));
    while (room.hasRemaining()) {
      if (open.read(room, roomAt + room.position()) <= 0) break;
    }
    room.flip();
  }

  private void enter(long segment) throws IOException {
    close();
    at = new WalPosition(segment, Frames.HEADER_BYTES);
  }

  private IOException damaged() {
    Path path = segments.file(at.segment());
    return new IOException("%s is damaged at offset %d".formatted(path, at.offset()));
  }

  @Override
  public void close() throws IOException {
    DiskFile open = file;
    file = null;
    room.limit(0);
    roomAt = 0;
    if (open != null) open.close();
  }
}
