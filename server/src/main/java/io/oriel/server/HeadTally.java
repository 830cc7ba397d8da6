package io.oriel.server;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreStats;
import io.oriel.model.Labels;
import io.oriel.model.TimeRange;
import io.oriel.server.http.ServerFacts.Head;
import io.oriel.server.http.ServerFacts.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Counts the label pairs of the head, so that its largest metrics and labels are seen. */
final class HeadTally {
  private static final Comparator<Row> LARGEST_LAST =
      Comparator.comparingLong(Row::count)
          .thenComparing(Comparator.comparing(Row::name).reversed());

  /** The largest rows seen so far, the least of them first. */
  private static final class Top {
    private final PriorityQueue<Row> rows = new PriorityQueue<>(LARGEST_LAST);
    private final int most;

    Top(int most) {
      this.most = most;
    }

    void add(String name, long count) {
      if (rows.size() == most && rows.element().count() > count) return;
      rows.add(new Row(name, count));
      if (rows.size() > most) rows.remove();
    }

    List<Row> largestFirst() {
      var sorted = new ArrayList<>(rows);
      sorted.sort(LARGEST_LAST.reversed());
      return sorted;
    }
  }

  private final int rows;
  private final Top metrics;
  private final Top pairs;
  private final Map<String, Long> values = new HashMap<>();
  private final Map<String, Long> bytes = new HashMap<>();
  private long pairCount;

  private HeadTally(int rows) {
    this.rows = rows;
    this.metrics = new Top(rows);
    this.pairs = new Top(rows);
  }

  static Head of(MetricStore store, int rows) {
    MetricStoreStats stats = store.stats();
    TimeRange range = stats.headRange();
    var tally = new HeadTally(rows);
    store.eachLabelPair(tally::pair);
    return new Head(
        stats.series(),
        tally.pairCount,
        stats.headChunks(),
        range == null ? 0 : range.startMs(),
        range == null ? 0 : range.endMs(),
        tally.metrics.largestFirst(),
        tally.most(tally.values),
        tally.most(tally.bytes),
        tally.pairs.largestFirst());
  }

  private void pair(String name, String value, int series) {
    pairCount++;
    if (name.equals(Labels.NAME)) metrics.add(value, series);
    pairs.add(name + "=" + value, series);
    values.merge(name, 1L, Long::sum);
    bytes.merge(name, (long) series * value.getBytes(StandardCharsets.UTF_8).length, Long::sum);
  }

  private List<Row> most(Map<String, Long> counts) {
    var top = new Top(rows);
    counts.forEach(top::add);
    return top.largestFirst();
  }
}
