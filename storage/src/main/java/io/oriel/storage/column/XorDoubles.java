package io.oriel.storage.column;

/**
 * Doubles as their difference in bits to the one before, of which only the middle part is kept
 * where it begins and ends with zeros.
 *
 * <p>The idea is that of Gorilla (Pelkonen et al., VLDB 2015). Format: docs/formats/column.md.
 */
final class XorDoubles {
  private static final int LEADING_BITS = 5;
  private static final int LENGTH_BITS = 6; // length less one: 1 to 64
  private static final int MOST_LEADING = 31;
  private static final int NEW_WINDOW = 2 + LEADING_BITS + LENGTH_BITS;

  private XorDoubles() {}

  static void encode(double[] values, int from, int count, ColumnWriter out) {
    var bits = new BitWriter(out);
    long before = Double.doubleToRawLongBits(values[from]);
    out.putLong(before);
    int leading = 0;
    int length = 0; // no window yet
    for (int i = from + 1; i < from + count; i++) {
      long now = Double.doubleToRawLongBits(values[i]);
      long xor = now ^ before;
      before = now;
      if (xor == 0) {
        bits.put(0, 1);
        continue;
      }
      int zerosAhead = Math.min(MOST_LEADING, Long.numberOfLeadingZeros(xor));
      int zerosBehind = Long.numberOfTrailingZeros(xor);
      int needed = 64 - zerosAhead - zerosBehind;
      boolean fits = length > 0 && zerosAhead >= leading && zerosBehind >= 64 - leading - length;
      if (fits && length < needed + NEW_WINDOW - 2) {
        bits.put(1, 2);
      } else {
        leading = zerosAhead;
        length = needed;
        bits.put(3 | (long) leading << 2 | (long) (length - 1) << (2 + LEADING_BITS), NEW_WINDOW);
      }
      bits.put(xor >>> (64 - leading - length), length);
    }
    bits.finish();
  }

  static void decode(ColumnReader in, int count, double[] out, int from) {
    long before = in.readLong();
    out[from] = Double.longBitsToDouble(before);
    long at = in.at;
    long bit = 0;
    int leading = 0;
    int length = 0;
    for (int i = from + 1; i < from + count; i++) {
      long head = BitPacking.get(in.segment, at, bit, NEW_WINDOW);
      if ((head & 1) == 0) {
        bit++;
        out[i] = Double.longBitsToDouble(before);
        continue;
      }
      if ((head & 2) == 0) {
        bit += 2;
      } else {
        leading = (int) (head >>> 2) & MOST_LEADING;
        length = ((int) (head >>> (2 + LEADING_BITS)) & 63) + 1;
        bit += NEW_WINDOW;
      }
      before ^= read(in, at, bit, length) << (64 - leading - length);
      bit += length;
      out[i] = Double.longBitsToDouble(before);
    }
    in.at = at + ((bit + 7) >>> 3);
  }

  private static long read(ColumnReader in, long at, long bit, int length) {
    if (length == 0) return 0; // only in damaged bytes: a window is used before there is one
    if (length <= BitPacking.MAX_WIDTH) return BitPacking.get(in.segment, at, bit, length);
    long low = BitPacking.get(in.segment, at, bit, 32);
    return low | BitPacking.get(in.segment, at, bit + 32, length - 32) << 32;
  }

  /** Appends single bits, lowest first. */
  private static final class BitWriter {
    private final ColumnWriter out;
    private long word;
    private int used;

    BitWriter(ColumnWriter out) {
      this.out = out;
    }

    void put(long value, int count) {
      if (count > 32) {
        put(value & 0xffff_ffffL, 32);
        value >>>= 32;
        count -= 32;
      }
      word |= value << used;
      used += count;
      int whole = used >>> 3;
      out.putLongOf(word, whole);
      word >>>= whole << 3; // at most 39 bits were used, so whole is at most 4
      used &= 7;
    }

    void finish() {
      if (used > 0) out.putByte((int) word);
    }
  }
}
