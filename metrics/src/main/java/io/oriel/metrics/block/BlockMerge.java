package io.oriel.metrics.block;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import java.io.IOException;
import java.util.List;

/** Writes several blocks as one. */
public final class BlockMerge {
  private BlockMerge() {}

  /**
   * Writes all samples of the blocks.
   *
   * @param sources as {@link Runs#inOrder} has them: of two samples of one time the later source's
   *     is kept
   * @throws IOException when one of them turns out to be damaged: the others are worth more than
   *     what could be made of all
   */
  public static void merge(List<MetricBlock> sources, MetricBlockWriter into) throws IOException {
    var walk = new SeriesWalk(sources);
    var samples = new SampleColumns(4096);
    var cursor = new MetricBlock.Cursor();
    for (Labels next; (next = walk.next()) != null; ) {
      samples.clear();
      for (int source = 0; source < sources.size(); source++) {
        if (walk.id(source) == SeriesWalk.NOWHERE) continue;
        int before = samples.size;
        sources.get(source).read(walk.id(source), Long.MIN_VALUE, Long.MAX_VALUE, samples, cursor);
        Runs.join(samples, 0, before);
      }
      into.add(next, samples);
    }
    refuseDamaged(sources);
  }

  static void refuseDamaged(List<MetricBlock> sources) throws IOException {
    for (MetricBlock source : sources) {
      if (source.damage() != null) {
        throw new IOException("block %s is damaged: %s".formatted(source.name(), source.damage()));
      }
    }
  }
}
