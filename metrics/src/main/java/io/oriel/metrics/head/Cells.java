package io.oriel.metrics.head;

import java.util.Arrays;

/**
 * Room for the open chunks of one shard: cells of 64 bytes that are chained, given out and taken
 * back. Cells lie in pages that never move, so that a reader may copy while the owner goes on.
 */
final class Cells {
  static final int WORDS = 8;
  static final int NONE = -1;
  private static final int PAGE_CELLS = 256;
  private static final int PAGE_BITS = 8;

  private volatile long[][] words = new long[0][];
  private volatile int[][] next = new int[0][];
  private int used; // cells that were ever given out
  private int free = NONE; // the first of those that were given back
  private int live;

  /** A cell that belongs to nobody, its words zero. */
  int take() {
    live++;
    int cell = free;
    if (cell == NONE) {
      if (used == words.length * PAGE_CELLS) grow();
      cell = used++;
    } else {
      free = next(cell);
      int from = (cell & (PAGE_CELLS - 1)) * WORDS;
      Arrays.fill(words[cell >>> PAGE_BITS], from, from + WORDS, 0);
    }
    setNext(cell, NONE);
    return cell;
  }

  /** Gives a chain of cells back. */
  void giveBack(int first) {
    for (int cell = first; cell != NONE; ) {
      int after = next(cell);
      setNext(cell, free);
      free = cell;
      cell = after;
      live--;
    }
  }

  private void grow() {
    long[][] more = Arrays.copyOf(words, words.length + 1);
    more[words.length] = new long[PAGE_CELLS * WORDS];
    int[][] links = Arrays.copyOf(next, next.length + 1);
    links[next.length] = new int[PAGE_CELLS];
    next = links;
    words = more;
  }

  int next(int cell) {
    return next[cell >>> PAGE_BITS][cell & (PAGE_CELLS - 1)];
  }

  void setNext(int cell, int after) {
    next[cell >>> PAGE_BITS][cell & (PAGE_CELLS - 1)] = after;
  }

  /** Puts bits into a word of a cell that holds zeros there. */
  void or(int cell, int word, long bits) {
    words[cell >>> PAGE_BITS][(cell & (PAGE_CELLS - 1)) * WORDS + word] |= bits;
  }

  void set(int cell, int word, long bits) {
    words[cell >>> PAGE_BITS][(cell & (PAGE_CELLS - 1)) * WORDS + word] = bits;
  }

  /**
   * Copies a chain. A chain that changes meanwhile gives rubbish, never an endless loop or an
   * exception: the caller finds out by the series' version.
   */
  void copy(int first, int count, long[] into) {
    int cell = first;
    for (int i = 0; i < count && cell >= 0; i++) {
      long[][] pages = words;
      if (cell >>> PAGE_BITS >= pages.length) return;
      int from = (cell & (PAGE_CELLS - 1)) * WORDS;
      System.arraycopy(pages[cell >>> PAGE_BITS], from, into, i * WORDS, WORDS);
      cell = next(cell);
    }
  }

  /** Cells in use. */
  int live() {
    return live;
  }

  long bytes() {
    return (long) words.length * PAGE_CELLS * (WORDS * Long.BYTES + Integer.BYTES);
  }
}
