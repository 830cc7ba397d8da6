package io.oriel.metrics.head;

import io.oriel.metrics.block.ChunkColumns;
import io.oriel.model.SampleColumns;
import io.oriel.storage.column.ColumnReader;
import java.util.Arrays;

/**
 * Reads one series of the head after another without holding up its appender. Keeps its arrays, so
 * reading allocates nothing; one thread at a time.
 */
public final class SeriesReader {
  final OpenState state = new OpenState();
  final long[] words = new long[HeadShard.MOST_CELLS * Cells.WORDS + 2];
  private final ColumnReader columns = new ColumnReader();
  private long[] chunks = new long[16];

  /** Copies what the series' owner has published; false where there is no such series. */
  boolean copy(HeadShard shard, int slot) {
    return copy(shard, shard.page(slot), slot & SeriesPage.MASK);
  }

  /** The same, by the appender of the shard too, between two of its changes. */
  boolean copy(HeadShard shard, SeriesPage page, int i) {
    while (true) {
      int version = page.beginCopy(i);
      boolean inUse = (page.flags[i] & SeriesPage.IN_USE) != 0;
      state.lastTime = page.lastTime[i];
      state.lastBits = page.lastBits[i];
      state.lastDelta = page.lastDelta[i];
      state.sealed = page.sealed[i];
      state.leading = page.leading[i];
      state.length = page.length[i];
      state.count = page.count[i];
      state.bits = page.bits[i];
      if (state.count > 0) {
        int cells = Math.min(HeadShard.MOST_CELLS, HeadShard.cellsOf(state.bits));
        shard.cells.copy(page.firstCell[i], cells, words);
      }
      SeriesExtra extra = (page.flags[i] & SeriesPage.EXTRA) == 0 ? null : page.extra(i);
      state.isRows = (page.flags[i] & SeriesPage.ROWS) != 0;
      state.starts = 0;
      if (extra != null) extra.copy(state);
      if (page.isCopyWhole(i, version)) return inUse;
      Thread.onSpinWait();
    }
  }

  /** Adds a series' samples within the bounds, in order of time. */
  void read(HeadShard shard, int slot, long fromMs, long toMs, SampleColumns into) {
    if (!copy(shard, slot) || state.lastTime < fromMs) return;
    int found = chunksOf(shard.sealed, state.sealed, fromMs);
    while (found > 0) readChunk(shard.sealed, chunks[--found], fromMs, toMs, into);
    if (state.count == 0) return;
    if (!state.isRows && state.starts == 0) OpenBits.decode(words, state.count, fromMs, toMs, into);
    else readExtra(fromMs, toMs, into);
  }

  private void readExtra(long fromMs, long toMs, SampleColumns into) {
    var open = new SampleColumns(state.count);
    decodeOpen(open);
    int from = 0;
    int to = open.size;
    while (from < to && open.times[from] < fromMs) from++;
    while (to > from && open.times[to - 1] > toMs) to--;
    into.addAll(open, from, to);
  }

  /** Reads all samples of the open chunk that was copied. */
  void decodeOpen(SampleColumns into) {
    if (state.isRows) SeriesExtra.decode(state, into);
    else OpenBits.decode(words, state.count, Long.MIN_VALUE, Long.MAX_VALUE, into);
    SeriesExtra.addStarts(state, into);
  }

  /** Gathers the sealed chunks that may hold samples from a time on, newest first. */
  int chunksOf(SealedChunks sealed, long newest, long fromMs) {
    int found = 0;
    for (long chunk = newest; chunk != SealedChunks.NONE; chunk = sealed.prev(chunk)) {
      if (sealed.lastMs(chunk) < fromMs) break;
      if (found == chunks.length) chunks = Arrays.copyOf(chunks, found * 2);
      chunks[found++] = chunk;
      if (sealed.firstMs(chunk) <= fromMs) break; // what is before is not asked for, maybe gone
    }
    return found;
  }

  long chunk(int i) {
    return chunks[i];
  }

  private void readChunk(
      SealedChunks sealed, long chunk, long fromMs, long toMs, SampleColumns into) {
    long first = sealed.firstMs(chunk);
    if (first > toMs) return;
    sealed.open(chunk, columns);
    ChunkColumns.decode(columns, columns, sealed.samples(chunk), first, fromMs, toMs, into);
  }
}
