package io.oriel.metrics.head;

import io.oriel.metrics.block.ChunkColumns;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.histogram.Histogram;
import io.oriel.storage.column.ColumnWriter;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A part of the head's series, by the hash of their labels. Whoever holds the {@link #lock} is its
 * one appender; a {@link SeriesReader} needs no lock.
 */
final class HeadShard {
  /** A chunk is sealed at so many samples (an hour at 15 s)... */
  static final int MOST_SAMPLES = 240;

  /** ...or when it fills so many cells. */
  static final int MOST_CELLS = 6;

  private static final int MOST_BITS = MOST_CELLS * Cells.WORDS * 64;

  final ReentrantLock lock = new ReentrantLock();
  final Cells cells = new Cells();
  final SealedChunks sealed = new SealedChunks();

  /** Series that went without a sample and whose slots are not free yet. */
  final RoaringBitmap empty = new RoaringBitmap();

  /** Which cut takes the out-of-order samples that come in now. */
  int lateNumber;

  private final RoaringBitmap late = new RoaringBitmap(); // slots with out-of-order samples
  private volatile SeriesPage[] pages = new SeriesPage[0];
  private volatile int slots; // slots that were ever given out
  private int[] freeSlots = new int[16];
  private int freeCount;

  // for sealing
  private final long[] words = new long[MOST_CELLS * Cells.WORDS + 2];
  private final SampleColumns samples = new SampleColumns(MOST_SAMPLES);
  private final long blockRangeMs;
  private final ChunkColumns chunk = new ChunkColumns();
  private final ColumnWriter columns = new ColumnWriter(4096);
  private final SeriesReader reader = new SeriesReader();
  private long newestSealed;

  HeadShard(long blockRangeMs) {
    this.blockRangeMs = blockRangeMs;
  }

  SeriesPage page(int slot) {
    return pages[slot >>> SeriesPage.BITS];
  }

  int slots() {
    return slots;
  }

  boolean isInUse(int slot) {
    return slot >= 0
        && slot < slots
        && (page(slot).flags[slot & SeriesPage.MASK] & SeriesPage.IN_USE) != 0;
  }

  /** Whether the log or a checkpoint names the series, so that samples may come without a name. */
  boolean isLogged(int slot) {
    return (page(slot).flags[slot & SeriesPage.MASK] & SeriesPage.LOGGED) != 0;
  }

  /** The out-of-order samples of a series; null where it has none. */
  @Nullable LateSamples late(int slot) {
    return page(slot).late(slot & SeriesPage.MASK);
  }

  /** Called by the appender. */
  void setLate(int slot, @Nullable LateSamples samples) {
    page(slot).setLate(slot & SeriesPage.MASK, samples);
    if (samples == null) late.remove(slot);
    else late.add(slot);
  }

  /** Series with out-of-order samples. */
  int[] lateSlots() {
    lock.lock();
    try {
      return late.toArray();
    } finally {
      lock.unlock();
    }
  }

  /** A slot for a new series. */
  int takeSlot() {
    if (freeCount > 0) return freeSlots[--freeCount];
    claim(slots);
    return slots - 1;
  }

  /** Makes a certain slot usable, as a replay wants it; see {@link #findFreeSlots}. */
  void claim(int slot) {
    while (pages.length << SeriesPage.BITS <= slot) {
      SeriesPage[] more = Arrays.copyOf(pages, pages.length + 1);
      more[pages.length] = new SeriesPage();
      pages = more;
    }
    slots = Math.max(slots, slot + 1);
  }

  /** Looks which slots are free, after a replay has claimed some. */
  void findFreeSlots() {
    freeCount = 0;
    for (int slot = slots - 1; slot >= 0; slot--) if (!isInUse(slot)) freeSlot(slot);
  }

  void freeSlot(int slot) {
    if (freeCount == freeSlots.length) freeSlots = Arrays.copyOf(freeSlots, freeCount * 2);
    freeSlots[freeCount++] = slot;
  }

  /** Makes a series in a slot, without samples. */
  void create(int slot) {
    SeriesPage page = page(slot);
    int i = slot & SeriesPage.MASK;
    page.beginChange(i);
    page.flags[i] = SeriesPage.IN_USE;
    page.dropExtra(i);
    page.pins[i] = 0;
    page.lastTime[i] = Long.MIN_VALUE;
    page.lastBits[i] = 0;
    page.sealed[i] = SealedChunks.NONE;
    page.count[i] = 0;
    page.firstCell[i] = Cells.NONE;
    page.endChange(i);
  }

  /** Takes a series away; its slot is not free yet, since a reader may still know it. */
  void remove(int slot) {
    SeriesPage page = page(slot);
    int i = slot & SeriesPage.MASK;
    page.beginChange(i);
    if (page.count[i] > 0) closeOpen(page, i);
    page.flags[i] = 0;
    page.sealed[i] = SealedChunks.NONE;
    page.dropExtra(i);
    page.endChange(i);
  }

  /**
   * Adds a sample that is later than all others of its series.
   *
   * @param windowStart where the block range begins that the sample lies in: no chunk crosses it
   */
  void append(int slot, long time, long value, long windowStart) {
    SeriesPage page = page(slot);
    int i = slot & SeriesPage.MASK;
    if ((page.flags[i] & SeriesPage.EXTRA) != 0) {
      append(page, i, time, value, null, SampleColumns.NO_START, windowStart);
      return;
    }
    if (page.count[i] == 0) {
      page.beginChange(i);
      OpenBits.begin(page, i, cells, time, value);
    } else if (page.lastTime[i] < windowStart || isFull(page, i)) {
      sealAndBegin(page, i, time, value);
    } else {
      page.beginChange(i);
      OpenBits.append(page, i, cells, time, value);
    }
    page.endChange(i);
  }

  private static boolean isFull(SeriesPage page, int i) {
    return page.count[i] == MOST_SAMPLES || page.bits[i] + OpenBits.MOST_BITS_A_SAMPLE > MOST_BITS;
  }

  /**
   * Adds a sample that is a native histogram or has a start time, or whose series has such ones.
   *
   * @param histogram null where the value is a float
   */
  void append(
      int slot,
      long time,
      long value,
      @Nullable Histogram histogram,
      long startMs,
      long windowStart) {
    append(page(slot), slot & SeriesPage.MASK, time, value, histogram, startMs, windowStart);
  }

  private void append(
      SeriesPage page,
      int i,
      long time,
      long value,
      @Nullable Histogram histogram,
      long startMs,
      long windowStart) {
    SeriesExtra extra = page.extra(i);
    boolean isOpen = page.count[i] > 0;
    boolean goesOn =
        isOpen && page.lastTime[i] >= windowStart && fits(page, i, extra, value, histogram);
    long sealedNow = isOpen && !goesOn ? seal(page, i) : SealedChunks.NONE;
    page.beginChange(i);
    extra = page.withExtra(i);
    if (isOpen && !goesOn) {
      page.sealed[i] = sealedNow;
      closeOpen(page, i);
    }
    boolean isRow = goesOn ? (page.flags[i] & SeriesPage.ROWS) != 0 : histogram != null;
    if (isRow) addRow(page, i, extra, time, value, histogram);
    else if (goesOn) OpenBits.append(page, i, cells, time, value);
    else OpenBits.begin(page, i, cells, time, value);
    extra.start(page.count[i] - 1, startMs);
    extra.last = histogram;
    page.endChange(i);
  }

  private static boolean fits(
      SeriesPage page,
      int i,
      @Nullable SeriesExtra extra,
      long value,
      @Nullable Histogram histogram) {
    boolean isRows = (page.flags[i] & SeriesPage.ROWS) != 0;
    if (!isRows || extra == null) return histogram == null && !isFull(page, i);
    boolean isRow = histogram != null || Stale.isMarker(Double.longBitsToDouble(value));
    return isRow && page.count[i] < MOST_SAMPLES && extra.fits(histogram);
  }

  private static void addRow(
      SeriesPage page,
      int i,
      SeriesExtra extra,
      long time,
      long value,
      @Nullable Histogram histogram) {
    extra.add(page.count[i] == 0 ? time : time - page.lastTime[i], histogram);
    page.flags[i] |= SeriesPage.ROWS;
    page.lastTime[i] = time;
    page.lastBits[i] = value;
    page.count[i]++;
  }

  private void closeOpen(SeriesPage page, int i) {
    if ((page.flags[i] & SeriesPage.ROWS) == 0) cells.giveBack(page.firstCell[i]);
    page.flags[i] &= ~SeriesPage.ROWS;
    page.firstCell[i] = Cells.NONE;
    page.bits[i] = 0;
    page.count[i] = 0;
    SeriesExtra extra = page.extra(i);
    if (extra != null) extra.clear();
  }

  /** Leaves the change begun. */
  private void sealAndBegin(SeriesPage page, int i, long time, long value) {
    long sealedNow = seal(page, i);
    int cell = page.firstCell[i];
    page.beginChange(i);
    page.sealed[i] = sealedNow;
    cells.giveBack(cell);
    OpenBits.begin(page, i, cells, time, value);
  }

  /** Writes the open chunk anew by columns; the series still has it open. */
  private long seal(SeriesPage page, int i) {
    int count = page.count[i];
    samples.clear();
    SeriesExtra extra = page.extra(i);
    if (extra == null) {
      cells.copy(page.firstCell[i], cellsOf(page.bits[i]), words);
      OpenBits.decode(words, count, Long.MIN_VALUE, Long.MAX_VALUE, samples);
    } else {
      if (!reader.copy(this, page, i)) throw new IllegalStateException("no such series");
      reader.decodeOpen(samples);
    }
    newestSealed = page.sealed[i];
    ChunkColumns.part(samples, 0, count, MOST_SAMPLES, this::seal);
    return newestSealed;
  }

  /** Adds a chunk behind those of its series; halves of it where it is too long for a page. */
  private void seal(int from, int count) {
    columns.clear();
    chunk.encodeTimes(samples, from, count, columns);
    chunk.encodeValues(samples, from, count, columns);
    if (columns.size > SealedChunks.MOST_BYTES && count > 1) {
      ChunkColumns.part(samples, from, from + count, (count + 1) / 2, this::seal);
      return;
    }
    long first = samples.times[from];
    long window = Math.floorDiv(first, blockRangeMs);
    long last = samples.times[from + count - 1];
    newestSealed = sealed.add(window, newestSealed, first, last, count, columns);
  }

  static int cellsOf(int bits) {
    return (bits + Cells.WORDS * 64 - 1) / (Cells.WORDS * 64);
  }

  /** Takes up an open chunk as a checkpoint kept it. */
  void restoreOpen(int slot, OpenState state, long[] from) {
    SeriesPage page = page(slot);
    int i = slot & SeriesPage.MASK;
    page.beginChange(i);
    page.lastTime[i] = state.lastTime;
    page.lastBits[i] = state.lastBits;
    page.lastDelta[i] = state.lastDelta;
    page.leading[i] = (byte) state.leading;
    page.length[i] = (byte) state.length;
    page.count[i] = (short) state.count;
    page.bits[i] = (short) state.bits;
    int last = Cells.NONE;
    for (int c = 0; c < cellsOf(state.bits) && state.count > 0; c++) {
      int cell = cells.take();
      for (int w = 0; w < Cells.WORDS; w++) cells.set(cell, w, from[c * Cells.WORDS + w]);
      if (last == Cells.NONE) page.firstCell[i] = cell;
      else cells.setNext(last, cell);
      last = cell;
    }
    page.lastCell[i] = last;
    page.endChange(i);
  }

  /** Takes up an open chunk that has rows of histograms or start times. */
  void restoreExtra(int slot, OpenState state) {
    SeriesPage page = page(slot);
    int i = slot & SeriesPage.MASK;
    var open = new SampleColumns(state.count);
    if (state.isRows) SeriesExtra.decode(state, open);
    page.beginChange(i);
    page.withExtra(i).restore(state, open);
    if (state.isRows) {
      page.flags[i] |= SeriesPage.ROWS;
      page.count[i] = (short) state.count;
      page.bits[i] = 0;
      page.lastTime[i] = open.times[open.size - 1];
      page.lastBits[i] = Double.doubleToRawLongBits(open.values[open.size - 1]);
    }
    page.endChange(i);
  }

  /** Takes up a sealed chunk, newer than those before. */
  void restoreSealed(int slot, long firstMs, long lastMs, int count, ColumnWriter chunkColumns) {
    SeriesPage page = page(slot);
    int i = slot & SeriesPage.MASK;
    long window = Math.floorDiv(firstMs, blockRangeMs);
    long name = sealed.add(window, page.sealed[i], firstMs, lastMs, count, chunkColumns);
    page.beginChange(i);
    page.sealed[i] = name;
    page.lastTime[i] = lastMs;
    page.endChange(i);
  }

  /** Forgets a series' samples before a time, which stands at no sample or within a window. */
  void dropBefore(int slot, long ms, long detachedBeforeWindow) {
    SeriesPage page = page(slot);
    int i = slot & SeriesPage.MASK;
    long kept = SealedChunks.NONE;
    long chunk = page.sealed[i];
    while (chunk != SealedChunks.NONE && window(chunk) >= detachedBeforeWindow) {
      kept = chunk;
      chunk = sealed.prev(chunk);
    }
    page.beginChange(i);
    if (kept == SealedChunks.NONE) page.sealed[i] = SealedChunks.NONE;
    else if (chunk != SealedChunks.NONE) sealed.setPrev(kept, SealedChunks.NONE);
    if (page.count[i] > 0 && page.lastTime[i] < ms) closeOpen(page, i);
    page.endChange(i);
  }

  private long window(long chunk) {
    return Math.floorDiv(sealed.firstMs(chunk), blockRangeMs);
  }

  /** Whether a series has neither samples nor a writer that holds its handle. */
  boolean isIdle(int slot, long beforeMs) {
    SeriesPage page = page(slot);
    int i = slot & SeriesPage.MASK;
    return page.pins[i] == 0 && page.lastTime[i] < beforeMs && page.late(i) == null;
  }

  /** Bytes of memory in all, beside symbols and index. */
  long bytes() {
    long bytes = pages.length * SeriesPage.bytes() + cells.bytes() + sealed.bytes();
    for (SeriesPage page : pages) bytes += page.extraBytes();
    return bytes;
  }
}
