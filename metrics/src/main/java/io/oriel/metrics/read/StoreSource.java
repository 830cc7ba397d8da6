package io.oriel.metrics.read;

import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.head.Head;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.storage.block.BlockFolder;
import io.oriel.storage.block.Lease;
import io.oriel.storage.index.LabelIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** The embedded store as a source of series. Thread-safe. */
public final class StoreSource implements MetricSource {
  private final Head head;
  private final BlockFolder<MetricBlock> blocks;
  private final Supplier<HeadView> newest;
  private final Limits limits;

  /**
   * @param newest the view of the head that is in force
   */
  public StoreSource(
      Head head, BlockFolder<MetricBlock> blocks, Supplier<HeadView> newest, Limits limits) {
    this.head = head;
    this.blocks = blocks;
    this.newest = newest;
    this.limits = limits;
  }

  /** Before the blocks are borrowed: then nothing lies in neither, at worst something in both. */
  private HeadView hold() {
    while (true) {
      HeadView view = newest.get();
      if (view.hold()) return view;
    }
  }

  @Override
  public SelectedSeries select(List<Matcher> matchers, TimeRange range) {
    return selection(matchers, range);
  }

  private Selection selection(List<Matcher> matchers, TimeRange range) {
    HeadView view = hold();
    List<Lease<MetricBlock>> borrowed = List.of();
    try {
      borrowed = blocks.borrow(range);
      int[] ids = join(matchers, range, view, borrowed);
      return new Selection(head, view, borrowed, range, ids);
    } catch (RuntimeException | Error e) {
      borrowed.forEach(Lease::close);
      view.release();
      throw e;
    }
  }

  private int[] join(
      List<Matcher> matchers, TimeRange range, HeadView view, List<Lease<MetricBlock>> borrowed) {
    RoaringBitmap inHead = headSeries(matchers, range, view);
    limits.check(Limit.QUERY_SERIES, inHead.getCardinality(), subject(matchers));
    if (borrowed.isEmpty()) return inHead.toArray();
    var joined =
        new LinkedHashMap<Labels, int[]>(); // the same order, and so the same sums, each time
    for (int source = 0; source < borrowed.size(); source++) {
      MetricBlock block = borrowed.get(source).block();
      Found found = block.ask(labels -> Found.of(labels, labels.matching(matchers)));
      put(joined, found, source, borrowed.size() + 1);
      limits.check(Limit.QUERY_SERIES, joined.size(), subject(matchers));
    }
    put(joined, Found.of(head.index(), inHead), borrowed.size(), borrowed.size() + 1);
    limits.check(Limit.QUERY_SERIES, joined.size(), subject(matchers));
    int[] ids = new int[joined.size() * (borrowed.size() + 1)];
    int at = 0;
    for (int[] of : joined.values()) {
      System.arraycopy(of, 0, ids, at, of.length);
      at += of.length;
    }
    return ids;
  }

  /** Series of one index, with their labels in the order of the ids. */
  private record Found(RoaringBitmap ids, List<Labels> labels) {
    static Found of(LabelIndex index, RoaringBitmap ids) {
      var labels = new ArrayList<Labels>(ids.getCardinality());
      ids.forEach((int id) -> labels.add(index.labels(id)));
      return new Found(ids, labels);
    }
  }

  private static void put(Map<Labels, int[]> joined, Found found, int source, int sources) {
    PeekableIntIterator ids = found.ids.getIntIterator();
    for (Labels labels : found.labels) {
      joined.computeIfAbsent(labels, _ -> nowhere(sources))[source] = ids.next();
    }
  }

  private static int[] nowhere(int sources) {
    int[] ids = new int[sources];
    Arrays.fill(ids, Selection.NOWHERE);
    return ids;
  }

  private static String subject(List<Matcher> matchers) {
    return "the selector "
        + matchers.stream()
            .map(Matcher::toString)
            .collect(java.util.stream.Collectors.joining(",", "{", "}"));
  }

  /** Series of the head that may have samples in the range. */
  private RoaringBitmap headSeries(List<Matcher> matchers, TimeRange range, HeadView view) {
    if (!mayHold(range, view)) return new RoaringBitmap();
    RoaringBitmap found = head.index().matching(matchers);
    long from = Math.max(range.startMs(), view.fromMs());
    var silent = new RoaringBitmap();
    for (PeekableIntIterator each = found.getIntIterator(); each.hasNext(); ) {
      int id = each.next();
      if (!head.hasSamples(id) || head.newestMs(id) < from) silent.add(id);
    }
    found.andNot(silent);
    return found;
  }

  private boolean mayHold(TimeRange range, HeadView view) {
    return range.endMs() >= Math.max(view.fromMs(), head.windows().minMs())
        && range.startMs() <= head.windows().maxMs();
  }

  @Override
  public List<Labels> series(List<List<Matcher>> selections, TimeRange range, int limit) {
    var found = new TreeSet<Labels>();
    List<List<Matcher>> asked = selections.isEmpty() ? List.of(List.of()) : selections;
    for (List<Matcher> matchers : asked) {
      try (Selection selected = selection(matchers, range)) {
        for (int i = 0; i < selected.count(); i++) {
          if (selected.hasSamples(i)) found.add(selected.labels(i));
        }
      }
      limits.check(Limit.QUERY_SERIES, found.size(), "the answer");
    }
    return first(found, limit);
  }

  @Override
  public List<String> labelNames(List<List<Matcher>> selections, TimeRange range, int limit) {
    var found = new TreeSet<String>();
    ask(
        selections,
        range,
        (labels, ids) -> found.addAll(ids == null ? labels.labelNames() : labels.labelNames(ids)));
    return first(found, limit);
  }

  @Override
  public List<String> labelValues(
      String name, List<List<Matcher>> selections, TimeRange range, int limit) {
    var found = new TreeSet<String>();
    ask(
        selections,
        range,
        (labels, ids) ->
            found.addAll(ids == null ? labels.labelValues(name) : labels.labelValues(name, ids)));
    return first(found, limit);
  }

  /** Asks each index for the series of any selection; null stands for all of them. */
  private void ask(
      List<List<Matcher>> selections,
      TimeRange range,
      BiConsumer<LabelIndex, @Nullable RoaringBitmap> asked) {
    HeadView view = hold();
    try {
      List<Lease<MetricBlock>> borrowed = blocks.borrow(range);
      try {
        if (mayHold(range, view)) {
          boolean all = selections.isEmpty() && range.startMs() <= view.fromMs();
          asked.accept(head.index(), all ? null : ofHead(selections, range, view));
        }
        for (Lease<MetricBlock> lease : borrowed) {
          lease
              .block()
              .ask(labels -> {
                asked.accept(labels, selections.isEmpty() ? null : any(labels, selections));
                return labels;
              });
        }
      } finally {
        borrowed.forEach(Lease::close);
      }
    } finally {
      view.release();
    }
  }

  private RoaringBitmap ofHead(List<List<Matcher>> selections, TimeRange range, HeadView view) {
    if (selections.isEmpty()) return headSeries(List.of(), range, view);
    var found = new RoaringBitmap();
    for (List<Matcher> matchers : selections) found.or(headSeries(matchers, range, view));
    return found;
  }

  private static RoaringBitmap any(LabelIndex labels, List<List<Matcher>> selections) {
    var found = new RoaringBitmap();
    for (List<Matcher> matchers : selections) found.or(labels.matching(matchers));
    return found;
  }

  private static <T> List<T> first(Collection<T> sorted, int limit) {
    return limit <= 0 || sorted.size() <= limit
        ? List.copyOf(sorted)
        : sorted.stream().limit(limit).toList();
  }

  @Override
  public Map<String, List<MetricMetadata>> metadata(String metric, int limit) {
    var found = new TreeMap<String, List<MetricMetadata>>();
    if (metric.isEmpty()) {
      head.metadata().forEach((name, said) -> found.put(name, List.of(said)));
    } else {
      MetricMetadata said = head.metadata().get(metric);
      if (said != null) found.put(metric, List.of(said));
    }
    while (limit > 0 && found.size() > limit) found.pollLastEntry();
    return found;
  }
}
