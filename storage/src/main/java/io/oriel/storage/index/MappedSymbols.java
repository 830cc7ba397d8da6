package io.oriel.storage.index;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** A symbol table in a file: strings in the order of their bytes, found by halving. */
final class MappedSymbols {
  private final MemorySegment offsets;
  private final MemorySegment bytes;
  private final int size;

  MappedSymbols(MemorySegment offsets, MemorySegment bytes, int size) {
    this.offsets = offsets;
    this.bytes = bytes;
    this.size = size;
  }

  private long offset(int symbol) {
    return Integer.toUnsignedLong(offsets.get(IndexFormat.INT_LE, 4L * symbol));
  }

  /** Checked before anything of that length is allocated. */
  private int length(int symbol, long from) {
    long length = offset(symbol + 1) - from;
    if (length < 0 || from + length > bytes.byteSize() || length > Integer.MAX_VALUE) {
      throw new IllegalStateException("a symbol of the label index is damaged");
    }
    return (int) length;
  }

  String text(int symbol) {
    long from = offset(symbol);
    int length = length(symbol, from);
    byte[] text = new byte[length];
    MemorySegment.copy(bytes, JAVA_BYTE, from, text, 0, length);
    return Utf8.decode(text, 0, length);
  }

  /** The number of a string, -1 where it is not in the table. */
  int idOf(String text) {
    byte[] wanted = Utf8.encode(text);
    int at = firstNotBelow(wanted, false);
    return at < size && compare(at, wanted, false) == 0 ? at : -1;
  }

  /** The first symbol that is not before all those that begin so. */
  int firstWith(String prefix) {
    return firstNotBelow(Utf8.encode(prefix), false);
  }

  /** The first symbol that is behind all those that begin so. */
  int firstBehind(String prefix) {
    return firstNotBelow(Utf8.encode(prefix), true);
  }

  /**
   * @param asPrefix whether what begins with the wanted bytes counts as below
   */
  private int firstNotBelow(byte[] wanted, boolean asPrefix) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = compare(middle, wanted, asPrefix);
      if (order < 0 || (asPrefix && order == 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private int compare(int symbol, byte[] wanted, boolean asPrefix) {
    long from = offset(symbol);
    int length = length(symbol, from);
    int n = Math.min(length, wanted.length);
    for (int i = 0; i < n; i++) {
      int order = (bytes.get(JAVA_BYTE, from + i) & 0xff) - (wanted[i] & 0xff);
      if (order != 0) return order;
    }
    return asPrefix && length > n ? 0 : length - wanted.length;
  }
}
