package io.oriel.storage.column;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Small integers side by side without gaps, lowest bit first. Format: docs/formats/column.md. */
public final class BitPacking {
  /** A value and the up to 7 bits before it must fit one 8-byte load; wider ones take 64. */
  static final int MAX_WIDTH = 57;

  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private BitPacking() {}

  /** The width in which a value of so many bits is stored: 0 to 57, or 64. */
  static int width(int bits) {
    return bits > MAX_WIDTH ? 64 : bits;
  }

  /** The cost: bytes that so many values take. */
  public static int bytes(int width, int count) {
    return (int) (((long) width * count + 7) >>> 3);
  }

  /** Packs the lowest {@code width} bits of each value; bits above them are left out. */
  public static void encode(long[] values, int from, int count, int width, ColumnWriter out) {
    assert width == 64 || width <= MAX_WIDTH : width;
    if (width == 0) return;
    out.reserve(bytes(width, count));
    if (width == 64) {
      for (int i = from; i < from + count; i++) out.putLong(values[i]);
      return;
    }
    final long mask = -1L >>> (64 - width);
    long word = 0;
    int used = 0; // bits of the word that hold something: below 8 between two values
    for (int i = from; i < from + count; i++) {
      word |= (values[i] & mask) << used;
      used += width;
      LONG_LE.set(out.bytes, out.size, word);
      out.size += used >>> 3;
      word = (used & 64) != 0 ? 0 : word >>> (used & ~7);
      used &= 7;
    }
    if (used > 0) out.size++;
  }

  /** One load, one shift and one mask a value; nothing allocated. Bench: ChunkDecodeBench. */
  public static void decode(
      MemorySegment packed, long at, int width, int count, long[] out, int from) {
    assert width == 64 || width <= MAX_WIDTH : width;
    if (width == 0) {
      java.util.Arrays.fill(out, from, from + count, 0);
      return;
    }
    long bit = 0;
    for (int i = from; i < from + count; i++) {
      out[i] = get(packed, at, bit, width);
      bit += width;
    }
  }

  /** The value that begins at a bit; width 1 to 57, or 64 where the bit begins a byte. */
  static long get(MemorySegment packed, long at, long bit, int width) {
    long word = packed.get(ColumnReader.LONG_LE, at + (bit >>> 3));
    return (word >>> (bit & 7)) & (-1L >>> (64 - width));
  }
}
