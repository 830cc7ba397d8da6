package io.oriel.metrics.block;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes several blocks as one. One thread. */
public final class BlockMerge {
  private final List<MetricBlock> sources; // in the order of joining
  private final int[] ids; // of each source's next series
  private final @Nullable Labels[] labels; // of that series; null when there is none left
  private final SampleColumns samples = new SampleColumns(4096);
  private final MetricBlock.Cursor cursor = new MetricBlock.Cursor();

  private BlockMerge(List<MetricBlock> sources) {
    this.sources = sources;
    this.ids = new int[sources.size()];
    this.labels = new @Nullable Labels[sources.size()];
  }

  /**
   * Writes all samples of the blocks.
   *
   * @param sources as {@link Runs#inOrder} has them: of two samples of one time the later source's
   *     is kept
   * @throws IOException when one of them turns out to be damaged: the others are worth more than
   *     what could be made of all
   */
  public static void merge(List<MetricBlock> sources, MetricBlockWriter into) throws IOException {
    new BlockMerge(sources).run(into);
    for (MetricBlock source : sources) {
      if (source.damage() != null) {
        throw new IOException("block %s is damaged: %s".formatted(source.name(), source.damage()));
      }
    }
  }

  private void run(MetricBlockWriter into) throws IOException {
    Arrays.fill(ids, -1);
    for (int source = 0; source < ids.length; source++) advance(source);
    for (Labels next; (next = smallest()) != null; ) {
      samples.clear();
      for (int source = 0; source < ids.length; source++) {
        Labels its = labels[source];
        if (its == null || !its.equals(next)) continue;
        int before = samples.size;
        sources.get(source).read(ids[source], Long.MIN_VALUE, Long.MAX_VALUE, samples, cursor);
        Runs.join(samples, 0, before);
        advance(source);
      }
      into.add(next, samples);
    }
  }

  private void advance(int source) {
    int id = ++ids[source];
    MetricBlock block = sources.get(source);
    labels[source] = id < block.series() ? block.labels().labels(id) : null;
  }

  private @Nullable Labels smallest() {
    Labels smallest = null;
    for (Labels each : labels) {
      if (each != null && (smallest == null || each.compareTo(smallest) < 0)) smallest = each;
    }
    return smallest;
  }
}
