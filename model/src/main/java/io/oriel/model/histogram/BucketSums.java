package io.oriel.model.histogram;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One side of a sum of histograms: buckets by rising index, each with a compensated count (what
 * rounding cuts off is carried along). Where the summands have the same buckets, adding allocates
 * nothing and moves nothing.
 */
final class BucketSums {
  private int[] indexes = new int[0];
  private double[] counts = new double[0];
  private double[] rests = new double[0];
  private int size;

  void set(Buckets buckets) {
    size = 0;
    ensure(buckets.size());
    size = buckets.size();
    System.arraycopy(buckets.indexes(), 0, indexes, 0, size);
    System.arraycopy(buckets.counts(), 0, counts, 0, size);
    Arrays.fill(rests, 0, size, 0);
  }

  /** Appends a bucket beyond all others. */
  void append(int index, double count) {
    ensure(size + 1);
    indexes[size] = index;
    counts[size] = count;
    rests[size++] = 0;
  }

  /**
   * Adds buckets, from one of them on.
   *
   * @param map where each goes
   * @param sign 1 to add, -1 to subtract
   */
  void add(Buckets other, int from, IndexMap map, double sign) {
    makeRoom(other, from, map);
    int at = 0;
    for (int i = from; i < other.size(); i++) {
      int index = map.of(other.indexes()[i]);
      while (indexes[at] < index) at++;
      add(at, sign * other.counts()[i]);
    }
  }

  private void add(int at, double value) {
    double before = counts[at];
    double next = before + value;
    rests[at] = Double.isInfinite(next) ? 0 : rests[at] + lost(before, value, next);
    counts[at] = next;
  }

  /** What rounding cuts off when a value is added to a sum. */
  static double lost(double sum, double value, double next) {
    return Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
  }

  /** Puts in empty buckets where the other has one that is not here. */
  private void makeRoom(Buckets other, int from, IndexMap map) {
    int missing = missing(other, from, map);
    if (missing == 0) return;
    ensure(size + missing);
    int mine = size - 1;
    int into = size + missing - 1;
    for (int i = other.size() - 1; i >= from && into > mine; i--) {
      int index = map.of(other.indexes()[i]);
      while (mine >= 0 && indexes[mine] > index) move(mine--, into--);
      boolean here = mine >= 0 && indexes[mine] == index;
      boolean again = into + 1 < size + missing && indexes[into + 1] == index;
      if (here || again) continue;
      indexes[into] = index;
      counts[into] = 0;
      rests[into--] = 0;
    }
    size += missing;
  }

  private int missing(Buckets other, int from, IndexMap map) {
    int missing = 0;
    int at = 0;
    int last = 0;
    for (int i = from; i < other.size(); i++) {
      int index = map.of(other.indexes()[i]);
      if (i > from && index == last) continue;
      last = index;
      while (at < size && indexes[at] < index) at++;
      if (at == size || indexes[at] != index) missing++;
    }
    return missing;
  }

  private void move(int from, int to) {
    indexes[to] = indexes[from];
    counts[to] = counts[from];
    rests[to] = rests[from];
  }

  private void ensure(int capacity) {
    if (capacity <= indexes.length) return;
    int grown = capacity + (capacity >> 1) + 4;
    indexes = Arrays.copyOf(indexes, grown);
    counts = Arrays.copyOf(counts, grown);
    rests = Arrays.copyOf(rests, grown);
  }

  /** Gives each bucket another index, joining those that meet; the order stays. */
  void regroup(IndexMap map) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      int index = map.of(indexes[i]);
      if (kept > 0 && indexes[kept - 1] == index) {
        double rest = rests[i];
        add(kept - 1, counts[i]);
        add(kept - 1, rest);
        continue;
      }
      move(i, kept);
      indexes[kept++] = index;
    }
    size = kept;
  }

  int size() {
    return size;
  }

  int index(int at) {
    return indexes[at];
  }

  double count(int at) {
    return counts[at];
  }

  double rest(int at) {
    return rests[at];
  }

  /** Takes away the first buckets. */
  void dropFirst(int count) {
    if (count == 0) return;
    for (int i = count; i < size; i++) move(i, i - count);
    size -= count;
  }

  void scale(double factor) {
    for (int i = 0; i < size; i++) {
      counts[i] *= factor;
      rests[i] *= factor;
    }
  }

  void divide(double divisor) {
    for (int i = 0; i < size; i++) {
      counts[i] /= divisor;
      rests[i] /= divisor;
    }
  }

  void clear() {
    size = 0;
  }

  /** What has come together; buckets that hold nothing are left out. */
  Buckets result() {
    int filled = 0;
    for (int i = 0; i < size; i++) if (exact(i) != 0) filled++;
    if (filled == 0) return Buckets.NONE;
    var resultIndexes = new int[filled];
    var resultCounts = new double[filled];
    int at = 0;
    for (int i = 0; i < size; i++) {
      double count = exact(i);
      if (count == 0) continue;
      resultIndexes[at] = indexes[i];
      resultCounts[at++] = count;
    }
    return new Buckets(resultIndexes, resultCounts);
  }

  private double exact(int at) {
    return counts[at] + rests[at];
  }

  /** Where a bucket goes: its own place, that of a coarser schema, or one by a table. */
  static final class IndexMap {
    static final IndexMap SAME = new IndexMap(0, null);
    private static final IndexMap[] COARSER = new IndexMap[32];

    static {
      for (int i = 0; i < COARSER.length; i++) COARSER[i] = new IndexMap(i, null);
    }

    private final int steps;
    private final int @Nullable [] table;

    private IndexMap(int steps, int @Nullable [] table) {
      this.steps = steps;
      this.table = table;
    }

    static IndexMap coarserBy(int steps) {
      return COARSER[steps];
    }

    static IndexMap by(int[] table) {
      return new IndexMap(0, table);
    }

    int of(int index) {
      if (table != null) return table[Math.min(index, table.length - 1)];
      return steps == 0 ? index : BucketBounds.coarser(index, steps);
    }
  }
}
