package io.oriel.wire.exposition;

import java.math.BigInteger;

/**
 * The double nearest to w times ten to the q, by one or two multiplications of 128 bits. Where that
 * can't be sure it says so; that is rare.
 *
 * <p>Source: Lemire, "Number parsing at a gigabyte per second", Software: Practice and Experience
 * 51 (2021), algorithm 1.
 */
final class Lemire {
  /** No double: the bits of a NaN. */
  static final long UNSURE = -1;

  // beyond these nobody measures anything; Java's parser takes the rest
  private static final int LEAST_POWER = -60;
  private static final int MOST_POWER = 60;
  private static final long[] FIVES = fives();

  private static final int MANTISSA_BITS = 52;
  private static final int BIAS = 1023;
  private static final int MOST_EXPONENT = 0x7fe;

  private Lemire() {}

  /**
   * The bits of the nearest double, ties to even, or {@link #UNSURE}.
   *
   * @param w unsigned
   */
  static long bits(long w, int q) {
    if (w == 0) return 0;
    if (q < LEAST_POWER || q > MOST_POWER) return UNSURE;
    int zeros = Long.numberOfLeadingZeros(w);
    long shifted = w << zeros;
    int row = 2 * (q - LEAST_POWER);
    long high = Math.unsignedMultiplyHigh(shifted, FIVES[row]);
    long low = shifted * FIVES[row];
    if ((high & 0x1ff) == 0x1ff) { // the lower half of the power could still carry
      long more = Math.unsignedMultiplyHigh(shifted, FIVES[row + 1]);
      low += more;
      if (Long.compareUnsigned(more, low) > 0) high++;
    }
    if (low == -1 && (q < -27 || q > 55)) return UNSURE;
    return rounded(high, low, q, zeros);
  }

  private static long rounded(long high, long low, int q, int zeros) {
    int top = (int) (high >>> 63);
    int shift = top + 64 - MANTISSA_BITS - 3;
    long mantissa = high >>> shift;
    // 217706 / 2^16 is the binary logarithm of ten
    int exponent = ((217706 * q) >> 16) + 63 + top - zeros + BIAS;
    if (exponent <= 0) return UNSURE;
    boolean half = Long.compareUnsigned(low, 1) <= 0 && q >= -4 && q <= 23 && (mantissa & 3) == 1;
    if (half && mantissa << shift == high) mantissa &= ~1L; // exactly between two: to the even one
    mantissa = (mantissa + (mantissa & 1)) >>> 1;
    if (mantissa >= 2L << MANTISSA_BITS) {
      mantissa = 1L << MANTISSA_BITS;
      exponent++;
    }
    if (exponent > MOST_EXPONENT) return UNSURE;
    return (mantissa & ~(1L << MANTISSA_BITS)) | ((long) exponent << MANTISSA_BITS);
  }

  /** The first 128 bits of each power of five, high half before low half. */
  private static long[] fives() {
    var table = new long[2 * (MOST_POWER - LEAST_POWER + 1)];
    for (int q = LEAST_POWER; q <= MOST_POWER; q++) {
      BigInteger bits = q < 0 ? reciprocal(-q) : truncated(BigInteger.valueOf(5).pow(q));
      table[2 * (q - LEAST_POWER)] = bits.shiftRight(64).longValue();
      table[2 * (q - LEAST_POWER) + 1] = bits.longValue();
    }
    return table;
  }

  private static BigInteger truncated(BigInteger number) {
    int excess = number.bitLength() - 128;
    return excess > 0 ? number.shiftRight(excess) : number.shiftLeft(-excess);
  }

  /** One over five to the q, rounded up as the proof of the algorithm asks. */
  private static BigInteger reciprocal(int q) {
    BigInteger five = BigInteger.valueOf(5).pow(q);
    int z = five.subtract(BigInteger.ONE).bitLength();
    int b = q <= 27 ? z + 127 : 2 * z + 128;
    BigInteger quotient = BigInteger.ONE.shiftLeft(b).divide(five).add(BigInteger.ONE);
    return quotient.bitLength() > 128 ? quotient.shiftRight(quotient.bitLength() - 128) : quotient;
  }
}
