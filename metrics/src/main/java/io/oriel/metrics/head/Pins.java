package io.oriel.metrics.head;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** How often one writer holds which series: open addressing, at most half full. */
final class Pins {
  private static final int NONE = -1;

  private int[] ids = filled(32);
  private int[] counts = new int[32];
  private int size; // ids in the table, those with a count of 0 too

  private static int[] filled(int length) {
    int[] ids = new int[length];
    Arrays.fill(ids, NONE);
    return ids;
  }

  /** One more hold; true where it is the first. */
  boolean add(int id) {
    if ((size + 1) * 2 > ids.length) grow();
    int at = place(id);
    if (ids[at] == NONE) {
      ids[at] = id;
      size++;
    }
    return counts[at]++ == 0;
  }

  /** One hold less; true where it was the last. */
  boolean remove(int id) {
    int at = place(id);
    return ids[at] == id && counts[at] > 0 && --counts[at] == 0;
  }

  void forEach(IntConsumer consumer) {
    for (int at = 0; at < ids.length; at++) if (counts[at] > 0) consumer.accept(ids[at]);
  }

  private int place(int id) {
    int mask = ids.length - 1;
    int at = ((id * 0x9e3779b9) >>> 7) & mask;
    while (ids[at] != NONE && ids[at] != id) at = (at + 1) & mask;
    return at;
  }

  private void grow() {
    int[] oldIds = ids;
    int[] oldCounts = counts;
    int held = 0;
    for (int count : oldCounts) if (count > 0) held++;
    int length = Math.max(32, Integer.highestOneBit(held + 1) * 4);
    ids = filled(length);
    counts = new int[length];
    size = held;
    for (int i = 0; i < oldIds.length; i++) {
      if (oldCounts[i] == 0) continue;
      int at = place(oldIds[i]);
      ids[at] = oldIds[i];
      counts[at] = oldCounts[i];
    }
  }
}
