package io.oriel.storage.column;

import java.util.Arrays;

/**
 * Doubles in the smallest of the encodings, bit for bit: NaN payloads, stale markers and -0.0 come
 * back as they were. The first byte says which one it is.
 *
 * <p>An encoder is reused and not thread-safe; decoding is static and allocates nothing. Format:
 * docs/formats/column.md.
 */
public final class DoubleColumn {
  // the encodings, as the first byte tells them
  private static final int CONSTANT = 0;
  private static final int SCALED = 1;
  private static final int XOR = 2;
  private static final int RAW = 3;

  private final ScaledDecimals decimals = new ScaledDecimals();
  private final ColumnWriter other = new ColumnWriter();

  /** Writes a column of at least one value. */
  public void encode(double[] values, int from, int count, ColumnWriter out) {
    if (count < 1) throw new IllegalArgumentException("a column has at least one value");
    if (isConstant(values, from, count)) {
      putConstant(values[from], out);
      return;
    }
    int start = out.size;
    out.putByte(SCALED);
    boolean scaled = decimals.encode(values, from, count, out);
    if (scaled && out.size - start <= count + count / 2) return; // XOR hardly ever beats that
    other.clear();
    XorDoubles.encode(values, from, count, other);
    if (scaled && out.size - start <= other.size + 1) return;
    out.size = start;
    if (other.size <= count * Double.BYTES) {
      out.putByte(XOR);
      out.putBytes(other.bytes, 0, other.size);
      return;
    }
    out.putByte(RAW);
    for (int i = from; i < from + count; i++) out.putLong(Double.doubleToRawLongBits(values[i]));
  }

  /** Reads a column back; the reader ends behind it. */
  public static void decode(ColumnReader in, int count, double[] out, int from) {
    int kind = in.readByte();
    switch (kind) {
      case CONSTANT -> Arrays.fill(out, from, from + count, readConstant(in));
      case SCALED -> ScaledDecimals.decode(in, count, out, from);
      case XOR -> XorDoubles.decode(in, count, out, from);
      case RAW -> {
        for (int i = from; i < from + count; i++) out[i] = Double.longBitsToDouble(in.readLong());
      }
      default -> throw new IndexOutOfBoundsException("kind of column " + kind);
    }
  }

  private static boolean isConstant(double[] values, int from, int count) {
    long first = Double.doubleToRawLongBits(values[from]);
    for (int i = from + 1; i < from + count; i++) {
      if (Double.doubleToRawLongBits(values[i]) != first) return false;
    }
    return true;
  }

  /** The bits turned round: 0 and 1 and most that people write end in zeros, which cost nothing. */
  private static void putConstant(double value, ColumnWriter out) {
    out.putByte(CONSTANT);
    out.putVarint(Long.reverse(Double.doubleToRawLongBits(value)));
  }

  private static double readConstant(ColumnReader in) {
    return Double.longBitsToDouble(Long.reverse(in.readVarint()));
  }
}
