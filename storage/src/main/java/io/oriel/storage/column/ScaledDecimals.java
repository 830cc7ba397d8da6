package io.oriel.storage.column;

import org.jspecify.annotations.Nullable;

/**
 * Doubles that people wrote as decimals, as whole numbers with one power of ten for all: 21.5, 21.7
 * become 215, 217 and a 1. What does not come back bit for bit from {@code number / power} (NaN,
 * stale markers, -0.0, odd fractions) is kept raw beside the rest.
 *
 * <p>The idea is that of ALP (Afroozeh, Kuffó, Boncz: Adaptive lossless floating-point compression,
 * SIGMOD 2024); division in place of its multiplication is correctly rounded, so fewer exceptions
 * arise. Format: docs/formats/column.md.
 */
final class ScaledDecimals {
  static final int MAX_EXPONENT = 15;
  private static final long LARGEST = 1L << 53; // whole numbers up to here are exact doubles
  private static final int EXCEPTIONS = 0x80;
  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private final Deltas deltas = new Deltas();
  private long[] numbers = new long[0];
  private int[] exceptions = new int[0];
  private int exceptionCount;

  /** Writes the column and says true; writes nothing where too many values are no decimals. */
  boolean encode(double[] values, int from, int count, ColumnWriter out) {
    if (numbers.length < count) {
      numbers = new long[Math.max(count, 256)];
      exceptions = new int[numbers.length];
    }
    int allowed = count / 8 + 1;
    int exponent = exponentOf(values, from, count, allowed);
    if (exponent < 0 || !scale(values, from, count, exponent, allowed)) return false;
    out.putByte(exponent | (exceptionCount > 0 ? EXCEPTIONS : 0));
    if (exceptionCount > 0) writeExceptions(values, from, out);
    deltas.encode(numbers, 0, count, out);
    return true;
  }

  /** The smallest exponent at which all but a few values are whole; -1 where there is none. */
  private static int exponentOf(double[] values, int from, int count, int allowed) {
    int exponent = 0;
    int odd = 0;
    for (int i = from; i < from + count; i++) {
      int needed = exponent;
      while (needed <= MAX_EXPONENT && !isWhole(values[i], needed)) needed++;
      if (needed <= MAX_EXPONENT) exponent = needed;
      else if (++odd > allowed) return -1;
    }
    return exponent;
  }

  private boolean scale(double[] values, int from, int count, int exponent, int allowed) {
    exceptionCount = 0;
    long before = 0;
    for (int i = 0; i < count; i++) {
      double value = values[from + i];
      if (isWhole(value, exponent)) {
        before = (long) Math.rint(value * POWERS[exponent]);
      } else if (exceptionCount > allowed) {
        return false;
      } else {
        exceptions[exceptionCount++] = i;
      }
      numbers[i] = before; // in an exception's place: what disturbs the differences least
    }
    return true;
  }

  private static boolean isWhole(double value, int exponent) {
    double number = Math.rint(value * POWERS[exponent]);
    if (!(Math.abs(number) < LARGEST)) return false; // NaN and infinities too
    double back = (long) number / POWERS[exponent];
    return Double.doubleToRawLongBits(back) == Double.doubleToRawLongBits(value);
  }

  private void writeExceptions(double[] values, int from, ColumnWriter out) {
    out.putVarint(exceptionCount);
    int last = -1;
    for (int e = 0; e < exceptionCount; e++) {
      out.putVarint(exceptions[e] - last - 1);
      out.putLong(Double.doubleToRawLongBits(values[from + exceptions[e]]));
      last = exceptions[e];
    }
  }

  static void decode(ColumnReader in, int count, double[] out, int from) {
    int mode = in.readByte();
    int exponent = mode & ~EXCEPTIONS;
    if (exponent > MAX_EXPONENT) throw new IndexOutOfBoundsException("exponent " + exponent);
    long exceptions = (mode & EXCEPTIONS) != 0 ? in.at : -1;
    if (exceptions >= 0) patch(in, count, null, 0);
    long[] numbers = in.scratch(count);
    Deltas.decode(in, count, numbers, 0);
    double power = POWERS[exponent];
    for (int i = 0; i < count; i++) out[from + i] = numbers[i] / power;
    if (exceptions < 0) return;
    long after = in.at;
    in.at = exceptions;
    patch(in, count, out, from);
    in.at = after;
  }

  /** Walks the exceptions; puts them in their places where there is somewhere to put them. */
  private static void patch(ColumnReader in, int count, double @Nullable [] out, int from) {
    int i = -1;
    for (long left = in.readVarint(); left > 0; left--) {
      long gap = in.readVarint();
      if (gap < 0 || gap >= count - i - 1) throw new IndexOutOfBoundsException("gap " + gap);
      i += 1 + (int) gap;
      double value = Double.longBitsToDouble(in.readLong());
      if (out != null) out[from + i] = value;
    }
  }
}
