package io.oriel.storage.index;

import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** What {@link Matching} asks of an index, whatever its form. Pairs are known by number. */
interface PairSource {
  /** All series; the bitmap is the caller's. */
  RoaringBitmap all();

  /** The number of a pair, -1 where no series has it. */
  int pair(String name, String value);

  /** The pairs of a name whose values may begin so: none is missing, some may be too many. */
  int[] pairs(String name, String prefix);

  /** The values of some pairs. */
  void values(int[] pairs, int from, int count, String[] out);

  /** Adds the series of some pairs to a bitmap. */
  void addSeries(int[] pairs, int from, int count, RoaringBitmap into);

  /** Whether any series of a pair is among these. */
  boolean touches(int pair, RoaringBitmap series);

  /** The pair of that name which a series has, -1 where it has none. */
  int pairOf(int series, String name);

  /**
   * What is known of regular expressions already; null where the source keeps nothing of the kind.
   * One that does gives all pairs of a name, whatever the prefix.
   */
  default @Nullable Verdicts verdicts() {
    return null;
  }
}
