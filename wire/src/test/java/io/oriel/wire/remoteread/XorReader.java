package io.oriel.wire.remoteread;

import io.oriel.model.SampleColumns;

/** Reads a chunk in Prometheus' XOR encoding, bit by bit, as its specification tells. */
final class XorReader {
  private final byte[] bytes;
  private long at; // bit

  private XorReader(byte[] bytes) {
    this.bytes = bytes;
  }

  static SampleColumns read(byte[] chunk) {
    return new XorReader(chunk).read();
  }

  private SampleColumns read() {
    var samples = new SampleColumns();
    int count = (int) bits(16);
    long time = 0;
    long delta = 0;
    long value = 0;
    int leading = 0;
    int trailing = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0) {
        long zigzag = varint();
        time = zigzag >>> 1 ^ -(zigzag & 1);
        value = bits(64);
      } else {
        delta = i == 1 ? varint() : delta + step();
        time += delta;
        if (bits(1) == 1) {
          if (bits(1) == 1) {
            leading = (int) bits(5);
            int width = (int) bits(6);
            trailing = 64 - leading - (width == 0 ? 64 : width);
          }
          value ^= bits(64 - leading - trailing) << trailing;
        }
      }
      samples.add(time, Double.longBitsToDouble(value));
    }
    return samples;
  }

  private long step() {
    if (bits(1) == 0) return 0;
    if (bits(1) == 0) return signed(14);
    if (bits(1) == 0) return signed(17);
    return bits(1) == 0 ? signed(20) : bits(64);
  }

  private long signed(int width) {
    long number = bits(width);
    return number > 1L << (width - 1) ? number - (1L << width) : number;
  }

  private long varint() {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      long next = bits(8);
      number |= (next & 0x7f) << shift;
      if (next < 0x80) return number;
    }
  }

  private long bits(int count) {
    long number = 0;
    for (int i = 0; i < count; i++, at++) {
      number = (number << 1) | ((bytes[(int) (at >>> 3)] >> (7 - (at & 7))) & 1);
    }
    return number;
  }
}
