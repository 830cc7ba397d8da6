package io.oriel.storage.column;

import java.util.Arrays;

/**
 * Whole numbers as what is left after a guess: the number itself, its difference to the one before,
 * or the difference of differences, whichever is smallest. Times of a steady scrape, a counter that
 * grows evenly and a constant leave nothing, whatever their length.
 *
 * <p>What is left is counted from its smallest value, freed of low bits that are always zero (bytes
 * of memory come in pages), and packed; the few that need more bits than the rest (a missed scrape,
 * a counter reset) are patched. All arithmetic wraps around, so every {@code long} comes back.
 *
 * <p>An encoder is reused and not thread-safe; decoding is static. Format: docs/formats/column.md.
 */
public final class Deltas {
  private static final int ORDERS = 3;
  private static final int PATCHED = 4;
  private static final int SHIFTED = 8;
  private static final int FLAT = 16; // nothing is left: no width, no packed bits

  private final Residuals[] candidates = new Residuals[ORDERS];

  public Deltas() {
    for (int order = 0; order < ORDERS; order++) candidates[order] = new Residuals(order);
  }

  /** Writes a column of at least one value. */
  public void encode(long[] values, int from, int count, ColumnWriter out) {
    best(values, from, count).write(out);
  }

  /** The cost: about how many bytes {@link #encode} will write (one more a wide gap of patches). */
  public int cost(long[] values, int from, int count) {
    return best(values, from, count).bytes;
  }

  private Residuals best(long[] values, int from, int count) {
    if (count < 1) throw new IllegalArgumentException("a column has at least one value");
    Residuals best = candidates[0];
    for (int order = 0; order < Math.min(ORDERS, count); order++) {
      Residuals candidate = candidates[order];
      candidate.measure(values, from, count);
      if (candidate.bytes < best.bytes) best = candidate;
    }
    return best;
  }

  /** Reads a column back; the reader ends behind it. Nothing is allocated. */
  public static void decode(ColumnReader in, int count, long[] out, int from) {
    int mode = in.readByte();
    int order = mode & 3;
    if (order >= ORDERS || order > count) throw new IndexOutOfBoundsException("mode " + mode);
    int width = (mode & FLAT) != 0 ? 0 : in.readByte();
    if (width > BitPacking.MAX_WIDTH && width != 64) {
      throw new IndexOutOfBoundsException("width " + width);
    }
    int shift = (mode & SHIFTED) != 0 ? in.readByte() : 0;
    long first = order > 0 ? in.readSigned() : 0;
    long firstDelta = order > 1 ? in.readSigned() : 0;
    long base = in.readSigned();
    int start = from + order;
    int end = from + count;
    long patches = (mode & PATCHED) != 0 ? in.at : -1;
    if (patches >= 0) skipPatches(in);
    BitPacking.decode(in.segment, in.at, width, count - order, out, start);
    in.at += BitPacking.bytes(width, count - order);
    if (patches >= 0) patch(in, patches, width, out, start, end);
    if (shift > 0) for (int i = start; i < end; i++) out[i] <<= shift;
    restore(order, first, firstDelta, base, out, from, end);
  }

  private static void restore(
      int order, long first, long firstDelta, long base, long[] out, int from, int end) {
    if (order == 0) {
      for (int i = from; i < end; i++) out[i] += base;
      return;
    }
    long value = first;
    out[from] = value;
    if (order == 1) {
      for (int i = from + 1; i < end; i++) out[i] = value += out[i] + base;
      return;
    }
    long delta = firstDelta;
    out[from + 1] = value += delta;
    for (int i = from + 2; i < end; i++) {
      delta += out[i] + base;
      out[i] = value += delta;
    }
  }

  private static void skipPatches(ColumnReader in) {
    for (long left = 2 * in.readVarint(); left > 0; left--) in.readVarint();
  }

  private static void patch(
      ColumnReader in, long patches, int width, long[] out, int start, int end) {
    long after = in.at;
    in.at = patches;
    int i = start - 1;
    for (long left = in.readVarint(); left > 0; left--) {
      long gap = in.readVarint();
      if (gap < 0 || gap >= end - i - 1) throw new IndexOutOfBoundsException("patch gap " + gap);
      i += 1 + (int) gap;
      out[i] |= in.readVarint() << width;
    }
    in.at = after;
  }

  /** What one guess leaves over, and what it would cost. */
  private static final class Residuals {
    private final int order;
    private long[] left = new long[0];
    private final int[] ofBits = new int[65]; // how many values need so many bits
    private final int[] occurring = new int[65];
    private int count;
    private long first;
    private long firstDelta;
    private long base;
    private int shift;
    private int width;
    private int patches;
    int bytes;

    Residuals(int order) {
      this.order = order;
    }

    void measure(long[] values, int from, int size) {
      count = size - order;
      if (left.length < count) left = new long[Math.max(count, 256)];
      guess(values, from);
      long lowest = Long.MAX_VALUE;
      long second = Long.MAX_VALUE;
      long highest = Long.MIN_VALUE;
      for (int i = 0; i < count; i++) {
        long value = left[i];
        if (value > highest) highest = value;
        if (value < lowest) {
          second = lowest;
          lowest = value;
        } else if (value < second) {
          second = value;
        }
      }
      choose(count == 0 ? 0 : lowest);
      if (count > 2 && second - lowest > highest - second) { // far below the rest: to be patched
        int whole = bytes;
        choose(second);
        if (bytes >= whole) choose(lowest);
      }
    }

    private void guess(long[] values, int from) {
      first = values[from];
      switch (order) {
        case 0 -> System.arraycopy(values, from, left, 0, count);
        case 1 -> {
          for (int i = 0; i < count; i++) left[i] = values[from + i + 1] - values[from + i];
        }
        default -> {
          firstDelta = values[from + 1] - values[from];
          long before = firstDelta;
          for (int i = 0; i < count; i++) {
            long delta = values[from + i + 2] - values[from + i + 1];
            left[i] = delta - before;
            before = delta;
          }
        }
      }
    }

    private void choose(long from) {
      base = from;
      long ones = 0;
      for (int i = 0; i < count; i++) ones |= left[i] - base;
      shift = ones == 0 ? 0 : Long.numberOfTrailingZeros(ones);
      if (shift < 3) shift = 0; // a byte for the shift must be worth it
      Arrays.fill(ofBits, 0);
      for (int i = 0; i < count; i++) {
        ofBits[64 - Long.numberOfLeadingZeros((left[i] - base) >>> shift)]++;
      }
      chooseWidth();
      bytes += 1 + (shift > 0 ? 1 : 0) + ColumnWriter.signedBytes(base);
      if (order > 0) bytes += ColumnWriter.signedBytes(first);
      if (order > 1) bytes += ColumnWriter.signedBytes(firstDelta);
    }

    /** The width at which packed bits and patches together are smallest; patches by estimate. */
    private void chooseWidth() {
      int sizes = 0; // the least is at one of the widths that occur
      for (int bits = 0; bits <= 64; bits++) if (ofBits[bits] > 0) occurring[sizes++] = bits;
      width = sizes == 0 ? 0 : BitPacking.width(occurring[sizes - 1]);
      bytes = BitPacking.bytes(width, count) + (width > 0 ? 1 : 0);
      patches = 0;
      int above = 0;
      for (int i = sizes - 2; i >= 0; i--) {
        above += ofBits[occurring[i + 1]];
        if (occurring[i] <= BitPacking.MAX_WIDTH) tryWidth(occurring[i], i, sizes, above);
      }
    }

    private void tryWidth(int bits, int i, int sizes, int above) {
      int cost = BitPacking.bytes(bits, count) + (bits > 0 ? 1 : 0);
      cost += ColumnWriter.varintBytes(above);
      for (int j = i + 1; j < sizes; j++) {
        cost += ofBits[occurring[j]] * (1 + (occurring[j] - bits + 6) / 7);
      }
      if (cost >= bytes) return;
      bytes = cost;
      width = bits;
      patches = above;
    }

    void write(ColumnWriter out) {
      int mode = order | (patches > 0 ? PATCHED : 0) | (shift > 0 ? SHIFTED : 0);
      out.putByte(width == 0 ? mode | FLAT : mode);
      if (width > 0) out.putByte(width);
      if (shift > 0) out.putByte(shift);
      if (order > 0) out.putSigned(first);
      if (order > 1) out.putSigned(firstDelta);
      out.putSigned(base);
      for (int i = 0; i < count; i++) left[i] = (left[i] - base) >>> shift;
      if (patches > 0) writePatches(out);
      BitPacking.encode(left, 0, count, width, out);
    }

    private void writePatches(ColumnWriter out) {
      out.putVarint(patches);
      int last = -1;
      for (int i = 0; i < count; i++) {
        long high = left[i] >>> width; // a width of 64 is never patched
        if (high == 0) continue;
        out.putVarint(i - last - 1);
        out.putVarint(high);
        last = i;
      }
    }
  }
}
