package io.oriel.metrics.read;

import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.block.Runs;
import io.oriel.metrics.head.Head;
import io.oriel.metrics.read.HeadSeries.Speaking;
import io.oriel.metrics.read.KeptAnswers.Found;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.SelectHints;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.storage.block.BlockFolder;
import io.oriel.storage.block.Lease;
import io.oriel.storage.index.HeadIndex;
import io.oriel.storage.index.LabelIndex;
import io.oriel.storage.manifest.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** The embedded store as a source of series. Thread-safe. */
public final class StoreSource implements MetricSource {
  /** Of which series something is there: of samples, and where these have gone of aggregates. */
  private static final SelectHints ANY_TIME =
      new SelectHints(SelectHints.Reading.OTHER, 0, 0, 0, SelectHints.ANY_RESOLUTION);

  private final Head head;
  private final BlockFolder<MetricBlock> blocks;
  private final Supplier<HeadView> newest;
  private final Limits limits;
  private final KeptAnswers kept;
  private final HeadSeries headSeries;

  /**
   * @param newest the view of the head that is in force
   * @param kept what blocks and head have answered before
   */
  public StoreSource(
      Head head,
      BlockFolder<MetricBlock> blocks,
      Supplier<HeadView> newest,
      Limits limits,
      KeptAnswers kept) {
    this.head = head;
    this.blocks = blocks;
    this.newest = newest;
    this.limits = limits;
    this.kept = kept;
    this.headSeries = new HeadSeries(head, kept);
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
    return selection(matchers, range, null);
  }

  @Override
  public SelectedSeries select(List<Matcher> matchers, TimeRange range, SelectHints hints) {
    return selection(matchers, range, hints);
  }

  /**
   * A selection.
   *
   * @param hints null: of samples alone
   */
  private Selection selection(
      List<Matcher> matchers, TimeRange range, @Nullable SelectHints hints) {
    HeadView view = hold();
    List<Lease<MetricBlock>> borrowed = List.of();
    try {
      borrowed = blocks.borrow(hints == null ? range : TimeRange.ALWAYS);
      Map<Long, Times> plan = plan(range, view, borrowed, hints);
      borrowed = needed(borrowed, range, plan);
      Speaking inHead = inHead(matchers, range, view);
      limits.check(Limit.QUERY_SERIES, inHead.ids().length, subject(matchers));
      int[] ids = inHead.ids();
      Labels @Nullable [] labels = inHead.labels();
      if (!borrowed.isEmpty()) {
        Joining joined = join(matchers, inHead, borrowed);
        ids = joined.ids();
        labels = joined.labels();
      }
      return new Selection(head, view, borrowed, range, hints, plan, ids, labels);
    } catch (RuntimeException | Error e) {
      borrowed.forEach(Lease::close);
      view.release();
      throw e;
    }
  }

  /**
   * What time is read from what.
   *
   * @param all where hints are given all blocks there are: these say where samples have gone
   */
  private Map<Long, Times> plan(
      TimeRange range, HeadView view, List<Lease<MetricBlock>> all, @Nullable SelectHints hints) {
    boolean isAnyAggregate = all.stream().anyMatch(each -> each.entry().isAggregate());
    if (hints == null || !isAnyAggregate) return Map.of(0L, new Times(List.of(range)));
    List<Manifest.Entry> whole =
        all.stream().filter(lease -> lease.block().damage() == null).map(Lease::entry).toList();
    return TimePlan.of(range, whole, inMemory(range, view), hints);
  }

  private TimePlan.Memory inMemory(TimeRange range, HeadView view) {
    var times = new ArrayList<>(head.outOfOrder().times(range, view.fromNumber()));
    for (TimeRange each : head.windows().times()) {
      long start = Math.max(each.startMs(), view.fromMs());
      if (start <= each.endMs()) times.add(new TimeRange(start, each.endMs()));
    }
    return new TimePlan.Memory(Math.max(view.fromMs(), head.windows().minMs()), times);
  }

  /**
   * Blocks that are read, in the order of joining: aggregates by what they stand for and time, then
   * samples.
   */
  private static List<Lease<MetricBlock>> needed(
      List<Lease<MetricBlock>> borrowed, TimeRange range, Map<Long, Times> plan) {
    var aggregates = new ArrayList<Lease<MetricBlock>>();
    var samples = new ArrayList<Lease<MetricBlock>>();
    for (Lease<MetricBlock> each : borrowed) {
      boolean isAggregate = each.entry().isAggregate();
      Times times = plan.getOrDefault(each.entry().resolutionMs(), Times.NONE);
      boolean isRead =
          isAggregate
              ? !times.and(new Times(List.of(each.range()))).isEmpty()
              : each.range().overlaps(range.startMs(), range.endMs());
      if (!isRead) each.close();
      else if (isAggregate) aggregates.add(each);
      else samples.add(each);
    }
    aggregates.sort(Comparator.comparingLong(each -> each.entry().resolutionMs())); // stable
    var ordered = new ArrayList<>(aggregates);
    ordered.addAll(Runs.inOrder(samples));
    return ordered;
  }

  private Joining join(List<Matcher> matchers, Speaking inHead, List<Lease<MetricBlock>> borrowed) {
    var joined = new Joining(borrowed.size() + 1);
    String selector = matchers.toString();
    for (int source = 0; source < borrowed.size(); source++) {
      MetricBlock block = borrowed.get(source).block();
      Supplier<Found> ask = () -> ofBlock(block, matchers);
      boolean whole = block.damage() == null; // else what was kept is no longer true
      joined.add(source, whole ? kept.series(block, selector, ask) : ask.get());
      limits.check(Limit.QUERY_SERIES, joined.count(), subject(matchers));
    }
    Labels[] labels = inHead.labels();
    if (labels == null) labels = head.index().labels(RoaringBitmap.bitmapOf(inHead.ids()));
    joined.add(borrowed.size(), new Found(inHead.ids(), labels));
    limits.check(Limit.QUERY_SERIES, joined.count(), subject(matchers));
    return joined;
  }

  private static Found ofBlock(MetricBlock block, List<Matcher> matchers) {
    return block.ask(labels -> {
      RoaringBitmap found = labels.matching(matchers);
      return new Found(found.toArray(), labels.labels(found));
    });
  }

  private static String subject(List<Matcher> matchers) {
    return "the selector "
        + matchers.stream()
            .map(Matcher::toString)
            .collect(java.util.stream.Collectors.joining(",", "{", "}"));
  }

  /** Series of the head that may have samples in the range. */
  private Speaking inHead(List<Matcher> matchers, TimeRange range, HeadView view) {
    if (!mayHold(range, view)) return Speaking.NONE;
    return headSeries.within(range, view, matchers);
  }

  private boolean mayHold(TimeRange range, HeadView view) {
    return mayHoldInOrder(range, view) || head.outOfOrder().mayHold(range.startMs(), range.endMs());
  }

  private boolean mayHoldInOrder(TimeRange range, HeadView view) {
    return range.endMs() >= Math.max(view.fromMs(), head.windows().minMs())
        && range.startMs() <= head.windows().maxMs();
  }

  @Override
  public List<Labels> series(List<List<Matcher>> selections, TimeRange range, int limit) {
    var found = new TreeSet<Labels>();
    List<List<Matcher>> asked = selections.isEmpty() ? List.of(List.of()) : selections;
    for (List<Matcher> matchers : asked) {
      try (Selection selected = selection(matchers, range, ANY_TIME)) {
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
    return first(
        ask("names", selections, range, LabelIndex::labelNames, LabelIndex::labelNames), limit);
  }

  @Override
  public List<String> labelValues(
      String name, List<List<Matcher>> selections, TimeRange range, int limit) {
    return first(
        ask(
            "values of " + name,
            selections,
            range,
            labels -> labels.labelValues(name),
            (labels, series) -> labels.labelValues(name, series)),
        limit);
  }

  /**
   * Asks each index, the whole of it or for the series of any selection, and joins the answers.
   *
   * @param kind what is asked, as blocks' answers are kept by it
   */
  private SortedSet<String> ask(
      String kind,
      List<List<Matcher>> selections,
      TimeRange range,
      Function<LabelIndex, List<String>> ofAll,
      BiFunction<LabelIndex, RoaringBitmap, List<String>> ofSome) {
    var found = new TreeSet<String>();
    HeadView view = hold();
    try {
      List<Lease<MetricBlock>> borrowed = blocks.borrow(range);
      try {
        if (mayHold(range, view)) {
          found.addAll(ofHead(kind, selections, range, view, ofAll, ofSome));
        }
        Function<LabelIndex, List<String>> question =
            selections.isEmpty() ? ofAll : labels -> ofSome.apply(labels, any(labels, selections));
        String selectors = selections.toString();
        for (Lease<MetricBlock> lease : borrowed) {
          MetricBlock block = lease.block();
          Supplier<List<String>> ask = () -> block.ask(question);
          boolean whole = block.damage() == null;
          found.addAll(whole ? kept.texts(block, kind, selectors, ask) : ask.get());
        }
      } finally {
        borrowed.forEach(Lease::close);
      }
    } finally {
      view.release();
    }
    return found;
  }

  private List<String> ofHead(
      String kind,
      List<List<Matcher>> selections,
      TimeRange range,
      HeadView view,
      Function<LabelIndex, List<String>> ofAll,
      BiFunction<LabelIndex, RoaringBitmap, List<String>> ofSome) {
    HeadIndex labels = head.index();
    long version = labels.version(); // before it is asked
    boolean isAll = range.startMs() <= view.fromMs() && mayHoldInOrder(range, view);
    if (selections.isEmpty() && isAll) {
      return headSeries.texts(kind, version, "", () -> ofAll.apply(labels));
    }
    List<List<Matcher>> asked = selections.isEmpty() ? List.of(List.of()) : selections;
    var series = new RoaringBitmap();
    boolean whole = true;
    for (List<Matcher> matchers : asked) {
      Speaking speaking = inHead(matchers, range, view);
      series.add(speaking.ids());
      whole &= speaking.whole();
    }
    Supplier<List<String>> ask = () -> ofSome.apply(labels, series);
    return whole ? headSeries.texts(kind, version, asked.toString(), ask) : ask.get();
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
  public List<String> warnings(TimeRange range) {
    List<Lease<MetricBlock>> borrowed = blocks.borrow(range);
    try {
      return Selection.damaged(borrowed);
    } finally {
      borrowed.forEach(Lease::close);
    }
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
