package io.oriel.wire.remoteread;

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

  private final BitsOut out = new BitsOut();
  private final XorOut column = new XorOut();

  /** Encodes the samples from one index up to before another. */
  void encode(long[] times, double[] values, int from, int to) {
    assert from < to && to - from <= MOST_SAMPLES : to - from;
    out.clear();
    out.bits(to - from, 16);
    long previous = 0;
    for (int i = from; i < to; i++) {
      if (i == from) {
        zigzag(times[i]);
        column.first(values[i], out);
        continue;
      }
      long delta = times[i] - times[i - 1];
      if (i == from + 1) varint(delta);
      else step(delta - previous);
      previous = delta;
      column.next(values[i], out);
    }
  }

  int size() {
    return out.size();
  }

  byte[] bytes() {
    return out.bytes();
  }

  private void zigzag(long number) {
    varint((number << 1) ^ (number >> 63));
  }

  private void varint(long number) {
    for (long rest = number; ; rest >>>= 7) {
      boolean last = (rest & ~0x7fL) == 0;
      out.bits(last ? rest : (rest & 0x7f) | 0x80, 8);
      if (last) return;
    }
  }

  /** How much longer this interval is than the one before, in as few bits as fit. */
  private void step(long change) {
    if (change == 0) {
      out.bits(0, 1);
    } else if (BitsOut.fits(change, 14)) {
      out.bits(0b10, 2);
      out.bits(change, 14);
    } else if (BitsOut.fits(change, 17)) {
      out.bits(0b110, 3);
      out.bits(change, 17);
    } else if (BitsOut.fits(change, 20)) {
      out.bits(0b1110, 4);
      out.bits(change, 20);
    } else {
      out.bits(0b1111, 4);
      out.bits(change, 64);
    }
  }
}
