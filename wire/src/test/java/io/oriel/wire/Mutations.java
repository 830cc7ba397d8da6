package io.oriel.wire;

import java.util.Arrays;
import java.util.Random;

/** Bytes that nobody would send, made of good ones: for the fuzzers of this module's parsers. */
public final class Mutations {
  private static final int LONGEST_NOISE = 200;

  private Mutations() {}

  public static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(LONGEST_NOISE)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Bytes changed, bits flipped, pieces repeated, the end cut off: one to four of these. */
  public static byte[] mutated(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(5)) {
        case 0 -> changed[at] = (byte) random.nextInt();
        case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> changed[at] = (byte) 0xff; // lengths grow huge
        case 3 -> changed = Arrays.copyOf(changed, at + 1);
        default -> { // a piece once more, within the whole
          int length = Math.min(changed.length - at, random.nextInt(30));
          int to = random.nextInt(changed.length - length + 1);
          System.arraycopy(changed, at, changed, to, length);
        }
      }
    }
    return changed;
  }
}
