package io.oriel.metrics.read;

import io.oriel.metrics.block.AggregateRows;
import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.block.Runs;
import io.oriel.metrics.head.Head;
import io.oriel.metrics.head.SeriesReader;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.SelectHints;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.storage.block.Lease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Series of the head and of borrowed blocks; one that lies in several places is one series. */
final class Selection implements SelectedSeries {
  /** In the place of an id: the series is not there. */
  static final int NOWHERE = -1;

  /** Rows before the range whose values may be held into it. */
  private static final int HELD_ROWS = 2;

  private final Head head;
  private final HeadView view;
  private final List<Lease<MetricBlock>> blocks; // in the order in which they are joined
  private final TimeRange range;
  private final @Nullable SelectHints hints; // null: samples alone
  private final Times samples; // to be read from blocks of samples and from the head
  private final Times[] planned; // to be read from each block
  private final int sources; // the blocks, and the head behind them
  private final int[] ids; // of a series in each source, one series after another
  private final Labels @Nullable [] labels; // null: those of the head, asked when they are wanted
  private final AtomicReference<@Nullable Scratch> spare = new AtomicReference<>(new Scratch());
  private final Set<Long> readOf = ConcurrentHashMap.newKeySet(); // resolutions
  private boolean closed;

  /** What one thread needs to read a series. */
  private static final class Scratch {
    final SeriesReader head = new SeriesReader();
    final MetricBlock.Cursor block = new MetricBlock.Cursor();
    final SampleColumns samples = new SampleColumns(0);
    @Nullable AggregateRows rows; // made where there are any

    AggregateRows noRows() {
      AggregateRows mine = rows == null ? new AggregateRows() : rows;
      rows = mine;
      mine.clear();
      return mine;
    }
  }

  /**
   * A selection.
   *
   * @param blocks those of aggregates first
   * @param plan which time is read from blocks of which resolution
   */
  Selection(
      Head head,
      HeadView view,
      List<Lease<MetricBlock>> blocks,
      TimeRange range,
      @Nullable SelectHints hints,
      Map<Long, Times> plan,
      int[] ids,
      Labels @Nullable [] labels) {
    this.head = head;
    this.view = view;
    this.blocks = blocks;
    this.range = range;
    this.hints = hints;
    this.samples = plan.getOrDefault(0L, Times.NONE);
    this.planned = planned(blocks, plan);
    this.sources = blocks.size() + 1;
    this.ids = ids;
    this.labels = labels;
  }

  private static Times[] planned(List<Lease<MetricBlock>> blocks, Map<Long, Times> plan) {
    var planned = new Times[blocks.size()];
    for (int source = 0; source < planned.length; source++) {
      Lease<MetricBlock> lease = blocks.get(source);
      Times its = plan.getOrDefault(lease.entry().resolutionMs(), Times.NONE);
      planned[source] = its.and(new Times(List.of(lease.range())));
    }
    return planned;
  }

  @Override
  public int count() {
    return ids.length / sources;
  }

  @Override
  public Labels labels(int series) {
    return labels == null ? head.index().labels(ids[series]) : labels[series];
  }

  @Override
  public void read(int series, SampleColumns into) {
    Scratch scratch = spare.getAndSet(null);
    if (scratch == null) scratch = new Scratch();
    int start = into.size;
    int at = series * sources;
    Times times = samples;
    int source = 0;
    while (source < sources - 1 && resolution(source) > 0) {
      int end = source;
      while (end < sources - 1 && resolution(end) == resolution(source)) end++;
      int before = into.size;
      times = readRows(at, source, end, times, scratch, into);
      Runs.join(into, start, before);
      source = end;
    }
    for (; source < sources; source++) {
      if (ids[at + source] == NOWHERE) continue;
      for (TimeRange span : times.spans()) {
        int before = into.size;
        readSamples(source, ids[at + source], span, scratch, into);
        Runs.join(into, start, before);
      }
    }
    spare.set(scratch);
  }

  private long resolution(int source) {
    return blocks.get(source).entry().resolutionMs();
  }

  private void readSamples(
      int source, int id, TimeRange span, Scratch scratch, SampleColumns into) {
    if (source < sources - 1) {
      MetricBlock block = blocks.get(source).block();
      block.read(id, span.startMs(), span.endMs(), into, scratch.block);
      return;
    }
    int start = into.size;
    long from = Math.max(span.startMs(), view.fromMs());
    if (from <= span.endMs()) head.read(id, from, span.endMs(), into, scratch.head);
    int middle = into.size;
    head.outOfOrder()
        .read(id, span.startMs(), span.endMs(), view.fromNumber(), Integer.MAX_VALUE, into);
    Runs.join(into, start, middle);
  }

  /**
   * Reads rows of neighbouring blocks of one resolution.
   *
   * @return the times to be read from samples: where a block does not have the series, these too
   */
  private Times readRows(
      int at, int first, int end, Times times, Scratch scratch, SampleColumns into) {
    if (hints == null) return times;
    long resolution = resolution(first);
    AggregateRows rows = scratch.noRows();
    Times left = times;
    for (int source = first; source < end; source++) {
      if (planned[source].isEmpty()) continue;
      if (ids[at + source] == NOWHERE) {
        left = left.or(planned[source]);
        continue;
      }
      for (TimeRange span : planned[source].spans()) {
        boolean isHeld =
            hints.reading() == SelectHints.Reading.NEWEST && span.startMs() == range.startMs();
        long from = isHeld ? heldFrom(span.startMs(), resolution) : span.startMs();
        MetricBlock block = blocks.get(source).block();
        Set<AggregateRows.Column> columns = RowReading.columns(hints.reading());
        block.readRows(ids[at + source], from, span.endMs(), columns, rows, scratch.block);
      }
    }
    if (rows.size() > 0) readOf.add(resolution);
    RowReading.append(rows, hints, resolution, range.startMs(), into);
    return left;
  }

  private static long heldFrom(long startMs, long resolutionMs) {
    return Math.max(Long.MIN_VALUE / 2, startMs) - HELD_ROWS * resolutionMs;
  }

  /** Whether a series has samples in the range; selected is also what only may have some. */
  boolean hasSamples(int series) {
    Scratch scratch = spare.getAndSet(null);
    if (scratch == null) scratch = new Scratch();
    boolean found = false;
    for (int source = 0; source < sources && !found; source++) {
      int id = ids[series * sources + source];
      if (id == NOWHERE) continue;
      found = source < sources - 1 ? inBlock(source, id, scratch) : inHead(id, scratch);
    }
    spare.set(scratch);
    return found;
  }

  private boolean inBlock(int source, int id, Scratch scratch) {
    MetricBlock block = blocks.get(source).block();
    for (TimeRange span : planned[source].spans()) {
      if (block.overlaps(id, span.startMs(), span.endMs(), scratch.block)) return true;
    }
    return false;
  }

  private boolean inHead(int id, Scratch scratch) {
    if (head.outOfOrder().holds(id, range.startMs(), range.endMs(), view.fromNumber())) return true;
    long from = Math.max(range.startMs(), view.fromMs());
    long newest = head.newestMs(id);
    if (newest == Long.MIN_VALUE) return false;
    if (newest <= range.endMs() && !head.hidesSome(id)) return newest >= from;
    scratch.samples.clear();
    head.read(id, from, range.endMs(), scratch.samples, scratch.head);
    return scratch.samples.size > 0;
  }

  @Override
  public List<String> warnings() {
    return damaged(blocks);
  }

  @Override
  public List<String> infos() {
    boolean isOther = hints != null && hints.reading() == SelectHints.Reading.OTHER;
    return readOf.stream().sorted().map(each -> Resolution.info(each, isOther)).toList();
  }

  /** A sentence for each block that could not be read. */
  static List<String> damaged(List<Lease<MetricBlock>> blocks) {
    var sentences = new ArrayList<String>();
    for (Lease<MetricBlock> lease : blocks) {
      String damage = lease.block().damage();
      if (damage == null) continue;
      sentences.add(
          "the block %s is damaged (%s): samples from %s to %s may be missing; restore that folder from a backup"
              .formatted(
                  lease.files().folder(),
                  damage,
                  Instant.ofEpochMilli(lease.range().startMs()),
                  Instant.ofEpochMilli(lease.range().endMs())));
    }
    return sentences;
  }

  @Override
  public void close() {
    if (closed) return;
    closed = true;
    blocks.forEach(Lease::close);
    view.release();
  }
}
