package io.oriel.metrics.head;

import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.ColumnWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One native histogram as bytes, in the log and in an open chunk: whole, or where it fills the same
 * buckets as the one before it, by what was added to each. Whole numbers take a byte or two, others
 * nine. Format: docs/formats/metric-wal.md.
 */
final class HistogramBytes {
  private static final int WHOLE = 1;
  private static final int ADDED = 2;
  private static final int HINT_SHIFT = 2;
  private static final long LARGEST = 1L << 53; // whole numbers up to here are exact doubles
  private static final int BITS_FOLLOW = 1; // no whole number: they are even
  private static final int MOST_BYTES_A_BUCKET = 5 + 9; // index and count

  private HistogramBytes() {}

  /**
   * @param before the one before in the same chunk; null where there is none
   */
  static void put(Histogram now, @Nullable Histogram before, ColumnWriter out) {
    int hint = now.reset().ordinal() << HINT_SHIFT;
    if (before != null && fillsSame(now, before)) {
      out.putByte(ADDED | hint);
      putNumbers(now, before, out);
    } else {
      out.putByte(WHOLE | hint);
      out.putSigned(now.schema());
      putNumber(now.zeroThreshold(), 0, out);
      out.putVarint(now.customBounds().length);
      for (double bound : now.customBounds()) putNumber(bound, 0, out);
      putIndexes(now.positive().indexes(), out);
      putIndexes(now.negative().indexes(), out);
      putNumbers(now, Histogram.EMPTY, out);
    }
  }

  private static boolean fillsSame(Histogram now, Histogram before) {
    return now.hasLayoutOf(before)
        && Arrays.equals(now.positive().indexes(), before.positive().indexes())
        && Arrays.equals(now.negative().indexes(), before.negative().indexes());
  }

  private static void putIndexes(int[] indexes, ColumnWriter out) {
    out.putVarint(indexes.length);
    long before = 0;
    for (int index : indexes) {
      out.putSigned(index - before);
      before = index;
    }
  }

  private static void putNumbers(Histogram now, Histogram before, ColumnWriter out) {
    putNumber(now.count(), before.count(), out);
    putNumber(now.sum(), before.sum(), out);
    putNumber(now.zeroCount(), before.zeroCount(), out);
    putCounts(now.positive(), before.positive(), out);
    putCounts(now.negative(), before.negative(), out);
  }

  private static void putCounts(Buckets now, Buckets before, ColumnWriter out) {
    for (int i = 0; i < now.size(); i++) {
      putNumber(now.counts()[i], before.isEmpty() ? 0 : before.counts()[i], out);
    }
  }

  /** The difference where both are whole numbers, else all bits. */
  private static void putNumber(double now, double before, ColumnWriter out) {
    if (isWhole(now) && isWhole(before)) {
      long added = (long) now - (long) before;
      out.putVarint(((added << 1) ^ (added >> 63)) << 1);
    } else {
      out.putByte(BITS_FOLLOW);
      out.putLong(Double.doubleToRawLongBits(now));
    }
  }

  private static boolean isWhole(double value) {
    double back = (long) value;
    return Math.abs(back) <= LARGEST
        && Double.doubleToRawLongBits(back) == Double.doubleToRawLongBits(value);
  }

  /** Reads what {@link #put} wrote. */
  static Histogram get(ColumnReader in, @Nullable Histogram before) {
    int head = in.readByte();
    CounterReset hint = CounterReset.values()[head >>> HINT_SHIFT & 3];
    int kind = head & 3;
    if (kind == WHOLE) return whole(in, hint);
    if (kind == ADDED && before != null) return added(in, before, hint);
    throw new IndexOutOfBoundsException("a histogram of the kind " + head);
  }

  private static Histogram whole(ColumnReader in, CounterReset hint) {
    int schema = (int) in.readSigned();
    double threshold = number(in, 0);
    double[] bounds = new double[count(in)];
    for (int i = 0; i < bounds.length; i++) bounds[i] = number(in, 0);
    Buckets positive = indexes(in);
    Buckets negative = indexes(in);
    var layout =
        new Histogram(schema, 0, 0, threshold, 0, positive, negative, bounds, CounterReset.UNKNOWN);
    return added(in, layout, hint);
  }

  private static int count(ColumnReader in) {
    return StringsIn.count(in, Integer.MAX_VALUE / MOST_BYTES_A_BUCKET);
  }

  private static Buckets indexes(ColumnReader in) {
    int[] indexes = new int[count(in)];
    long index = 0;
    for (int i = 0; i < indexes.length; i++) indexes[i] = (int) (index += in.readSigned());
    return indexes.length == 0 ? Buckets.NONE : new Buckets(indexes, new double[indexes.length]);
  }

  private static Histogram added(ColumnReader in, Histogram before, CounterReset hint) {
    double count = number(in, before.count());
    double sum = number(in, before.sum());
    double zeroCount = number(in, before.zeroCount());
    return new Histogram(
        before.schema(),
        count,
        sum,
        before.zeroThreshold(),
        zeroCount,
        counts(in, before.positive()),
        counts(in, before.negative()),
        before.customBounds(),
        hint);
  }

  private static Buckets counts(ColumnReader in, Buckets before) {
    if (before.isEmpty()) return Buckets.NONE;
    double[] counts = new double[before.size()];
    for (int i = 0; i < counts.length; i++) counts[i] = number(in, before.counts()[i]);
    return new Buckets(before.indexes(), counts);
  }

  private static double number(ColumnReader in, double before) {
    long head = in.readVarint();
    if (head == BITS_FOLLOW) return Double.longBitsToDouble(in.readLong());
    long added = head >>> 1;
    return (long) before + ((added >>> 1) ^ -(added & 1));
  }
}
