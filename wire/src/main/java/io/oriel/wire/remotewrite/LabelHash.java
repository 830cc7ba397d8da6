package io.oriel.wire.remotewrite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * A fingerprint of 128 bits, eight bytes at a time, seeded afresh in each process: long enough to
 * stand for the bytes themselves, and not to be aimed at by a sender.
 */
final class LabelHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long SEED = RANDOM.nextLong();
  private static final long SEED_2 = RANDOM.nextLong();
  private static final long FACTOR = RANDOM.nextLong() | 1;
  private static final long FACTOR_2 = RANDOM.nextLong() | 1;

  long first;
  long second;

  void clear() {
    first = SEED;
    second = SEED_2;
  }

  /** Takes in a run of bytes; where one run ends and the next begins makes a difference. */
  void add(byte[] bytes, int from, int to) {
    long a = first + (to - from);
    long b = second ^ (to - from);
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long word = (long) LONG.get(bytes, i);
      a = mix(a ^ word, FACTOR);
      b = mix(b + word, FACTOR_2);
    }
    long tail = 0;
    for (; i < to; i++) tail = (tail << 8) | (bytes[i] & 0xff);
    first = mix(a ^ tail, FACTOR);
    second = mix(b + tail, FACTOR_2);
  }

  /** Takes in a fingerprint; the order of several makes a difference. */
  void add(long otherFirst, long otherSecond) {
    first = mix(first ^ otherFirst, FACTOR);
    second = mix(second + otherSecond, FACTOR_2);
  }

  private static long mix(long x, long factor) {
    return (x * factor) ^ (Math.unsignedMultiplyHigh(x, factor) + factor);
  }
}
