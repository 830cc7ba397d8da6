package io.oriel.cli.backfill;

import io.oriel.model.SampleColumns;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * Samples on disk, apart by span of time: a file a span, a row a sample (series, time, bits of the
 * value, in the order in which they came). What is in memory is bounded; the files are deleted in
 * the end.
 */
final class Spill implements AutoCloseable {
  private static final int ROW_BYTES = 20;
  private static final int BUFFER_ROWS = 1 << 9; // at first; busy spans get more
  private static final int MOST_BUFFER_ROWS = 1 << 15;

  /** Bytes, all buffers together. */
  private static final long MOST_WAITING =
      Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

  private final Path folder;
  private final long spanMs;
  private final TreeMap<Long, Buffer> spans = new TreeMap<>();
  private long waiting;

  private static final class Buffer {
    private ByteBuffer rows = ByteBuffer.allocate(0);
    private long written;
  }

  Spill(Path folder, long spanMs) {
    this.folder = folder;
    this.spanMs = spanMs;
  }

  void add(int series, long timeMs, double value) throws IOException {
    long number = Math.floorDiv(timeMs, spanMs);
    Buffer buffer = spans.computeIfAbsent(number, _ -> new Buffer());
    if (buffer.rows.remaining() < ROW_BYTES) grow(number, buffer);
    buffer.rows.putInt(series).putLong(timeMs).putLong(Double.doubleToRawLongBits(value));
  }

  private void grow(long number, Buffer buffer) throws IOException {
    int rows = buffer.rows.capacity() / ROW_BYTES;
    write(number, buffer);
    int wanted = Math.clamp(2L * rows, BUFFER_ROWS, MOST_BUFFER_ROWS);
    if (wanted > rows) {
      waiting += (long) (wanted - rows) * ROW_BYTES;
      buffer.rows = ByteBuffer.allocate(wanted * ROW_BYTES);
    }
    if (waiting > MOST_WAITING) flush();
  }

  /** Writes all that waits and lets go of the buffers. */
  private void flush() throws IOException {
    for (Map.Entry<Long, Buffer> each : spans.entrySet()) {
      write(each.getKey(), each.getValue());
      each.getValue().rows = ByteBuffer.allocate(0);
    }
    waiting = 0;
  }

  private void write(long number, Buffer buffer) throws IOException {
    buffer.rows.flip();
    if (buffer.rows.hasRemaining()) {
      try (FileChannel file =
          FileChannel.open(file(number), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        buffer.written += buffer.rows.remaining() / ROW_BYTES;
        while (buffer.rows.hasRemaining()) file.write(buffer.rows);
      }
    }
    buffer.rows.clear();
  }

  private Path file(long number) {
    return folder.resolve("span" + number);
  }

  /** Hears of one series after the other, by rising rank. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Hears one series.
     *
     * @param samples in the order in which they came
     */
    void series(int rank, SampleColumns samples) throws IOException;
  }

  /** Called once for each span, by time. */
  @FunctionalInterface
  interface SpanVisitor {
    void span(long startMs, Span rows) throws IOException;
  }

  /** Tells the spans; nothing is added any more. */
  void each(SpanVisitor visitor) throws IOException {
    flush();
    for (Map.Entry<Long, Buffer> each : spans.entrySet()) {
      try (Arena arena = Arena.ofConfined();
          FileChannel file = FileChannel.open(file(each.getKey()), StandardOpenOption.READ)) {
        MemorySegment rows = file.map(MapMode.READ_ONLY, 0, file.size(), arena);
        visitor.span(each.getKey() * spanMs, new Span(rows, each.getValue().written));
      }
      Files.delete(file(each.getKey()));
    }
  }

  /** The samples of one span. */
  static final class Span {
    private static final ValueLayout.OfInt INT =
        ValueLayout.JAVA_INT_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG =
        ValueLayout.JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN);

    private final MemorySegment rows;
    private final long count;

    Span(MemorySegment rows, long count) {
      this.rows = rows;
      this.count = count;
    }

    /**
     * Tells each series that has samples, by rank. Rows are looked through as often as it takes for
     * no pass to hold more than so many.
     *
     * @param rank of each series
     */
    void read(int[] rank, int mostRows, Visitor visitor) throws IOException {
      var counts = new int[rank.length + 1]; // by rank, shifted by one: becomes where each begins
      for (long i = 0; i < count; i++) counts[rank[series(i)] + 1]++;
      for (int from = 0; from < rank.length; ) {
        int to = from;
        long held = 0;
        while (to < rank.length && (to == from || held + counts[to + 1] <= mostRows)) {
          held += counts[++to];
        }
        pass(rank, counts, from, to, visitor);
        from = to;
      }
    }

    private int series(long row) {
      return rows.get(INT, row * ROW_BYTES);
    }

    private void pass(int[] rank, int[] counts, int from, int to, Visitor visitor)
        throws IOException {
      var next = new int[to - from + 1];
      for (int i = from; i < to; i++) next[i - from + 1] = next[i - from] + counts[i + 1];
      var place = new long[next[to - from]];
      int[] begins = next.clone();
      for (long i = 0; i < count; i++) {
        int its = rank[series(i)];
        if (its >= from && its < to) place[next[its - from]++] = i * ROW_BYTES;
      }
      var samples = new SampleColumns(256);
      for (int i = from; i < to; i++) {
        samples.clear();
        for (int at = begins[i - from]; at < begins[i - from + 1]; at++) {
          long bits = rows.get(LONG, place[at] + 12);
          samples.add(rows.get(LONG, place[at] + 4), Double.longBitsToDouble(bits));
        }
        if (samples.size > 0) visitor.series(i, samples);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (long number : spans.keySet()) Files.deleteIfExists(file(number));
    spans.clear();
  }
}
