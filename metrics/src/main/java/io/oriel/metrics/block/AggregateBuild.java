package io.oriel.metrics.block;

import io.oriel.metrics.block.AggregateRows.Column;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a block of aggregates: of blocks of samples, of finer aggregates, or of aggregates of the
 * same length, which are then joined. Samples of a series that has native histograms among them are
 * left out.
 */
public final class AggregateBuild {
  private static final Set<Column> ALL = EnumSet.allOf(Column.class);

  /**
   * What is read of a block.
   *
   * @param time begins and ends with stretches of the new block
   */
  public record Part(MetricBlock block, TimeRange time) {}

  private final List<Part> parts;
  private final long lengthMs;
  private final MetricBlock.Cursor cursor = new MetricBlock.Cursor();
  private final SampleColumns samples = new SampleColumns(8192);
  private final AggregateRows finer = new AggregateRows();
  private final AggregateRows rows = new AggregateRows();

  private AggregateBuild(List<Part> parts, long lengthMs) {
    this.parts = parts;
    this.lengthMs = lengthMs;
  }

  /**
   * Writes the aggregates of blocks.
   *
   * @param parts those of aggregates first, by time, then those of samples behind them, as {@link
   *     Runs#inOrder} has them
   * @throws IOException when one of them turns out to be damaged
   */
  public static void write(List<Part> parts, long lengthMs, MetricBlockWriter into)
      throws IOException {
    new AggregateBuild(parts, lengthMs).run(into);
  }

  private void run(MetricBlockWriter into) throws IOException {
    List<MetricBlock> blocks = parts.stream().map(Part::block).toList();
    var walk = new SeriesWalk(blocks);
    for (Labels next; (next = walk.next()) != null; ) {
      read(walk);
      if (samples.histograms != null) samples.clear();
      rows.clear();
      Aggregation.ofRows(finer, lengthMs, rows);
      Aggregation.ofSamples(samples, lengthMs, rows);
      into.add(next, rows);
    }
    BlockMerge.refuseDamaged(blocks);
  }

  private void read(SeriesWalk walk) {
    samples.clear();
    finer.clear();
    for (int i = 0; i < parts.size(); i++) {
      int id = walk.id(i);
      if (id == SeriesWalk.NOWHERE) continue;
      MetricBlock block = parts.get(i).block();
      TimeRange time = parts.get(i).time();
      if (block.resolutionMs() > 0) {
        block.readRows(id, time.startMs(), time.endMs(), ALL, finer, cursor);
      } else {
        int before = samples.size;
        block.read(id, time.startMs(), time.endMs(), samples, cursor);
        Runs.join(samples, 0, before);
      }
    }
  }
}
