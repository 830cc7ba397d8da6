package io.oriel.storage.testing;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/** A file's bytes as programs see them, and as the disk has them. */
final class FaultyContent {
  private static final int PAGE = 4096;
  private static final int SECTOR = 512; // a page may be torn between these

  private byte[] now = new byte[0];
  private byte[] durable = new byte[0];
  private final BitSet unsynced = new BitSet(); // pages
  private int shortest = Integer.MAX_VALUE; // length since the last sync

  int size() {
    return now.length;
  }

  byte[] copy() {
    return now.clone();
  }

  void write(byte[] bytes, int at) {
    int end = at + bytes.length;
    if (end > now.length) now = Arrays.copyOf(now, end);
    System.arraycopy(bytes, 0, now, at, bytes.length);
    unsynced.set(at / PAGE, (end - 1) / PAGE + 1);
  }

  void truncate(int size) {
    if (size < now.length) now = Arrays.copyOf(now, size);
    shortest = Math.min(shortest, size);
  }

  /** Writes what counts as not written; pages that a failed sync dropped are not among that. */
  void force() {
    byte[] before = Arrays.copyOf(durable, Math.min(durable.length, shortest));
    durable = Arrays.copyOf(before, now.length);
    for (int page = unsynced.nextSetBit(0); page >= 0; page = unsynced.nextSetBit(page + 1)) {
      int from = page * PAGE;
      int to = Math.min(from + PAGE, now.length);
      if (to > from) System.arraycopy(now, from, durable, from, to - from);
    }
    unsynced.clear();
    shortest = Integer.MAX_VALUE;
  }

  /**
   * What a failed sync does on Linux: the pages count as written, are read as they are, and are not
   * on disk.
   */
  void dropUnsynced() {
    unsynced.clear();
  }

  /**
   * Each page that was not synced is there, or not, or in part; and the length is anything between.
   */
  void losePower(Random random) {
    int shorter = Math.min(durable.length, now.length);
    int longer = Math.max(durable.length, now.length);
    int size = shorter + (longer > shorter ? random.nextInt(longer - shorter + 1) : 0);
    byte[] after = Arrays.copyOf(durable, size);
    for (int page = unsynced.nextSetBit(0); page >= 0; page = unsynced.nextSetBit(page + 1)) {
      int from = page * PAGE;
      int kept =
          switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> PAGE;
            default -> SECTOR * random.nextInt(PAGE / SECTOR);
          };
      int to = Math.min(Math.min(from + kept, size), now.length);
      if (to > from) System.arraycopy(now, from, after, from, to - from);
    }
    now = after;
    durable = after.clone();
    unsynced.clear();
    shortest = Integer.MAX_VALUE;
  }
}
