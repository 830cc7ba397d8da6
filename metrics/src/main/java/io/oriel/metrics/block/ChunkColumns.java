package io.oriel.metrics.block;

import io.oriel.model.SampleColumns;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.ColumnWriter;
import io.oriel.storage.column.Deltas;
import io.oriel.storage.column.DoubleColumn;

/**
 * A chunk as two columns: times, counted from the chunk's first, and values. An encoder is reused
 * and not thread-safe; reading is static and allocates nothing but room in the target.
 */
public final class ChunkColumns {
  private final Deltas times = new Deltas();
  private final DoubleColumn values = new DoubleColumn();
  private long[] offsets = new long[0];

  public void encodeTimes(SampleColumns samples, int from, int count, ColumnWriter out) {
    if (offsets.length < count) offsets = new long[Math.max(count, 256)];
    long first = samples.times[from];
    for (int i = 0; i < count; i++) offsets[i] = samples.times[from + i] - first;
    times.encode(offsets, 0, count, out);
  }

  public void encodeValues(SampleColumns samples, int from, int count, ColumnWriter out) {
    values.encode(samples.values, from, count, out);
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
    DoubleColumn.decode(values, count, into.values, start);
    into.size = start + trim(into, start, count, firstMs, fromMs, toMs);
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
    if (low > start) {
      System.arraycopy(times, low, times, start, end - low);
      System.arraycopy(into.values, low, into.values, start, end - low);
    }
    return end - low;
  }
}
