package io.oriel.wire.remoteread;

import java.util.Arrays;

/**
 * One chunk in Prometheus' XOR encoding: the number of samples (two bytes, big-endian), then times
 * as differences of differences and values XORed with the one before, as a stream of bits, highest
 * first.
 *
 * <p>Source: {@code tsdb/chunkenc/xor.go}; after Facebook's Gorilla. Keeps its room; not
 * thread-safe.
 */
final class XorChunk {
  /** So many samples Prometheus' own chunks have; some readers count on no more. */
  static final int MOST_SAMPLES = 120;

  private static final int MOST_LEADING = 31; // five bits say how many
  private static final int NO_WINDOW = 64;

  private byte[] bytes = new byte[1024];
  private int size;
  private int free; // bits of the last byte that are not used yet
  private int leading;
  private int trailing;

  /** Encodes the samples from one index up to before another. */
  void encode(long[] times, double[] values, int from, int to) {
    assert from < to && to - from <= MOST_SAMPLES : to - from;
    size = 0;
    free = 0;
    leading = NO_WINDOW;
    trailing = 0;
    bits(to - from, 16);
    long previous = 0;
    for (int i = from; i < to; i++) {
      if (i == from) {
        zigzag(times[i]);
      } else if (i == from + 1) {
        previous = times[i] - times[i - 1];
        varint(previous);
      } else {
        long delta = times[i] - times[i - 1];
        step(delta - previous);
        previous = delta;
      }
      long value = Double.doubleToRawLongBits(values[i]);
      if (i == from) bits(value, 64);
      else xor(value ^ Double.doubleToRawLongBits(values[i - 1]));
    }
  }

  int size() {
    return size;
  }

  byte[] bytes() {
    return bytes;
  }

  private void zigzag(long number) {
    varint((number << 1) ^ (number >> 63));
  }

  private void varint(long number) {
    for (long rest = number; ; rest >>>= 7) {
      boolean last = (rest & ~0x7fL) == 0;
      bits(last ? rest : (rest & 0x7f) | 0x80, 8);
      if (last) return;
    }
  }

  /** How much longer this interval is than the one before, in as few bits as fit. */
  private void step(long change) {
    if (change == 0) {
      bits(0, 1);
    } else if (fits(change, 14)) {
      bits(0b10, 2);
      bits(change, 14);
    } else if (fits(change, 17)) {
      bits(0b110, 3);
      bits(change, 17);
    } else if (fits(change, 20)) {
      bits(0b1110, 4);
      bits(change, 20);
    } else {
      bits(0b1111, 4);
      bits(change, 64);
    }
  }

  /** The range of so many bits has its odd one on the positive side. */
  private static boolean fits(long number, int width) {
    long half = 1L << (width - 1);
    return -(half - 1) <= number && number <= half;
  }

  private void xor(long change) {
    if (change == 0) {
      bits(0, 1);
      return;
    }
    bits(1, 1);
    int zerosBefore = Math.min(MOST_LEADING, Long.numberOfLeadingZeros(change));
    int zerosAfter = Long.numberOfTrailingZeros(change);
    if (leading != NO_WINDOW && zerosBefore >= leading && zerosAfter >= trailing) {
      bits(0, 1);
    } else {
      leading = zerosBefore;
      trailing = zerosAfter;
      bits(1, 1);
      bits(leading, 5);
      bits(64 - leading - trailing, 6); // 64 comes out as 0, which its reader knows
    }
    bits(change >>> trailing, 64 - leading - trailing);
  }

  /** Appends the lowest bits of a number, the highest of them first. */
  private void bits(long number, int count) {
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
}
