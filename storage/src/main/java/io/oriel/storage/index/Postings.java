package io.oriel.storage.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The series of each label pair, in memory. Most pairs have one series or a handful, so: one stands
 * in an array of numbers, a handful in a small sorted array, more in a bitmap. Not thread-safe.
 */
final class Postings {
  private static final int NONE = -1;
  private static final int MANY = -2; // see the other column
  private static final int HANDFUL = 32;

  private int[] single = new int[64];
  private @Nullable Object[] many = new Object[64]; // null, int[] (count first) or RoaringBitmap
  private int size;

  /** Makes room for a further pair, which has no series yet. */
  void addPair() {
    if (size == single.length) {
      single = Arrays.copyOf(single, size + (size >> 1));
      many = Arrays.copyOf(many, single.length);
    }
    single[size++] = NONE;
  }

  /** How many pairs there is room for. */
  int size() {
    return size;
  }

  boolean isEmpty(int pair) {
    return single[pair] == NONE;
  }

  /** How many series have the pair. */
  int count(int pair) {
    if (single[pair] >= 0) return 1;
    if (many[pair] instanceof int[] few) return few[0];
    return many[pair] instanceof RoaringBitmap bitmap ? bitmap.getCardinality() : 0;
  }

  void add(int pair, int series) {
    if (single[pair] == NONE) {
      single[pair] = series;
    } else if (single[pair] != MANY) {
      int first = single[pair];
      if (first == series) return;
      single[pair] = MANY;
      many[pair] = new int[] {2, Math.min(first, series), Math.max(first, series)};
    } else if (many[pair] instanceof int[] few) {
      many[pair] = withOneMore(few, series);
    } else if (many[pair] instanceof RoaringBitmap bitmap) {
      bitmap.add(series);
    }
  }

  private static Object withOneMore(int[] few, int series) {
    int count = few[0];
    int at = Arrays.binarySearch(few, 1, 1 + count, series);
    if (at >= 0) return few;
    if (count == HANDFUL) {
      RoaringBitmap bitmap = bitmapOf(few);
      bitmap.add(series);
      return bitmap;
    }
    int[] into =
        count + 1 < few.length ? few : Arrays.copyOf(few, Math.min(2 * count, HANDFUL) + 1);
    int place = -at - 1;
    System.arraycopy(into, place, into, place + 1, count + 1 - place);
    into[place] = series;
    into[0] = count + 1;
    return into;
  }

  private static RoaringBitmap bitmapOf(int[] few) {
    var bitmap = new RoaringBitmap();
    for (int i = 1; i <= few[0]; i++) bitmap.add(few[i]);
    return bitmap;
  }

  void remove(int pair, int series) {
    if (single[pair] == series) {
      single[pair] = NONE;
    } else if (many[pair] instanceof int[] few) {
      removeFrom(few, series);
      if (few[0] == 0) forget(pair);
    } else if (many[pair] instanceof RoaringBitmap bitmap) {
      bitmap.remove(series);
      if (bitmap.isEmpty()) forget(pair);
    }
  }

  private static void removeFrom(int[] few, int series) {
    int at = Arrays.binarySearch(few, 1, 1 + few[0], series);
    if (at < 0) return;
    System.arraycopy(few, at + 1, few, at, few[0] - at);
    few[0]--;
  }

  private void forget(int pair) {
    single[pair] = NONE;
    many[pair] = null;
  }

  /** Adds the pair's series to a bitmap. */
  void addTo(int pair, RoaringBitmap into) {
    if (single[pair] >= 0) {
      into.add(single[pair]);
    } else if (many[pair] instanceof int[] few) {
      for (int i = 1; i <= few[0]; i++) into.add(few[i]);
    } else if (many[pair] instanceof RoaringBitmap bitmap) {
      into.or(bitmap);
    }
  }

  /** Whether any series of the pair is among these. */
  boolean intersects(int pair, RoaringBitmap series) {
    if (single[pair] >= 0) return series.contains(single[pair]);
    if (many[pair] instanceof RoaringBitmap bitmap) return RoaringBitmap.intersects(bitmap, series);
    if (many[pair] instanceof int[] few) {
      for (int i = 1; i <= few[0]; i++) {
        if (series.contains(few[i])) return true;
      }
    }
    return false;
  }
}
