package io.oriel.promql.eval;

import io.oriel.model.Labels;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The hash of a label set that {@code limit_ratio} decides by: xxHash64 (seed 0) of names and
 * values in order, each after its length in bytes, as Prometheus stores them.
 */
final class LabelHash {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;
  private static final long FIRST_LANE = 0x60EA27EEADC0B5D6L; // PRIME_1 + PRIME_2
  private static final int LONG_LENGTH = 255; // from here on three bytes of length follow

  private LabelHash() {}

  static long of(Labels labels) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < labels.size(); i++) {
      put(bytes, labels.nameAt(i));
      put(bytes, labels.valueAt(i));
    }
    return xx64(ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN));
  }

  private static void put(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length < LONG_LENGTH) {
      out.write(utf8.length);
    } else {
      out.write(LONG_LENGTH);
      for (int shift = 0; shift < 24; shift += 8) out.write(utf8.length >>> shift);
    }
    out.writeBytes(utf8);
  }

  /** A hash as the number from 0 to 2^64 that its bits are. */
  static double unsigned(long hash) {
    double high = hash >>> 11;
    return high * 0x1p11 + (hash & 0x7ff);
  }

  static long xx64(ByteBuffer in) {
    long hash = in.remaining() >= 32 ? stripes(in) : PRIME_5;
    hash += in.limit();
    while (in.remaining() >= 8) {
      hash ^= round(0, in.getLong());
      hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
    }
    if (in.remaining() >= 4) {
      hash ^= (in.getInt() & 0xffffffffL) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
    }
    while (in.hasRemaining()) {
      hash ^= (in.get() & 0xff) * PRIME_5;
      hash = Long.rotateLeft(hash, 11) * PRIME_1;
    }
    hash = (hash ^ hash >>> 33) * PRIME_2;
    hash = (hash ^ hash >>> 29) * PRIME_3;
    return hash ^ hash >>> 32;
  }

  private static long stripes(ByteBuffer in) {
    long[] lanes = {FIRST_LANE, PRIME_2, 0, -PRIME_1};
    while (in.remaining() >= 32) {
      for (int i = 0; i < 4; i++) lanes[i] = round(lanes[i], in.getLong());
    }
    long hash =
        Long.rotateLeft(lanes[0], 1)
            + Long.rotateLeft(lanes[1], 7)
            + Long.rotateLeft(lanes[2], 12)
            + Long.rotateLeft(lanes[3], 18);
    for (long lane : lanes) hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    return hash;
  }

  private static long round(long lane, long word) {
    return Long.rotateLeft(lane + word * PRIME_2, 31) * PRIME_1;
  }
}
