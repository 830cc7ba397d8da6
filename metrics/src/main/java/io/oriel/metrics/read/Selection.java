package io.oriel.metrics.read;

import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.block.Runs;
import io.oriel.metrics.head.Head;
import io.oriel.metrics.head.SeriesReader;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.storage.block.Lease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Series of the head and of borrowed blocks; one that lies in several places is one series. */
final class Selection implements SelectedSeries {
  /** In the place of an id: the series is not there. */
  static final int NOWHERE = -1;

  private final Head head;
  private final HeadView view;
  private final List<Lease<MetricBlock>> blocks; // in the order in which they are joined
  private final TimeRange range;
  private final int sources; // the blocks, and the head behind them
  private final int[] ids; // of a series in each source, one series after another
  private final Labels @Nullable [] labels; // null: those of the head, asked when they are wanted
  private final AtomicReference<@Nullable Scratch> spare = new AtomicReference<>(new Scratch());
  private boolean closed;

  /** What one thread needs to read a series. */
  private static final class Scratch {
    final SeriesReader head = new SeriesReader();
    final MetricBlock.Cursor block = new MetricBlock.Cursor();
    final SampleColumns samples = new SampleColumns(0);
  }

  Selection(
      Head head,
      HeadView view,
      List<Lease<MetricBlock>> blocks,
      TimeRange range,
      int[] ids,
      Labels @Nullable [] labels) {
    this.head = head;
    this.view = view;
    this.blocks = blocks;
    this.range = range;
    this.sources = blocks.size() + 1;
    this.ids = ids;
    this.labels = labels;
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
    for (int source = 0; source < sources; source++) {
      if (ids[at + source] == NOWHERE) continue;
      int before = into.size;
      if (source < sources - 1) {
        MetricBlock block = blocks.get(source).block();
        block.read(ids[at + source], range.startMs(), range.endMs(), into, scratch.block);
      } else {
        long from = Math.max(range.startMs(), view.fromMs());
        head.read(ids[at + source], from, range.endMs(), into, scratch.head);
      }
      Runs.join(into, start, before);
    }
    spare.set(scratch);
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
    return block.overlaps(id, range.startMs(), range.endMs(), scratch.block);
  }

  private boolean inHead(int id, Scratch scratch) {
    long from = Math.max(range.startMs(), view.fromMs());
    long newest = head.newestMs(id);
    if (newest <= range.endMs() && !head.hidesSome(id)) return newest >= from;
    scratch.samples.clear();
    head.read(id, from, range.endMs(), scratch.samples, scratch.head);
    return scratch.samples.size > 0;
  }

  @Override
  public List<String> warnings() {
    return damaged(blocks);
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
