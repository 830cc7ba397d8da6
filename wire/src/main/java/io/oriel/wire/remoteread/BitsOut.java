package io.oriel.wire.remoteread;

import java.util.Arrays;

/** A stream of bits, the highest of a byte first, in room that is kept. Not thread-safe. */
final class BitsOut {
  /** How wide the numbers of a varbit are, by the ones that lead. */
  private static final int[] WIDTHS = {0, 3, 6, 9, 12, 18, 25, 56, 64};

  private byte[] bytes = new byte[1024];
  private int size;
  private int free; // bits of the last byte that are not used yet

  void clear() {
    size = 0;
    free = 0;
  }

  int size() {
    return size;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Appends the lowest bits of a number, the highest of them first. */
  void bits(long number, int count) {
    if (size + 9 > bytes.length) bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    int left = count;
    while (left > 0) {
      if (free == 0) {
        bytes[size++] = 0;
        free = 8;
      }
      int now = Math.min(free, left);
      long part = number >>> (left - now) & ((1L << now) - 1);
      bytes[size - 1] |= (byte) (part << (free - now));
      free -= now;
      left -= now;
    }
  }

  /** A number in as few bits as fit: small ones by either sign are short. */
  void varbitSigned(long number) {
    int wide = 0;
    while (wide < WIDTHS.length - 1 && !fits(number, WIDTHS[wide])) wide++;
    varbit(number, wide);
  }

  void varbitUnsigned(long number) {
    int wide = 0;
    while (wide < WIDTHS.length - 1 && number >>> WIDTHS[wide] != 0) wide++;
    varbit(number, wide);
  }

  /** As many ones as there are narrower widths, a zero where a wider one is left, the number. */
  private void varbit(long number, int wide) {
    boolean widest = wide == WIDTHS.length - 1;
    bits(widest ? 0xff : (1L << (wide + 1)) - 2, widest ? wide : wide + 1);
    bits(number, WIDTHS[wide]);
  }

  /** The range of so many bits has its odd one on the positive side. */
  static boolean fits(long number, int width) {
    if (width == 0) return number == 0;
    long half = 1L << (width - 1);
    return -(half - 1) <= number && number <= half;
  }
}
