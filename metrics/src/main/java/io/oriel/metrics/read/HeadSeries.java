package io.oriel.metrics.read;

import io.oriel.metrics.head.Head;
import io.oriel.metrics.read.KeptAnswers.Found;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.storage.index.HeadIndex;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * What the head's index finds. As long as no series came or went, an answer serves again, whatever
 * window of time is asked; series that are silent in that window are left out each time.
 */
final class HeadSeries {
  private static final int MOST_KEPT = 20_000; // of one selector

  private final Head head;
  private final KeptAnswers kept;

  HeadSeries(Head head, KeptAnswers kept) {
    this.head = head;
    this.kept = kept;
  }

  /**
   * Series that may have samples.
   *
   * @param labels null where they are many: then of each as it is needed
   * @param whole whether none that the selectors find is silent
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Speaking(int[] ids, Labels @Nullable [] labels, boolean whole) {
    static final Speaking NONE = new Speaking(new int[0], new Labels[0], false);
  }

  /** Those that selectors find and that may have a sample in the range. */
  Speaking within(TimeRange range, HeadView view, List<Matcher> matchers) {
    HeadIndex index = head.index();
    long version = index.version(); // before it is asked
    String selectors = matchers.toString();
    Found known = kept.series(index, version, selectors);
    if (known != null) return speaking(known, range, view);
    RoaringBitmap found = index.matching(matchers);
    if (found.getCardinality() <= MOST_KEPT) {
      Labels[] labels = index.labelsOfThoseLeft(found);
      if (labels.length == found.getCardinality()) { // else one went while they were looked at
        var all = new Found(found.toArray(), labels);
        kept.keep(index, version, selectors, all);
        return speaking(all, range, view);
      }
    }
    int all = found.getCardinality();
    dropSilent(found, range, view);
    return new Speaking(found.toArray(), null, found.getCardinality() == all);
  }

  private Speaking speaking(Found all, TimeRange range, HeadView view) {
    int n = 0;
    while (n < all.ids().length && speaks(all.ids()[n], range, view)) n++;
    if (n == all.ids().length) return new Speaking(all.ids(), all.labels(), true);
    int[] ids = all.ids().clone();
    Labels[] labels = all.labels().clone();
    for (int i = n + 1; i < ids.length; i++) {
      if (!speaks(ids[i], range, view)) continue;
      ids[n] = ids[i];
      labels[n++] = labels[i];
    }
    return new Speaking(Arrays.copyOf(ids, n), Arrays.copyOf(labels, n), false);
  }

  private void dropSilent(RoaringBitmap found, TimeRange range, HeadView view) {
    var silent = new RoaringBitmap();
    for (PeekableIntIterator each = found.getIntIterator(); each.hasNext(); ) {
      int id = each.next();
      if (!speaks(id, range, view)) silent.add(id);
    }
    found.andNot(silent);
  }

  private boolean speaks(int id, TimeRange range, HeadView view) {
    long newest = head.newestMs(id);
    if (newest >= Math.max(range.startMs(), view.fromMs()) && newest != Long.MIN_VALUE) return true;
    return head.outOfOrder().holds(id, range.startMs(), range.endMs(), view.fromNumber());
  }

  /**
   * What the index says of all series that selectors find, silent or not.
   *
   * @param version that it had before they were looked for
   */
  List<String> texts(String kind, long version, String selectors, Supplier<List<String>> ask) {
    return kept.texts(head.index(), version, kind, selectors, ask);
  }
}
