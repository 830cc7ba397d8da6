package io.oriel.wire.tsdb;

/**
 * Reads bits, the highest of a byte first. Asked beyond the end it gives zeros and remembers it:
 * who reads a chunk looks at {@link #beyond} once in the end.
 */
final class BitWalk {
  private static final int[] WIDTHS = {0, 3, 6, 9, 12, 18, 25, 56, 64}; // by the ones that lead

  private final byte[] bytes;
  private long at;

  BitWalk(byte[] bytes, int firstByte) {
    this.bytes = bytes;
    this.at = 8L * firstByte;
  }

  boolean beyond() {
    return at > 8L * bytes.length;
  }

  int bit() {
    int index = (int) (at >>> 3);
    int shift = 7 - (int) (at & 7);
    at++;
    return index < bytes.length ? bytes[index] >>> shift & 1 : 0;
  }

  /** That many bits as an unsigned number. */
  long bits(int count) {
    long number = 0;
    for (int left = count; left > 0; ) {
      int index = (int) (at >>> 3);
      int used = (int) (at & 7);
      int now = Math.min(8 - used, left);
      int whole = index < bytes.length ? bytes[index] & 0xff : 0;
      number = number << now | (whole >>> (8 - used - now) & ((1 << now) - 1));
      at += now;
      left -= now;
    }
    return number;
  }

  /** A varint in whole bytes, not aligned. */
  long unsigned() {
    long number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      long part = bits(8);
      number |= (part & 0x7f) << shift;
      if (part < 0x80) return number;
    }
    return number;
  }

  long signed() {
    long number = unsigned();
    return number >>> 1 ^ -(number & 1);
  }

  /** The ones before the next zero, at most so many. */
  int ones(int most) {
    int count = 0;
    while (count < most && bit() == 1) count++;
    return count;
  }

  /** A number of as few bits as fit, as histogram chunks have them: zigzag in classes of widths. */
  long varbitSigned() {
    int width = WIDTHS[ones(WIDTHS.length - 1)];
    if (width == 0) return 0;
    long number = bits(width);
    if (width == 64) return number;
    return number > 1L << (width - 1) ? number - (1L << width) : number;
  }

  long varbitUnsigned() {
    int width = WIDTHS[ones(WIDTHS.length - 1)];
    return width == 0 ? 0 : bits(width);
  }
}
