package io.oriel.metrics.head;

import io.oriel.model.SampleColumns;

/**
 * How an open chunk's samples lie in its words: one after another, each as bits that depend on the
 * samples before, so that one more can be added at any time. Times by the difference of
 * differences, values by the difference in bits (as Gorilla has it). Format:
 * docs/formats/checkpoint.md, since a checkpoint keeps open chunks as they are.
 */
final class OpenBits {
  /** The longest that one sample takes: 3 + 64 bits of time, 2 + 11 + 64 bits of value. */
  static final int MOST_BITS_A_SAMPLE = 144;

  private static final int SHORT_BITS = 10; // half a second of jitter either way
  private static final int LONG_BITS = 24; // four and a half hours
  private static final int WINDOW_BITS = 11; // 5 of leading zeros, 6 of the length less one

  private OpenBits() {}

  /** Reads samples from a copy of the words and adds those within the bounds. */
  static void decode(long[] words, int count, long fromMs, long toMs, SampleColumns into) {
    long time = words[0];
    long value = words[1];
    long delta = 0;
    int leading = 0;
    int length = 0;
    int at = 128;
    add(time, value, fromMs, toMs, into);
    for (int i = 1; i < count; i++) {
      long head = get(words, at);
      int size;
      if ((head & 1) == 0) {
        size = 1;
      } else if ((head & 2) == 0) {
        size = 2 + SHORT_BITS;
        delta += head << (64 - size) >> (64 - SHORT_BITS);
      } else if ((head & 4) == 0) {
        size = 3 + LONG_BITS;
        delta += head << (64 - size) >> (64 - LONG_BITS);
      } else {
        size = 3 + 64;
        delta += get(words, at + 3);
      }
      at += size;
      time += delta;
      head = get(words, at);
      if ((head & 1) == 0) {
        at++;
      } else {
        if ((head & 2) != 0) {
          leading = (int) (head >>> 2) & 31;
          length = ((int) (head >>> 7) & 63) + 1;
          at += WINDOW_BITS;
        }
        at += 2;
        value ^= (get(words, at) & (-1L >>> (64 - length))) << (64 - leading - length);
        at += length;
      }
      add(time, value, fromMs, toMs, into);
    }
  }

  private static void add(long time, long value, long fromMs, long toMs, SampleColumns into) {
    if (time >= fromMs && time <= toMs) into.add(time, Double.longBitsToDouble(value));
  }

  /** The 64 bits that begin at a place; the array goes on for a word. */
  private static long get(long[] words, int at) {
    int word = at >>> 6;
    int bit = at & 63;
    return bit == 0 ? words[word] : words[word] >>> bit | words[word + 1] << (64 - bit);
  }

  /** Adds one more sample to a series' open chunk, which has begun and has room. */
  static void append(SeriesPage page, int slot, Cells cells, long time, long value) {
    long delta = time - page.lastTime[slot];
    putTime(page, slot, cells, delta - page.lastDelta[slot]);
    putValue(page, slot, cells, value ^ page.lastBits[slot]);
    page.lastDelta[slot] = delta;
    page.lastTime[slot] = time;
    page.lastBits[slot] = value;
    page.count[slot]++;
  }

  private static void putTime(SeriesPage page, int slot, Cells cells, long change) {
    if (change == 0) {
      put(page, slot, cells, 0, 1);
    } else if (fits(change, SHORT_BITS)) {
      put(page, slot, cells, 1 | change << 2, 2 + SHORT_BITS);
    } else if (fits(change, LONG_BITS)) {
      put(page, slot, cells, 3 | change << 3, 3 + LONG_BITS);
    } else {
      put(page, slot, cells, 7, 3);
      put(page, slot, cells, change, 64);
    }
  }

  private static boolean fits(long change, int bits) {
    return change << (64 - bits) >> (64 - bits) == change;
  }

  private static void putValue(SeriesPage page, int slot, Cells cells, long xor) {
    if (xor == 0) {
      put(page, slot, cells, 0, 1);
      return;
    }
    int ahead = Math.min(31, Long.numberOfLeadingZeros(xor));
    int behind = Long.numberOfTrailingZeros(xor);
    int needed = 64 - ahead - behind;
    int leading = page.leading[slot];
    int length = page.length[slot];
    boolean fits = length > 0 && ahead >= leading && behind >= 64 - leading - length;
    if (fits && length < needed + WINDOW_BITS) {
      put(page, slot, cells, 1, 2);
    } else {
      leading = ahead;
      length = needed;
      page.leading[slot] = (byte) leading;
      page.length[slot] = (byte) length;
      put(page, slot, cells, 3 | leading << 2 | (length - 1) << 7, 2 + WINDOW_BITS);
    }
    put(page, slot, cells, xor >>> (64 - leading - length), length);
  }

  /** Appends the lowest bits of a value; a new cell is chained where the last one is full. */
  private static void put(SeriesPage page, int slot, Cells cells, long value, int count) {
    int at = page.bits[slot];
    int bit = at & 63;
    int word = (at >>> 6) & (Cells.WORDS - 1);
    if (bit == 0 && word == 0) chain(page, slot, cells);
    value &= -1L >>> (64 - count);
    cells.or(page.lastCell[slot], word, value << bit);
    if (bit + count > 64) {
      if (++word == Cells.WORDS) {
        chain(page, slot, cells);
        word = 0;
      }
      cells.or(page.lastCell[slot], word, value >>> (64 - bit));
    }
    page.bits[slot] = (short) (at + count);
  }

  private static void chain(SeriesPage page, int slot, Cells cells) {
    int cell = cells.take();
    cells.setNext(page.lastCell[slot], cell);
    page.lastCell[slot] = cell;
  }

  /** Begins an open chunk with its first sample, whose time and value are kept whole. */
  static void begin(SeriesPage page, int slot, Cells cells, long time, long value) {
    int cell = cells.take();
    cells.set(cell, 0, time);
    cells.set(cell, 1, value);
    page.firstCell[slot] = cell;
    page.lastCell[slot] = cell;
    page.bits[slot] = 128;
    page.count[slot] = 1;
    page.leading[slot] = 0;
    page.length[slot] = 0;
    page.lastTime[slot] = time;
    page.lastDelta[slot] = 0;
    page.lastBits[slot] = value;
  }
}
