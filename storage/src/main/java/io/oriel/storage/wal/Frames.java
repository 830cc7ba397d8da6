package io.oriel.storage.wal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of a segment: its header, frames and sync marks. Format: {@code docs/formats/wal.md}.
 */
final class Frames {
  static final int VERSION = 1;
  static final int HEADER_BYTES = 16;
  static final int FRAME_HEADER_BYTES = 8;
  static final int MARK_BYTES = 16;

  private static final long MAGIC = 0x4c41574c524fL; // "ORLWAL", little-endian
  static final int MARK_LENGTH = 0x8000_0008; // no record is so long: 8 bytes, a sync mark

  static final ValueLayout.OfInt INT_LE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG_LE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private Frames() {}

  static ByteBuffer header(long sequence) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(LITTLE_ENDIAN)
        .putLong(MAGIC | (long) VERSION << 48)
        .putLong(sequence)
        .flip();
  }

  /** Writes one record as a frame; the buffer has room. The record's position is as before. */
  static void put(ByteBuffer into, ByteBuffer record, CRC32C crc) {
    int from = record.position();
    into.putInt(record.remaining());
    crc.reset();
    crc.update(record);
    record.position(from);
    into.putInt((int) crc.getValue()).put(record);
    record.position(from);
  }

  /** Writes a sync mark: all bytes before this offset were durable when it was written. */
  static void putMark(ByteBuffer into, long offset) {
    into.putInt(MARK_LENGTH).putInt(crcOf(offset)).putLong(offset);
  }

  /** Turned over, so that a mark whose length is damaged can't pass for a record of eight bytes. */
  private static int crcOf(long offset) {
    var crc = new CRC32C();
    for (int shift = 0; shift < 64; shift += 8) crc.update((int) (offset >>> shift) & 0xff);
    return ~(int) crc.getValue();
  }

  /** The version that a header tells, -1 where the first bytes are not a log's. */
  static int version(MemorySegment segment) {
    if (segment.byteSize() < HEADER_BYTES) return -1;
    long first = segment.get(LONG_LE, 0);
    return (first & 0xffff_ffff_ffffL) == MAGIC ? (int) (first >>> 48) : -1;
  }

  static long sequence(MemorySegment segment) {
    return segment.get(LONG_LE, 8);
  }

  /** Whether a sync mark stands here, whole and at its own offset. */
  static boolean isMark(MemorySegment segment, long at) {
    return at + MARK_BYTES <= segment.byteSize()
        && segment.get(INT_LE, at) == MARK_LENGTH
        && segment.get(LONG_LE, at + 8) == at
        && segment.get(INT_LE, at + 4) == crcOf(at);
  }

  /** The length of the record whose frame is here; 0 where the frame is short or damaged. */
  static int recordLength(MemorySegment segment, long at, CRC32C crc) {
    if (at + FRAME_HEADER_BYTES > segment.byteSize()) return 0;
    int length = segment.get(INT_LE, at);
    if (length < 1 || length > Wal.MAX_RECORD_BYTES) return 0;
    if (at + FRAME_HEADER_BYTES + length > segment.byteSize()) return 0;
    crc.reset();
    crc.update(record(segment, at, length));
    return (int) crc.getValue() == segment.get(INT_LE, at + 4) ? length : 0;
  }

  static ByteBuffer record(MemorySegment segment, long at, int length) {
    return segment.asSlice(at + FRAME_HEADER_BYTES, length).asByteBuffer();
  }
}
