package io.oriel.storage.index;

/** Numbers in as few bytes as they need: seven bits a byte, low ones first, the top bit goes on. */
final class Varints {
  static final int MAX_BYTES = 5;

  private Varints() {}

  static int put(byte[] into, int at, int value) {
    while ((value & ~0x7f) != 0) {
      into[at++] = (byte) (value | 0x80);
      value >>>= 7;
    }
    into[at++] = (byte) value;
    return at;
  }

  static int get(byte[] from, int at) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = from[at++];
      value |= (b & 0x7f) << shift;
      if (b >= 0) return value;
    }
  }

  /** How many bytes {@link #put} takes for a value. */
  static int length(int value) {
    int n = 1;
    while ((value & ~0x7f) != 0) {
      value >>>= 7;
      n++;
    }
    return n;
  }
}
