package io.oriel.storage.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes that grow while columns are written: little-endian numbers and variable-length ones. The
 * array is open so that it can be handed on without a copy. Not thread-safe; reused by {@link
 * #clear}.
 */
public final class ColumnWriter {
  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The bytes; those from {@link #size} on are zero or left from an earlier use. */
  public byte[] bytes;

  public int size;

  public ColumnWriter() {
    this(256);
  }

  public ColumnWriter(int capacity) {
    this.bytes = new byte[Math.max(16, capacity)];
  }

  public void clear() {
    size = 0;
  }

  /** Makes room for so many more bytes, and for one whole word behind them. */
  public void reserve(int more) {
    if (size + more + Long.BYTES <= bytes.length) return;
    bytes = Arrays.copyOf(bytes, Math.max(size + more + Long.BYTES, bytes.length * 2));
  }

  public void putByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  public void putInt(int value) {
    putLongOf(value, Integer.BYTES);
  }

  public void putLong(long value) {
    putLongOf(value, Long.BYTES);
  }

  /** The lowest {@code count} bytes of a number. */
  public void putLongOf(long value, int count) {
    reserve(Long.BYTES);
    LONG_LE.set(bytes, size, value);
    size += count;
  }

  /** Seven bits a byte, lowest first, the top bit set where another byte follows. */
  public void putVarint(long value) {
    reserve(10);
    while ((value & ~0x7fL) != 0) {
      bytes[size++] = (byte) (value | 0x80);
      value >>>= 7;
    }
    bytes[size++] = (byte) value;
  }

  /** A signed number as a variable-length one: 0, -1, 1, -2... become 0, 1, 2, 3... */
  public void putSigned(long value) {
    putVarint((value << 1) ^ (value >> 63));
  }

  public void putBytes(byte[] from, int offset, int length) {
    reserve(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  /** How many bytes {@link #putVarint} takes. */
  static int varintBytes(long value) {
    return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  static int signedBytes(long value) {
    return varintBytes((value << 1) ^ (value >> 63));
  }
}
