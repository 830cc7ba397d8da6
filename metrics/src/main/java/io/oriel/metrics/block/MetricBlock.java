package io.oriel.metrics.block;

import io.oriel.metrics.block.AggregateRows.Column;
import io.oriel.model.SampleColumns;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.block.BlockFiles;
import io.oriel.storage.column.ColumnReader;
import io.oriel.storage.column.Deltas;
import io.oriel.storage.index.BlockIndex;
import io.oriel.storage.index.HeadIndex;
import io.oriel.storage.index.LabelIndex;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A block as it lies in its mapped files. Any thread reads, with a {@link Cursor} of its own and as
 * long as it holds the block's lease.
 *
 * <p>A block that is damaged is named in the log once and answers as if it were empty: it never
 * costs the others. Its files stay for whoever wants to mend them.
 */
public final class MetricBlock {
  private static final Logger log = LoggerFactory.getLogger(MetricBlock.class);

  private static final Set<Column> ALL_COLUMNS = EnumSet.allOf(Column.class);
  private static final LabelIndex EMPTY = new HeadIndex();

  private final String name;
  private final Path folder;
  private final long indexBytes;
  private final long resolutionMs; // 0: samples
  private final @Nullable BlockPages pages; // null where the block is damaged from the start
  private final LabelIndex labels;
  private volatile @Nullable BlockIndex unchecked; // the index until its bytes were checked
  private volatile @Nullable BlockDeletions hidden;
  private final AtomicReference<@Nullable String> damage = new AtomicReference<>();

  private MetricBlock(
      BlockFiles files,
      @Nullable BlockPages pages,
      LabelIndex labels,
      @Nullable BlockIndex unchecked) {
    this.name = files.name();
    this.folder = files.folder();
    this.resolutionMs = files.entry().resolutionMs();
    this.indexBytes = unchecked == null ? 0 : files.file(MetricBlockWriter.INDEX_FILE).byteSize();
    this.pages = pages;
    this.labels = labels;
    this.unchecked = unchecked;
  }

  /** Looks at a block's files; a damaged one opens too, and is empty. */
  public static MetricBlock open(BlockFiles files) {
    try {
      BlockPages pages = BlockPages.open(files.file(MetricBlockWriter.FILE));
      BlockIndex labels = BlockIndex.open(files.file(MetricBlockWriter.INDEX_FILE));
      if (labels.size() != pages.series()) {
        throw new DamagedBlock(
            "the index has %d series, the chunks %d".formatted(labels.size(), pages.series()));
      }
      return new MetricBlock(files, pages, labels, labels);
    } catch (DamagedBlock
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | IllegalStateException e) {
      var block = new MetricBlock(files, null, EMPTY, null);
      block.damaged(e);
      return block;
    }
  }

  private void damaged(RuntimeException cause) {
    if (!damage.compareAndSet(null, String.valueOf(cause.getMessage()))) return;
    log.error(
        "block damaged path={} what=\"{}\" remedy=\"restore that folder from a backup or a snapshot and start"
            + " again; until then its samples are missing from answers, which say so\"",
        folder,
        cause.getMessage());
  }

  public String name() {
    return name;
  }

  /** How much time a row stands for; 0: the block has samples. */
  public long resolutionMs() {
    return resolutionMs;
  }

  /** What is wrong with the block; null where nothing is known to be. */
  public @Nullable String damage() {
    return damage.get();
  }

  /** Which series there are; their ids are those of {@link #read}. */
  public LabelIndex labels() {
    return damage.get() == null ? labels : EMPTY;
  }

  /**
   * Asks the index, which is checked before its first answer. Where it is damaged, the block is,
   * and the empty index is asked.
   */
  public <T> T ask(Function<LabelIndex, T> question) {
    checkIndex();
    try {
      return question.apply(labels());
    } catch (Refusal e) {
      throw e;
    } catch (RuntimeException e) {
      damaged(new DamagedBlock("the label index can't be read (" + e.getMessage() + ")"));
      return question.apply(EMPTY);
    }
  }

  /**
   * Checks the bytes of the index where nobody has yet; that reads all of it, so opening does not.
   *
   * @return whether there was anything to check
   */
  public boolean checkIndex() {
    if (unchecked == null) return false; // the usual case, without the lock
    synchronized (this) {
      BlockIndex index = unchecked;
      if (index == null) return false;
      if (!index.isWhole()) {
        damaged(
            new DamagedBlock("the file index: bytes from offset 0 on are not what was written"));
      }
      unchecked = null;
      return true;
    }
  }

  public long series() {
    return pages == null ? 0 : pages.series();
  }

  public long samples() {
    return pages == null ? 0 : pages.samples();
  }

  public long chunks() {
    return pages == null ? 0 : pages.chunks();
  }

  /**
   * Of what a block's bytes are, on disk.
   *
   * @param times columns of times, which series share
   * @param series where each series' chunks are
   * @param labels the label index
   * @param checks checksums and last words
   */
  public record Parts(long values, long times, long series, long labels, long checks) {}

  /** Of what its bytes are; nothing where it is damaged from the start. */
  public Parts parts() {
    if (pages == null) return new Parts(0, 0, 0, 0, 0);
    long[] sections = pages.sections();
    return new Parts(sections[0], sections[1], sections[2], indexBytes, sections[3]);
  }

  /**
   * Places in a block; kept by a reader so that reading allocates nothing. One thread at a time.
   */
  public static final class Cursor {
    final ColumnReader series = new ColumnReader();
    final ColumnReader times = new ColumnReader();
    final ColumnReader values = new ColumnReader();
    private int chunksLeft;
    private long valuesAt; // of the next chunk
    private long first; // time of the chunk that was found
    private int count;

    /** Goes to the chunks of a series. */
    private void find(BlockPages pages, int id) {
      valuesAt = pages.find(id, series);
      chunksLeft = (int) series.readVarint();
    }

    /** Goes to the columns of the next chunk that overlaps the bounds; false: there is none. */
    private boolean next(BlockPages pages, long fromMs, long toMs) {
      while (chunksLeft-- > 0) {
        long place = series.readVarint();
        long length = series.readVarint();
        long at = valuesAt;
        valuesAt += length;
        times.at(pages.bytes(), pages.times(place));
        first = pages.startMs() + times.readSigned();
        long last = first + times.readVarint();
        count = (int) times.readVarint();
        if (first > toMs) return false;
        if (last < fromMs) continue;
        pages.check(at, length);
        values.at(pages.bytes(), at);
        return true;
      }
      return false;
    }
  }

  /**
   * From now on what these say is left out of every answer; those that said so before count no
   * more.
   */
  public void hide(List<Deletion> deletions) {
    hidden = deletions.isEmpty() ? null : new BlockDeletions(this, deletions);
  }

  /** How many series are meant by what is to be left out, with all or some of their samples. */
  public long hiddenSeries() {
    BlockDeletions out = hidden;
    return out == null ? 0 : out.count();
  }

  /** Whether series of the block are meant by what is to be left out. */
  public boolean hidesAny() {
    BlockDeletions out = hidden;
    return out != null && out.meansAny();
  }

  /**
   * Adds a series' samples within the bounds to the columns, in order of time; of a block that has
   * samples.
   */
  public void read(int id, long fromMs, long toMs, SampleColumns into, Cursor cursor) {
    if (resolutionMs > 0) throw new IllegalStateException(name + " has no samples but aggregates");
    if (pages == null || damage.get() != null) return;
    int start = into.size;
    try {
      read(pages, id, fromMs, toMs, into, cursor);
      BlockDeletions out = hidden;
      if (out != null) out.takeOut(id, into, start);
    } catch (DamagedBlock | IndexOutOfBoundsException e) {
      into.size = start;
      damaged(e);
    }
  }

  /**
   * Adds a series' rows whose last sample lies within the bounds, in order of time; of a block of
   * aggregates.
   *
   * @param wanted the columns to fill in, beside the last samples
   */
  public void readRows(
      int id, long fromMs, long toMs, Set<Column> wanted, AggregateRows into, Cursor cursor) {
    if (pages == null || damage.get() != null) return;
    int start = into.size();
    try {
      cursor.find(pages, id);
      while (cursor.next(pages, fromMs, toMs)) decodeRows(fromMs, toMs, wanted, into, cursor);
      BlockDeletions out = hidden;
      if (out != null) out.takeOut(id, into, start, resolutionMs);
    } catch (DamagedBlock | IndexOutOfBoundsException e) {
      into.lasts.size = start;
      damaged(e);
    }
  }

  private static void decodeRows(
      long fromMs, long toMs, Set<Column> wanted, AggregateRows into, Cursor cursor) {
    int count = cursor.count;
    int start = into.size();
    into.ensure(start + count);
    Deltas.decode(cursor.times, count, into.lasts.times, start);
    for (int i = start; i < start + count; i++) into.lasts.times[i] += cursor.first;
    AggregateChunk.decode(cursor.values, count, wanted, into, start);
    into.lasts.size = start + count;
    if (into.lasts.times[start + count - 1] > toMs) into.takeOut(start, toMs + 1, Long.MAX_VALUE);
    if (into.lasts.times[start] < fromMs) into.takeOut(start, Long.MIN_VALUE, fromMs - 1);
  }

  /** Whether a chunk of the series overlaps the bounds; decoded only where some is deleted. */
  public boolean overlaps(int id, long fromMs, long toMs, Cursor cursor) {
    if (pages == null || damage.get() != null) return false;
    try {
      if (!overlaps(pages, id, fromMs, toMs, cursor)) return false;
      BlockDeletions out = hidden;
      if (out == null || !out.means(id)) return true;
      return isSomeLeft(id, fromMs, toMs, cursor);
    } catch (DamagedBlock | IndexOutOfBoundsException e) {
      damaged(e);
      return false;
    }
  }

  private boolean isSomeLeft(int id, long fromMs, long toMs, Cursor cursor) {
    if (resolutionMs > 0) {
      var rows = new AggregateRows();
      readRows(id, fromMs, toMs, Set.of(), rows, cursor);
      return rows.size() > 0;
    }
    var left = new SampleColumns();
    read(id, fromMs, toMs, left, cursor);
    return left.size > 0;
  }

  private static boolean overlaps(BlockPages pages, int id, long fromMs, long toMs, Cursor cursor) {
    pages.find(id, cursor.series);
    int chunks = (int) cursor.series.readVarint();
    for (int i = 0; i < chunks; i++) {
      long place = cursor.series.readVarint();
      cursor.series.readVarint(); // the length of the values
      ColumnReader times = cursor.times.at(pages.bytes(), pages.times(place));
      long first = pages.startMs() + times.readSigned();
      long last = first + times.readVarint();
      if (first > toMs) return false;
      if (last >= fromMs) return true;
    }
    return false;
  }

  /**
   * Decodes all of a series and holds it to what a writer writes.
   *
   * @throws RuntimeException where it is something else
   */
  static void readChecked(BlockPages pages, int id, SampleColumns into, Cursor cursor) {
    pages.find(id, cursor.series);
    long chunks = cursor.series.readVarint();
    for (long i = 0; i < chunks; i++) {
      ColumnReader times = cursor.times.at(pages.bytes(), pages.times(cursor.series.readVarint()));
      cursor.series.readVarint(); // the length of the values
      times.readSigned();
      times.readVarint();
      long count = times.readVarint();
      if (count < 1 || count > MetricBlockWriter.MOST_SAMPLES) {
        throw new DamagedBlock("chunk %d says it has %d samples".formatted(i, count));
      }
    }
    cursor.find(pages, id);
    var rows = new AggregateRows();
    while (cursor.next(pages, Long.MIN_VALUE, Long.MAX_VALUE)) {
      if (cursor.values.peekByte() == AggregateChunk.KIND) {
        rows.clear();
        decodeRows(Long.MIN_VALUE, Long.MAX_VALUE, ALL_COLUMNS, rows, cursor);
        into.addAll(rows.lasts, 0, rows.size());
      } else {
        ChunkColumns.decode(
            cursor.times,
            cursor.values,
            cursor.count,
            cursor.first,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            into);
      }
    }
    for (int i = 1; i < into.size; i++) {
      if (into.times[i] <= into.times[i - 1]) throw new DamagedBlock("its times do not rise");
    }
  }

  private static void read(
      BlockPages pages, int id, long fromMs, long toMs, SampleColumns into, Cursor cursor) {
    cursor.find(pages, id);
    while (cursor.next(pages, fromMs, toMs)) {
      ChunkColumns.decode(
          cursor.times, cursor.values, cursor.count, cursor.first, fromMs, toMs, into);
    }
  }
}
