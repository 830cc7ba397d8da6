package io.oriel.metrics.block;

import io.oriel.model.Labels;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The series of several blocks side by side, in the order of their labels. One thread. */
final class SeriesWalk {
  /** In the place of an id: the block does not have the series. */
  static final int NOWHERE = -1;

  private final List<MetricBlock> blocks;
  private final int[] next; // of each block's next series
  private final @Nullable Labels[] labels; // of that series; null when there is none left
  private final int[] ids; // of the current series

  SeriesWalk(List<MetricBlock> blocks) {
    this.blocks = blocks;
    this.next = new int[blocks.size()];
    this.ids = new int[blocks.size()];
    this.labels = new @Nullable Labels[blocks.size()];
    Arrays.fill(next, -1);
    for (int block = 0; block < next.length; block++) advance(block);
  }

  /** Moves to the next series; null: there is none. */
  @Nullable Labels next() {
    Labels smallest = null;
    for (Labels each : labels) {
      if (each != null && (smallest == null || each.compareTo(smallest) < 0)) smallest = each;
    }
    if (smallest == null) return null;
    for (int block = 0; block < ids.length; block++) {
      Labels its = labels[block];
      boolean isHere = its != null && its.equals(smallest);
      ids[block] = isHere ? next[block] : NOWHERE;
      if (isHere) advance(block);
    }
    return smallest;
  }

  /** The current series' id in a block. */
  int id(int block) {
    return ids[block];
  }

  private void advance(int block) {
    int id = ++next[block];
    MetricBlock its = blocks.get(block);
    labels[block] = id < its.series() ? its.labels().labels(id) : null;
  }
}
