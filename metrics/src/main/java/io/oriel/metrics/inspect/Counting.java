package io.oriel.metrics.inspect;

import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.head.Head;
import io.oriel.metrics.head.SeriesReader;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.storage.block.Lease;
import io.oriel.storage.index.LabelIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts a store's series by walking all blocks and the head side by side in the order of labels:
 * what is held is the texts that are counted, not the series.
 */
final class Counting {
  private final StoredMetrics store;
  private final Map<String, long[]> metrics = new HashMap<>();
  private final Map<String, long[]> names = new HashMap<>();
  private final Map<String, Map<String, long[]>> values = new HashMap<>();
  private long series;
  private long headSamples;

  Counting(StoredMetrics store) {
    this.store = store;
  }

  Analysis analysis(int most) {
    List<Lease<MetricBlock>> leases = store.files().blocks().borrow(TimeRange.ALWAYS);
    try {
      Labels[] inHead = head();
      var came = new long[leases.size()];
      var went = new long[leases.size()];
      walk(leases, inHead, came, went);
      var blocks = new ArrayList<Analysis.Block>();
      for (int i = 0; i < leases.size(); i++) blocks.add(block(leases.get(i), came[i], went[i]));
      return new Analysis(
          blocks,
          inHead.length,
          headSamples,
          series,
          top(metrics, most),
          top(names, most),
          valuesOfNames(most),
          pairs(most));
    } finally {
      leases.forEach(Lease::close);
    }
  }

  /** The series of the head that have samples no block has, in order. */
  private Labels[] head() {
    Head head = store.head();
    var found = new ArrayList<Labels>();
    var samples = new SampleColumns(1024);
    var reader = new SeriesReader();
    head.index()
        .matching(List.of())
        .forEach((int id) -> {
          samples.clear();
          if (head.hasSamples(id)) {
            head.read(id, store.headFromMs(), Long.MAX_VALUE, samples, reader);
            head.outOfOrder()
                .read(id, Long.MIN_VALUE, Long.MAX_VALUE, 0, Integer.MAX_VALUE, samples);
          }
          headSamples += samples.size;
          if (samples.size > 0) found.add(head.index().labels(id));
        });
    found.sort(Comparator.naturalOrder());
    return found.toArray(Labels[]::new);
  }

  /** Series of one source, in order. */
  private static final class Walk {
    private final int count;
    private final IntFunction<Labels> labels;
    private int at = -1;
    private @Nullable Labels next;

    Walk(int count, IntFunction<Labels> labels) {
      this.count = count;
      this.labels = labels;
      advance();
    }

    void advance() {
      next = ++at < count ? labels.apply(at) : null;
    }
  }

  private void walk(List<Lease<MetricBlock>> leases, Labels[] inHead, long[] came, long[] went) {
    var walks = new ArrayList<Walk>();
    for (Lease<MetricBlock> lease : leases) {
      lease.block().checkIndex();
      LabelIndex index = lease.block().labels();
      walks.add(new Walk(index.size(), index::labels));
    }
    walks.add(new Walk(inHead.length, i -> inHead[i]));
    int first = 0; // of those that have samples
    while (first < leases.size() && leases.get(first).entry().isAggregate()) first++;
    for (Labels next; (next = smallest(walks)) != null; ) {
      boolean before = false;
      for (int i = 0; i < walks.size(); i++) {
        Labels its = walks.get(i).next;
        boolean here = its != null && its.equals(next);
        if (here) walks.get(i).advance();
        if (i < came.length && leases.get(i).entry().isAggregate()) continue;
        if (i < came.length && i > first) {
          if (here && !before) came[i]++;
          if (!here && before) went[i]++;
        }
        before = here;
      }
      count(next);
    }
  }

  private static @Nullable Labels smallest(List<Walk> walks) {
    Labels smallest = null;
    for (Walk each : walks) {
      Labels next = each.next;
      if (next != null && (smallest == null || next.compareTo(smallest) < 0)) smallest = next;
    }
    return smallest;
  }

  private void count(Labels labels) {
    series++;
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.nameAt(i);
      if (name.equals(Labels.NAME)) {
        plusOne(metrics, labels.valueAt(i));
      } else {
        plusOne(names, name);
        plusOne(values.computeIfAbsent(name, _ -> new HashMap<>()), labels.valueAt(i));
      }
    }
  }

  private static void plusOne(Map<String, long[]> counts, String text) {
    counts.computeIfAbsent(text, _ -> new long[1])[0]++;
  }

  private static List<Analysis.Count> top(Map<String, long[]> counts, int most) {
    return first(
        counts.entrySet().stream()
            .map(each -> new Analysis.Count(each.getKey(), each.getValue()[0])),
        most);
  }

  private List<Analysis.Count> valuesOfNames(int most) {
    return first(
        values.entrySet().stream()
            .map(each -> new Analysis.Count(each.getKey(), each.getValue().size())),
        most);
  }

  private List<Analysis.Count> pairs(int most) {
    return first(
        values.entrySet().stream()
            .flatMap(name ->
                name.getValue().entrySet().stream()
                    .map(value ->
                        new Analysis.Count(
                            name.getKey() + "=" + value.getKey(), value.getValue()[0]))),
        most);
  }

  private static List<Analysis.Count> first(Stream<Analysis.Count> counts, int most) {
    return counts
        .sorted(
            Comparator.comparingLong(Analysis.Count::count)
                .reversed()
                .thenComparing(Analysis.Count::text))
        .limit(most)
        .toList();
  }

  private static Analysis.Block block(Lease<MetricBlock> lease, long came, long went) {
    MetricBlock block = lease.block();
    MetricBlock.Parts parts = block.parts();
    return new Analysis.Block(
        lease.name(),
        lease.range(),
        lease.entry().resolutionMs(),
        block.series(),
        block.samples(),
        lease.files().bytes(),
        parts.values(),
        parts.times(),
        parts.series(),
        parts.labels(),
        parts.checks(),
        came,
        went,
        block.hiddenSeries(),
        block.damage());
  }
}
