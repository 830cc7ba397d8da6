package io.oriel.metrics.block;

import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.Histogram;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.ColumnWriter;
import io.oriel.storage.column.Deltas;
import io.oriel.storage.column.DoubleColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A chunk as two columns: times, counted from the chunk's first, and values. The first byte of the
 * values says whether they are floats, or native histograms, and whether start times come first: a
 * chunk of plain floats has no byte more for it.
 *
 * <p>An encoder is reused and not thread-safe; reading is static, and of floats allocates nothing
 * but room in the target. Format: docs/formats/metric-block.md.
 */
public final class ChunkColumns {
  private static final int HISTOGRAMS = 16; // DoubleColumn's own kinds are below
  private static final int STARTS = 17; // a column of them; then the values

  private final Deltas times = new Deltas();
  private final DoubleColumn values = new DoubleColumn();
  private final HistogramColumns histograms = new HistogramColumns();
  private long[] offsets = new long[0];

  /** Takes samples that can be one chunk. */
  @FunctionalInterface
  public interface Parts {
    void chunk(int from, int count);
  }

  /**
   * Parts samples into chunks: floats or histograms of one layout, so many at most, and not so many
   * that it takes much memory to encode them.
   */
  public static void part(SampleColumns samples, int from, int to, int most, Parts parts) {
    for (int start = from; start < to; ) {
      int end = end(samples, start, to);
      int pieces = (end - start + most - 1) / most;
      if (pieces == 1 && !isSmall(samples, start, end - start)) pieces = 2;
      if (pieces == 1) parts.chunk(start, end - start);
      for (int piece = 0; piece < pieces && pieces > 1; piece++) {
        int first = start + (int) ((long) (end - start) * piece / pieces);
        int last = start + (int) ((long) (end - start) * (piece + 1) / pieces);
        part(samples, first, last, most, parts);
      }
      start = end;
    }
  }

  /** Where the chunk that begins with a sample must end at the latest, for what its samples are. */
  private static int end(SampleColumns samples, int from, int to) {
    if (samples.histograms == null) return to;
    Histogram layout = samples.histogram(from);
    int end = from + 1;
    while (end < to && HistogramColumns.goesOn(layout, samples, end)) end++;
    return end;
  }

  private static boolean isSmall(SampleColumns samples, int from, int count) {
    return samples.histogram(from) == null || HistogramColumns.isSmall(samples, from, count);
  }

  public void encodeTimes(SampleColumns samples, int from, int count, ColumnWriter out) {
    long first = samples.times[from];
    long[] column = offsets(count);
    for (int i = 0; i < count; i++) column[i] = samples.times[from + i] - first;
    times.encode(column, 0, count, out);
  }

  private long[] offsets(int count) {
    if (offsets.length < count) offsets = new long[Math.max(count, 256)];
    return offsets;
  }

  public void encodeValues(SampleColumns samples, int from, int count, ColumnWriter out) {
    if (hasStarts(samples, from, count)) encodeStarts(samples, from, count, out);
    if (samples.histogram(from) == null) {
      values.encode(samples.values, from, count, out);
    } else {
      out.putByte(HISTOGRAMS);
      histograms.encode(samples, from, count, out);
    }
  }

  private static boolean hasStarts(SampleColumns samples, int from, int count) {
    if (samples.starts == null) return false;
    for (int i = from; i < from + count; i++) {
      if (samples.start(i) != SampleColumns.NO_START) return true;
    }
    return false;
  }

  private void encodeStarts(SampleColumns samples, int from, int count, ColumnWriter out) {
    out.putByte(STARTS);
    long[] column = offsets(count);
    for (int i = 0; i < count; i++) column[i] = samples.start(from + i);
    times.encode(column, 0, count, out);
  }

  /**
   * Appends the samples of a chunk that lie within the bounds. The columns are where the readers
   * stand; both may be the same reader, where values follow times.
   */
  public static void decode(
      ColumnReader times,
      ColumnReader values,
      int count,
      long firstMs,
      long fromMs,
      long toMs,
      SampleColumns into) {
    int start = into.size;
    into.ensure(start + count);
    Deltas.decode(times, count, into.times, start);
    int kind = values.peekByte();
    if (kind < HISTOGRAMS && into.starts == null && into.histograms == null) {
      DoubleColumn.decode(values, count, into.values, start);
    } else {
      decodeAll(values, count, into, start);
    }
    if (into.extra != null) Arrays.fill(into.extra, start, start + count, 0);
    into.size = start + trim(into, start, count, firstMs, fromMs, toMs);
  }

  private static void decodeAll(ColumnReader values, int count, SampleColumns into, int start) {
    if (values.peekByte() == STARTS) {
      values.skip(1);
      Deltas.decode(values, count, into.withStarts(), start);
    } else if (into.starts != null) {
      Arrays.fill(into.starts, start, start + count, SampleColumns.NO_START);
    }
    if (values.peekByte() == HISTOGRAMS) {
      values.skip(1);
      HistogramColumns.decode(values, count, into, start);
      return;
    }
    DoubleColumn.decode(values, count, into.values, start);
    if (into.histograms != null) Arrays.fill(into.histograms, start, start + count, null);
  }

  /** Turns offsets into times and leaves out what lies outside; the answer is what remains. */
  private static int trim(
      SampleColumns into, int start, int count, long firstMs, long fromMs, long toMs) {
    long[] times = into.times;
    int end = start + count;
    for (int i = start; i < end; i++) times[i] += firstMs;
    int low = start;
    while (low < end && times[low] < fromMs) low++;
    while (end > low && times[end - 1] > toMs) end--;
    if (low > start) moveLeft(into, low, start, end - low);
    return end - low;
  }

  private static void moveLeft(SampleColumns into, int from, int to, int count) {
    System.arraycopy(into.times, from, into.times, to, count);
    System.arraycopy(into.values, from, into.values, to, count);
    if (into.starts != null) System.arraycopy(into.starts, from, into.starts, to, count);
    @Nullable Histogram[] histograms = into.histograms;
    if (histograms != null) System.arraycopy(histograms, from, histograms, to, count);
  }
}
