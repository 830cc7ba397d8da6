package io.oriel.metrics.block;

import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.histogram.Buckets;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.ColumnWriter;
import io.oriel.storage.column.Deltas;
import io.oriel.storage.column.DoubleColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Native histograms of one layout as columns: what they have in common once, then a column for
 * count, sum and zero bucket, and one for each bucket that any of them fills. A bucket grows evenly
 * or not at all, so its column is small. Stale markers may lie between them.
 *
 * <p>An encoder is reused and not thread-safe; decoding is static. Format:
 * docs/formats/metric-block.md.
 */
final class HistogramColumns {
  private static final int MOST_CELLS = 1 << 18; // buckets times samples: 2 MiB while at work
  private static final CounterReset[] HINTS = CounterReset.values();

  private final Deltas wholes = new Deltas();
  private final DoubleColumn doubles = new DoubleColumn();

  /** Whether a sample can stand in a chunk of histograms of that layout. */
  static boolean goesOn(@Nullable Histogram layout, SampleColumns samples, int sample) {
    Histogram now = samples.histogram(sample);
    if (now != null) return layout != null && now.hasLayoutOf(layout);
    return layout == null || Stale.isMarker(samples.values[sample]);
  }

  /** Whether the samples can be one chunk without much memory; a single one always can. */
  static boolean isSmall(SampleColumns samples, int from, int count) {
    if (count == 1) return true;
    int buckets =
        union(samples, from, count, true).length + union(samples, from, count, false).length;
    return (long) buckets * count <= MOST_CELLS;
  }

  /** Writes samples, of which the first is a histogram. */
  void encode(SampleColumns samples, int from, int count, ColumnWriter out) {
    Histogram[] all = histograms(samples, from, count);
    Histogram first = all[0];
    out.putSigned(first.schema());
    out.putVarint(Long.reverse(Double.doubleToRawLongBits(first.zeroThreshold())));
    out.putVarint(first.customBounds().length);
    if (first.customBounds().length > 0) {
      doubles.encode(first.customBounds(), 0, first.customBounds().length, out);
    }
    putMarkers(samples, from, count, count - all.length, out);
    long[] hints = new long[all.length];
    double[] column = new double[all.length];
    for (int i = 0; i < all.length; i++) hints[i] = all[i].reset().ordinal();
    wholes.encode(hints, 0, all.length, out);
    for (int i = 0; i < all.length; i++) column[i] = all[i].count();
    doubles.encode(column, 0, all.length, out);
    for (int i = 0; i < all.length; i++) column[i] = all[i].sum();
    doubles.encode(column, 0, all.length, out);
    for (int i = 0; i < all.length; i++) column[i] = all[i].zeroCount();
    doubles.encode(column, 0, all.length, out);
    putSide(all, union(samples, from, count, true), true, out);
    putSide(all, union(samples, from, count, false), false, out);
  }

  private static Histogram[] histograms(SampleColumns samples, int from, int count) {
    var all = new Histogram[count];
    int size = 0;
    for (int i = from; i < from + count; i++) {
      Histogram each = samples.histogram(i);
      if (each != null) all[size++] = each;
    }
    return Arrays.copyOf(all, size);
  }

  private static void putMarkers(
      SampleColumns samples, int from, int count, int markers, ColumnWriter out) {
    out.putVarint(markers);
    int last = -1;
    for (int i = 0; i < count && markers > 0; i++) {
      if (samples.histogram(from + i) != null) continue;
      out.putVarint(i - last - 1);
      last = i;
    }
  }

  /** Every bucket that one of the histograms fills, rising. */
  private static int[] union(SampleColumns samples, int from, int count, boolean positive) {
    int[] union = new int[0];
    for (int i = from; i < from + count; i++) {
      Histogram each = samples.histogram(i);
      if (each == null) continue;
      int[] indexes = (positive ? each.positive() : each.negative()).indexes();
      if (!holdsAll(union, indexes)) union = merged(union, indexes);
    }
    return union;
  }

  private static boolean holdsAll(int[] union, int[] indexes) {
    int at = 0;
    for (int index : indexes) {
      while (at < union.length && union[at] < index) at++;
      if (at == union.length || union[at] != index) return false;
    }
    return true;
  }

  private static int[] merged(int[] a, int[] b) {
    int[] all = new int[a.length + b.length];
    int size = 0;
    for (int i = 0, j = 0; i < a.length || j < b.length; ) {
      int next = j == b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
      if (i < a.length && a[i] == next) i++;
      if (j < b.length && b[j] == next) j++;
      all[size++] = next;
    }
    return Arrays.copyOf(all, size);
  }

  private void putSide(Histogram[] all, int[] union, boolean positive, ColumnWriter out) {
    out.putVarint(union.length);
    if (union.length == 0) return;
    long[] indexes = new long[union.length];
    for (int i = 0; i < union.length; i++) indexes[i] = union[i];
    wholes.encode(indexes, 0, indexes.length, out);
    double[] cells = new double[union.length * all.length];
    for (int i = 0; i < all.length; i++) {
      Buckets side = positive ? all[i].positive() : all[i].negative();
      int bucket = 0;
      for (int b = 0; b < side.size(); b++) {
        while (union[bucket] != side.indexes()[b]) bucket++;
        cells[bucket * all.length + i] = side.counts()[b];
      }
    }
    for (int b = 0; b < union.length; b++) {
      doubles.encode(cells, b * all.length, all.length, out);
    }
  }

  /** Reads them back into columns whose times are there and which have room; size is not moved. */
  static void decode(ColumnReader in, int count, SampleColumns into, int start) {
    int schema = (int) in.readSigned();
    double zeroThreshold = Double.longBitsToDouble(Long.reverse(in.readVarint()));
    double[] bounds = new double[count(in, in.remaining())];
    if (bounds.length > 0) DoubleColumn.decode(in, bounds.length, bounds, 0);
    int markers = count(in, count - 1);
    int[] rows = rows(in, count, markers);
    long[] hints = new long[rows.length];
    Deltas.decode(in, rows.length, hints, 0);
    double[] counts = column(in, rows.length);
    double[] sums = column(in, rows.length);
    double[] zeros = column(in, rows.length);
    Side positive = Side.read(in, rows.length);
    Side negative = Side.read(in, rows.length);
    @Nullable Histogram[] out = into.withHistograms();
    Arrays.fill(out, start, start + count, null);
    Arrays.fill(into.values, start, start + count, Stale.MARKER);
    for (int i = 0; i < rows.length; i++) {
      into.values[start + rows[i]] = Double.NaN;
      out[start + rows[i]] =
          new Histogram(
              schema,
              counts[i],
              sums[i],
              zeroThreshold,
              zeros[i],
              positive.buckets(i, rows.length),
              negative.buckets(i, rows.length),
              bounds,
              HINTS[Math.toIntExact(hints[i]) & 3]);
    }
  }

  private static int count(ColumnReader in, long most) {
    long count = in.readVarint();
    if (count >= 0 && count <= most && count <= in.remaining()) return (int) count;
    throw new IndexOutOfBoundsException(count + " parts of histograms at " + in.position());
  }

  /** Which samples are histograms: all but the markers. */
  private static int[] rows(ColumnReader in, int count, int markers) {
    int[] rows = new int[count - markers];
    int size = 0;
    int sample = 0;
    for (int left = markers; left > 0; left--) {
      int gap = count(in, rows.length - size);
      while (gap-- > 0) rows[size++] = sample++;
      sample++;
    }
    while (size < rows.length) rows[size++] = sample++;
    return rows;
  }

  private static double[] column(ColumnReader in, int count) {
    double[] column = new double[count];
    DoubleColumn.decode(in, count, column, 0);
    return column;
  }

  /** The buckets of one side: a column each, one behind another. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Side(long[] indexes, double[] cells) {
    static Side read(ColumnReader in, int rows) {
      int buckets = count(in, rows == 1 ? in.remaining() : MOST_CELLS / rows);
      long[] indexes = new long[buckets];
      if (buckets > 0) Deltas.decode(in, buckets, indexes, 0);
      double[] cells = new double[buckets * rows];
      for (int b = 0; b < buckets; b++) DoubleColumn.decode(in, rows, cells, b * rows);
      return new Side(indexes, cells);
    }

    Buckets buckets(int row, int rows) {
      int filled = 0;
      for (int at = row; at < cells.length; at += rows) if (cells[at] != 0) filled++;
      if (filled == 0) return Buckets.NONE;
      int[] filledIndexes = new int[filled];
      double[] counts = new double[filled];
      int size = 0;
      for (int b = 0; b < indexes.length; b++) {
        double count = cells[b * rows + row];
        if (count == 0) continue;
        filledIndexes[size] = (int) indexes[b];
        counts[size++] = count;
      }
      return new Buckets(filledIndexes, counts);
    }
  }
}
