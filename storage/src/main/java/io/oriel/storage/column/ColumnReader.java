package io.oriel.storage.column;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A place in encoded bytes that moves on as columns are read. Reused by {@link #at(MemorySegment,
 * long)}, so that reading allocates nothing. Not thread-safe.
 *
 * <p>The segment must go on for {@link #SLACK} bytes after the last column: numbers are loaded a
 * word at a time. Bytes that end too early give an {@link IndexOutOfBoundsException}, never a
 * crash.
 */
public final class ColumnReader {
  /** Bytes that must be readable behind the last column. */
  public static final int SLACK = 8;

  static final ValueLayout.OfLong LONG_LE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT_LE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  MemorySegment segment = MemorySegment.NULL;
  long at;
  private long[] scratch = new long[0];

  /** Goes to a place. */
  public ColumnReader at(MemorySegment segment, long at) {
    this.segment = segment;
    this.at = at;
    return this;
  }

  /** Where the next byte is read. */
  public long position() {
    return at;
  }

  /** How many bytes there are from here on. */
  public long remaining() {
    return segment.byteSize() - at;
  }

  public void skip(long bytes) {
    at += bytes;
  }

  /** Room for whole numbers on their way to doubles; valid until the next column is read. */
  long[] scratch(int count) {
    if (scratch.length < count) scratch = new long[Math.max(count, 256)];
    return scratch;
  }

  /** The next byte, which stays the next. */
  public int peekByte() {
    return segment.get(ValueLayout.JAVA_BYTE, at) & 0xff;
  }

  public int readByte() {
    return segment.get(ValueLayout.JAVA_BYTE, at++) & 0xff;
  }

  public int readInt() {
    int value = segment.get(INT_LE, at);
    at += Integer.BYTES;
    return value;
  }

  public long readLong() {
    long value = segment.get(LONG_LE, at);
    at += Long.BYTES;
    return value;
  }

  /** See {@link ColumnWriter#putVarint}. */
  public long readVarint() {
    byte first = segment.get(ValueLayout.JAVA_BYTE, at++);
    return first >= 0 ? first : readLongVarint(first & 0x7f);
  }

  private long readLongVarint(long value) {
    for (int shift = 7; shift < 64; shift += 7) {
      byte next = segment.get(ValueLayout.JAVA_BYTE, at++);
      value |= (next & 0x7fL) << shift;
      if (next >= 0) return value;
    }
    throw new IndexOutOfBoundsException(
        "a variable-length number is longer than 10 bytes at " + at);
  }

  /** See {@link ColumnWriter#putSigned}. */
  public long readSigned() {
    long value = readVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** The next words, from the beginning of the array on. */
  public void readLongs(long[] into, int count) {
    MemorySegment.copy(segment, LONG_LE, at, into, 0, count);
    at += (long) Long.BYTES * count;
  }

  public void readBytes(byte[] into, int offset, int length) {
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, into, offset, length);
    at += length;
  }
}
