package io.oriel.wire.exposition;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/** A hash of bytes, eight at a time, seeded afresh in each process. */
final class TextHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  // a seed that nobody knows: a page can't be written so that its series collide
  private static final long SEED = ThreadLocalRandom.current().nextLong() | 1;
  private static final long MIX = 0x9e3779b97f4a7c15L; // 2^64 divided by the golden ratio

  private TextHash() {}

  static long of(byte[] bytes, int from, int to, int form) {
    long hash = SEED + form;
    int i = from;
    for (; i + 8 <= to; i += 8) hash = mix(hash ^ (long) LONG.get(bytes, i));
    long tail = 0;
    for (; i < to; i++) tail = (tail << 8) | (bytes[i] & 0xff);
    return mix(hash ^ tail ^ (long) (to - from) << 56);
  }

  private static long mix(long x) {
    return x * MIX ^ Math.multiplyHigh(x, MIX);
  }
}
