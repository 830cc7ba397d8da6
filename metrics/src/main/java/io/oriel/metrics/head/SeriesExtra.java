package io.oriel.metrics.head;

import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.histogram.Histogram;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.ColumnWriter;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What few series have beside the fields of their page: an open chunk of native histograms, as rows
 * of bytes one behind another, and start times. The shard's appender writes; bytes that are written
 * never change, so a reader copies where they lie and how many there are. Format:
 * docs/formats/metric-checkpoint.md.
 *
 * <pre>
 *   row: signed time less the one before | 0 for a stale marker, else a histogram (HistogramBytes)
 * </pre>
 */
final class SeriesExtra {
  private static final byte[] NO_BYTES = {};
  private static final int[] NO_ROWS = {};
  private static final long[] NO_TIMES = {};
  private static final int MARKER = 0;

  /** An open chunk is sealed at so many bytes. */
  static final int MOST_BYTES = 32 << 10;

  private final ColumnWriter rows = new ColumnWriter(0);
  private @Nullable Histogram before; // of the open chunk: what the next row is compared with
  private int[] startRows = NO_ROWS; // from this row of the open chunk on...
  private long[] startTimes = NO_TIMES; // ...the counter began then
  private int starts;

  /** The newest sample where it is a histogram, of this chunk or one before. */
  @Nullable Histogram last;

  /** Forgets the open chunk; who copied it keeps what it has. */
  void clear() {
    rows.bytes = NO_BYTES;
    rows.size = 0;
    before = null;
    startRows = NO_ROWS;
    startTimes = NO_TIMES;
    starts = 0;
  }

  /** Whether the open chunk of histograms has room for one like that, or for a marker. */
  boolean fits(@Nullable Histogram next) {
    return rows.size < MOST_BYTES && (next == null || (before != null && next.hasLayoutOf(before)));
  }

  /**
   * Adds a row to the open chunk.
   *
   * @param histogram null for a stale marker
   */
  void add(long sinceLast, @Nullable Histogram histogram) {
    rows.putSigned(sinceLast);
    if (histogram == null) {
      rows.putByte(MARKER);
    } else {
      HistogramBytes.put(histogram, before, rows);
      before = histogram;
    }
  }

  /** Says when the counter of the open chunk's newest row began. */
  void start(int row, long startMs) {
    long known = starts == 0 ? SampleColumns.NO_START : startTimes[starts - 1];
    if (startMs == known) return;
    startRows = Arrays.copyOf(startRows, starts + 1); // readers keep the ones before
    startTimes = Arrays.copyOf(startTimes, starts + 1);
    startRows[starts] = row;
    startTimes[starts++] = startMs;
  }

  /** Copies where the open chunk lies; rubbish where it changes meanwhile. */
  void copy(OpenState into) {
    into.rows = rows.bytes;
    into.rowBytes = rows.size;
    into.startRows = startRows;
    into.startTimes = startTimes;
    into.starts = starts;
  }

  /** Takes up an open chunk as a checkpoint kept it; its rows were decoded to these samples. */
  void restore(OpenState state, SampleColumns samples) {
    rows.clear();
    rows.putBytes(state.rows, 0, state.rowBytes);
    startRows = Arrays.copyOf(state.startRows, state.starts);
    startTimes = Arrays.copyOf(state.startTimes, state.starts);
    starts = state.starts;
    for (int i = samples.size - 1; i >= 0 && before == null; i--) before = samples.histogram(i);
    last = samples.size == 0 ? null : samples.histogram(samples.size - 1);
  }

  /** Reads the rows of an open chunk. */
  static void decode(OpenState state, SampleColumns into) {
    byte[] padded = Arrays.copyOf(state.rows, state.rowBytes + ColumnReader.SLACK);
    var in = new ColumnReader().at(MemorySegment.ofArray(padded), 0);
    Histogram before = null;
    long time = 0;
    for (int row = 0; row < state.count; row++) {
      time += in.readSigned();
      if (in.peekByte() == MARKER) {
        in.skip(1);
        into.add(time, Stale.MARKER);
      } else {
        before = HistogramBytes.get(in, before);
        into.add(time, before);
      }
    }
  }

  /** Gives the samples of an open chunk, which are all there is, their start times. */
  static void addStarts(OpenState state, SampleColumns into) {
    for (int run = 0; run < state.starts; run++) {
      int end = run + 1 < state.starts ? state.startRows[run + 1] : into.size;
      Arrays.fill(into.withStarts(), state.startRows[run], end, state.startTimes[run]);
    }
  }

  int bytes() {
    return 96 + rows.bytes.length + 12 * starts;
  }
}
