package io.oriel.metrics.head;

import io.oriel.metrics.block.ChunkColumns;
import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.ColumnWriter;
import io.oriel.storage.life.Checkpoint;
import io.oriel.storage.wal.Wal;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * The head as bytes: every series with its chunks as they lie in memory. Written while appends go
 * on: each series is whole in itself, and the log from before the writing began brings the rest.
 * Format: docs/formats/metric-checkpoint.md.
 */
public final class HeadCheckpoint {
  static final int VERSION = 3;
  private static final int END = 0;
  private static final int SERIES = 1;
  private static final int METADATA = 2;
  private static final int EXEMPLAR = 3;
  private static final int LATE = 4; // out-of-order samples of the series before
  private static final int ROWS = 1; // what an open chunk is: a bit each
  private static final int STARTS = 2;
  private static final int PIECE_BYTES = 1 << 18;

  private final Head head;
  private final StringsOut strings = new StringsOut();
  private final ColumnWriter out = new ColumnWriter(PIECE_BYTES + (1 << 16));
  private final SeriesReader reader = new SeriesReader();
  private final ColumnReader bytes = new ColumnReader();
  private final SampleColumns late = new SampleColumns(0);
  private final ColumnWriter lateBytes = new ColumnWriter(0);
  private final ColumnWriter lateChunk = new ColumnWriter(0);
  private final ChunkColumns chunk = new ChunkColumns();
  private int lastId;

  private HeadCheckpoint(Head head) {
    this.head = head;
  }

  /**
   * Writes the head less what is in blocks.
   *
   * @param fromMs samples that came in order are in blocks before this time
   * @param fromNumber out-of-order samples of lower numbers are in blocks
   */
  public static void write(Head head, long fromMs, int fromNumber, Checkpoint to)
      throws IOException {
    new HeadCheckpoint(head).write(fromMs, fromNumber, to);
  }

  /** Writes what the head knows of metrics, and no series. */
  public static void writeMetadata(Head head, Checkpoint to) throws IOException {
    var checkpoint = new HeadCheckpoint(head);
    checkpoint.out.putByte(VERSION);
    checkpoint.writeEnd(to);
  }

  private void write(long fromMs, int fromNumber, Checkpoint to) throws IOException {
    out.putByte(VERSION);
    for (int number = 0; number < Head.SHARDS; number++) {
      HeadShard shard = head.shards[number];
      int slots = shard.slots();
      for (int slot = 0; slot < slots; slot++) {
        if (!reader.copy(shard, slot)) continue;
        if (reader.state.lastTime == Long.MIN_VALUE && !shard.isLogged(slot)) continue;
        putSeries(shard, slot << Head.SHARD_BITS | number, fromMs);
        putLate(slot << Head.SHARD_BITS | number, fromNumber);
        flush(to, PIECE_BYTES);
      }
    }
    writeEnd(to);
  }

  private void writeEnd(Checkpoint to) throws IOException {
    for (var each : head.metadata().entrySet()) {
      out.putByte(METADATA);
      strings.put(each.getKey(), each.getValue(), out);
      flush(to, PIECE_BYTES);
    }
    flush(to, 1);
    var exemplars = new ColumnWriter(); // all at once: nobody adds meanwhile
    head.exemplars.forEach((series, exemplar) -> putExemplar(series, exemplar, exemplars));
    to.write(ByteBuffer.wrap(exemplars.bytes, 0, exemplars.size));
    out.putByte(END);
    flush(to, 1);
  }

  private static void putExemplar(Labels series, Exemplar exemplar, ColumnWriter out) {
    out.putByte(EXEMPLAR);
    StringsOut.putPlain(series, out);
    out.putSigned(exemplar.timeMs());
    out.putLong(Double.doubleToRawLongBits(exemplar.value()));
    StringsOut.putPlain(exemplar.labels(), out);
  }

  private void flush(Checkpoint to, int least) throws IOException {
    if (out.size < least) return;
    to.write(ByteBuffer.wrap(out.bytes, 0, out.size));
    out.clear();
  }

  private void putSeries(HeadShard shard, int id, long fromMs) {
    OpenState state = reader.state;
    out.putByte(SERIES);
    out.putSigned(id - lastId);
    lastId = id;
    strings.put(head.index.labels(id), out);
    boolean open = state.count > 0 && state.lastTime >= fromMs;
    int chunks = reader.chunksOf(shard.sealed, state.sealed, fromMs);
    out.putVarint(chunks);
    while (chunks > 0) putSealed(shard.sealed, reader.chunk(--chunks));
    out.putVarint(open ? state.count : 0);
    if (open) putOpen(state);
  }

  private void putLate(int id, int fromNumber) {
    late.clear();
    head.outOfOrder.read(id, Long.MIN_VALUE, Long.MAX_VALUE, fromNumber, Integer.MAX_VALUE, late);
    if (late.size == 0) return;
    int[] chunks = {0};
    lateBytes.clear();
    ChunkColumns.part(
        late,
        0,
        late.size,
        HeadShard.MOST_SAMPLES,
        (from, count) -> {
          putLateChunk(from, count);
          chunks[0]++;
        });
    out.putByte(LATE);
    out.putVarint(chunks[0]);
    out.putBytes(lateBytes.bytes, 0, lateBytes.size);
  }

  private void putLateChunk(int from, int count) {
    lateChunk.clear();
    chunk.encodeTimes(late, from, count, lateChunk);
    chunk.encodeValues(late, from, count, lateChunk);
    lateBytes.putSigned(late.times[from]);
    lateBytes.putVarint(late.times[from + count - 1] - late.times[from]);
    lateBytes.putVarint(count);
    lateBytes.putVarint(lateChunk.size);
    lateBytes.putBytes(lateChunk.bytes, 0, lateChunk.size);
  }

  private void putSealed(SealedChunks sealed, long chunk) {
    out.putSigned(sealed.firstMs(chunk));
    out.putVarint(sealed.lastMs(chunk) - sealed.firstMs(chunk));
    out.putVarint(sealed.samples(chunk));
    int length = sealed.length(chunk);
    out.putVarint(length);
    out.reserve(length);
    sealed.open(chunk, bytes).readBytes(out.bytes, out.size, length);
    out.size += length;
  }

  private void putOpen(OpenState state) {
    out.putByte((state.isRows ? ROWS : 0) | (state.starts > 0 ? STARTS : 0));
    if (state.isRows) putRows(state);
    else putBits(state);
    if (state.starts == 0) return;
    out.putVarint(state.starts);
    for (int i = 0; i < state.starts; i++) {
      out.putVarint(state.startRows[i]);
      out.putSigned(state.startTimes[i]);
    }
  }

  private void putRows(OpenState state) {
    out.putVarint(state.rowBytes);
    out.putBytes(state.rows, 0, state.rowBytes);
  }

  private void putBits(OpenState state) {
    out.putLong(state.lastTime);
    out.putLong(state.lastBits);
    out.putSigned(state.lastDelta);
    out.putByte(state.leading);
    out.putByte(state.length);
    out.putVarint(state.bits);
    for (int word = 0; word * 64 < state.bits; word++) out.putLong(reader.words[word]);
  }

  /** Takes over what {@link #write} wrote; the head is empty before. */
  public static void read(MemorySegment body, Head head) {
    var in = new ColumnReader().at(body, 0);
    int version = in.readByte();
    if (version < 1 || version > VERSION) {
      throw new IllegalStateException("the metrics checkpoint has the version " + version);
    }
    new Restore(head, in, version).run();
  }

  /** The reading side. */
  private static final class Restore {
    private final Head head;
    private final ColumnReader in;
    private final StringsIn strings = new StringsIn();
    private final IndexFill index;
    private final Set<Long> windows = new HashSet<>(); // that samples are in
    private final ColumnWriter chunk = new ColumnWriter(4096);
    private final ColumnReader columns = new ColumnReader();
    private final OpenState open = new OpenState();
    private final long[] words = new long[HeadShard.MOST_CELLS * Cells.WORDS];
    private final int version;
    private int id;

    Restore(Head head, ColumnReader in, int version) {
      this.head = head;
      this.index = new IndexFill(head);
      this.in = in;
      this.version = version;
    }

    void run() {
      try {
        try {
          entries();
        } finally {
          index.finish();
        }
        for (long window : windows) head.windows.appended(window, 0);
      } catch (RuntimeException e) {
        throw new IllegalStateException(
            "at offset %d of its body: %s".formatted(in.position(), e.getMessage()), e);
      }
    }

    private void entries() {
      for (int kind; (kind = in.readByte()) != END; ) {
        switch (kind) {
          case SERIES -> series();
          case METADATA -> head.remember(strings.text(in), strings.metadata(in));
          case EXEMPLAR -> exemplar();
          case LATE -> late();
          default -> throw new IllegalStateException("an entry of the kind " + kind);
        }
      }
    }

    private void late() {
      var samples = new SampleColumns();
      for (long left = in.readVarint(); left > 0; left--) {
        long first = in.readSigned();
        in.readVarint(); // the last time
        long count = in.readVarint();
        if (count > HeadShard.MOST_SAMPLES) {
          throw new IndexOutOfBoundsException("%d samples in one chunk".formatted(count));
        }
        byte[] bytes = new byte[StringsIn.count(in, Integer.MAX_VALUE) + ColumnReader.SLACK];
        in.readBytes(bytes, 0, bytes.length - ColumnReader.SLACK);
        columns.at(MemorySegment.ofArray(bytes), 0);
        ChunkColumns.decode(
            columns, columns, (int) count, first, Long.MIN_VALUE, Long.MAX_VALUE, samples);
      }
      head.outOfOrder.restore(id, samples);
    }

    private void exemplar() {
      Labels series = StringsIn.plainLabels(in);
      long time = in.readSigned();
      double value = Double.longBitsToDouble(in.readLong());
      head.exemplars.restore(series, new Exemplar(StringsIn.plainLabels(in), value, time));
    }

    private void series() {
      id += (int) in.readSigned();
      Labels labels = strings.labels(in);
      head.restoreFresh(id);
      index.add(id, labels);
      HeadShard shard = head.shardOf(id);
      int slot = Head.slotOf(id);
      long first = Long.MAX_VALUE;
      for (long left = in.readVarint(); left > 0; left--)
        first = Math.min(first, sealed(shard, slot));
      open.count = (int) in.readVarint();
      if (open.count > 0) first = Math.min(first, open(shard, slot));
      if (first == Long.MAX_VALUE) return;
      long last = shard.page(slot).lastTime[slot & SeriesPage.MASK];
      head.windows.saw(first, last);
    }

    private long sealed(HeadShard shard, int slot) {
      long first = in.readSigned();
      long last = first + in.readVarint();
      int count = (int) in.readVarint();
      int length = StringsIn.count(in, SealedChunks.MOST_BYTES);
      chunk.clear();
      chunk.reserve(length);
      in.readBytes(chunk.bytes, 0, length);
      chunk.size = length;
      shard.restoreSealed(slot, first, last, count, chunk);
      windows.add(Math.floorDiv(first, head.blockRangeMs));
      return first;
    }

    private long open(HeadShard shard, int slot) {
      int kind = version == 1 ? 0 : in.readByte();
      open.isRows = (kind & ROWS) != 0;
      open.starts = 0;
      open.rowBytes = 0;
      long first = open.isRows ? rows() : bits(shard, slot);
      if ((kind & STARTS) != 0) starts();
      if (kind != 0) shard.restoreExtra(slot, open);
      windows.add(Math.floorDiv(first, head.blockRangeMs));
      return first;
    }

    private long rows() {
      open.rowBytes = StringsIn.count(in, Wal.MAX_RECORD_BYTES);
      open.rows = new byte[open.rowBytes];
      long at = in.position();
      long first = in.readSigned();
      in.skip(at - in.position());
      in.readBytes(open.rows, 0, open.rowBytes);
      return first;
    }

    private void starts() {
      open.starts = StringsIn.count(in, open.count);
      open.startRows = new int[open.starts];
      open.startTimes = new long[open.starts];
      for (int i = 0; i < open.starts; i++) {
        open.startRows[i] = (int) in.readVarint();
        open.startTimes[i] = in.readSigned();
      }
    }

    private long bits(HeadShard shard, int slot) {
      open.lastTime = in.readLong();
      open.lastBits = in.readLong();
      open.lastDelta = in.readSigned();
      open.leading = in.readByte();
      open.length = in.readByte();
      open.bits = (int) in.readVarint();
      java.util.Arrays.fill(words, 0);
      in.readLongs(words, (open.bits + 63) / 64);
      shard.restoreOpen(slot, open, words);
      return words[0];
    }
  }
}
