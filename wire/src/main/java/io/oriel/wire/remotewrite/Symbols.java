package io.oriel.wire.remotewrite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.wire.protobuf.FieldWriter;
import java.util.Arrays;

/**
 * The table of texts of a 2.0 request: each text once, the empty one first. Its room is kept for
 * the next request. One thread.
 */
final class Symbols {
  private final LabelHash hash = new LabelHash();
  private int[] slots = new int[256]; // number of a text plus 1, 0 = free; at most half are taken
  private long[] hashes = new long[128];
  private int[] ends = new int[128]; // in the texts, by number
  private byte[] texts = new byte[4096];
  private int count;

  Symbols() {
    clear();
  }

  void clear() {
    Arrays.fill(slots, 0);
    count = 0;
    of(texts, 0, 0);
  }

  int count() {
    return count;
  }

  /** The number of a text, which is added where it is new. */
  int of(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return of(utf8, 0, utf8.length);
  }

  /** The number of a text in UTF-8. */
  int of(byte[] bytes, int from, int to) {
    hash.clear();
    hash.add(bytes, from, to);
    int slot = (int) hash.first & (slots.length - 1);
    for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
      int number = slots[slot] - 1;
      if (hashes[number] == hash.first
          && Arrays.equals(texts, start(number), ends[number], bytes, from, to)) return number;
    }
    return add(slot, bytes, from, to);
  }

  private int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  private int add(int slot, byte[] bytes, int from, int to) {
    int number = count++;
    if (number == ends.length) {
      ends = Arrays.copyOf(ends, 2 * number);
      hashes = Arrays.copyOf(hashes, 2 * number);
    }
    int begin = start(number);
    int end = begin + to - from;
    if (end > texts.length) texts = Arrays.copyOf(texts, Math.max(end, 2 * texts.length));
    System.arraycopy(bytes, from, texts, begin, to - from);
    ends[number] = end;
    hashes[number] = hash.first;
    slots[slot] = number + 1;
    if (2 * count > slots.length) widen();
    return number;
  }

  private void widen() {
    slots = new int[2 * slots.length];
    for (int number = 0; number < count; number++) {
      int slot = (int) hashes[number] & (slots.length - 1);
      while (slots[slot] != 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = number + 1;
    }
  }

  String text(int number) {
    return new String(texts, start(number), ends[number] - start(number), UTF_8);
  }

  void writeTo(FieldWriter request, int field) {
    for (int i = 0; i < count; i++) request.part(field, texts, start(i), ends[i]);
  }
}
