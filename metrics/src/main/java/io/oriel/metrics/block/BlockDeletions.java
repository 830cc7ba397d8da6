package io.oriel.metrics.block;

import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.storage.index.LabelIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What is deleted of one block: for each deletion the series that it means, once they are asked.
 */
final class BlockDeletions {
  private final MetricBlock block;
  private final List<Deletion> deletions;
  private volatile RoaringBitmap @Nullable [] series; // of each deletion

  BlockDeletions(MetricBlock block, List<Deletion> deletions) {
    this.block = block;
    this.deletions = List.copyOf(deletions);
  }

  private RoaringBitmap[] series() {
    RoaringBitmap[] known = series;
    if (known != null) return known;
    var found = new RoaringBitmap[deletions.size()];
    for (int i = 0; i < found.length; i++) {
      List<List<Matcher>> selections = deletions.get(i).selections();
      found[i] = block.ask(labels -> matching(labels, selections));
    }
    series = found; // two who ask at once find the same
    return found;
  }

  private static RoaringBitmap matching(LabelIndex labels, List<List<Matcher>> selections) {
    var found = new RoaringBitmap();
    for (List<Matcher> matchers : selections) found.or(labels.matching(matchers));
    return found;
  }

  /** Whether any series of the block is meant. */
  boolean meansAny() {
    for (RoaringBitmap each : series()) if (!each.isEmpty()) return true;
    return false;
  }

  /** How many series are meant. */
  long count() {
    return RoaringBitmap.or(series()).getLongCardinality();
  }

  boolean means(int id) {
    for (RoaringBitmap each : series()) if (each.contains(id)) return true;
    return false;
  }

  /** Takes rows out in whose time something of the series is deleted. */
  void takeOut(int id, AggregateRows rows, int from, long lengthMs) {
    RoaringBitmap[] all = series();
    for (int i = 0; i < all.length; i++) {
      if (!all[i].contains(id)) continue;
      TimeRange range = deletions.get(i).range();
      long most = Long.MAX_VALUE / 2; // of a time that has an end
      long start = Math.max(range.startMs(), -most);
      long end = Math.min(range.endMs(), most);
      rows.takeOut(
          from,
          Aggregation.endOf(start, lengthMs) - lengthMs + 1,
          Aggregation.endOf(end, lengthMs));
    }
  }

  /** Takes what is deleted out of a series' samples. */
  void takeOut(int id, SampleColumns samples, int from) {
    RoaringBitmap[] all = series();
    for (int i = 0; i < all.length; i++) {
      if (!all[i].contains(id)) continue;
      var range = deletions.get(i).range();
      Runs.takeOut(samples, from, range.startMs(), range.endMs());
    }
  }
}
