package io.oriel.scrape.loop;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.backend.MetricWriter;
import io.oriel.wire.exposition.SampleVisitor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * The exemplars of one page, held back until the whole page is known to be good. Most pages have
 * none.
 */
final class PageExemplars {
  private final List<Row> rows = new ArrayList<>();
  private final Map<Long, Untimed> untimed = new HashMap<>(); // the last of a handle

  private record Row(int row, Labels labels, double value, long timestampMs) {}

  private record Untimed(Labels labels, double value) {}

  void clear() {
    if (!rows.isEmpty()) rows.clear();
  }

  int size() {
    return rows.size();
  }

  void add(int row, Labels labels, double value, long timestampMs) {
    rows.add(new Row(row, labels, value, timestampMs));
  }

  /**
   * Tells the writer. One without a time is told when it is new, with the time of the page: an
   * exporter repeats its exemplars until there are others. Those of a native histogram come in the
   * order of its buckets, and are told in that of their times.
   */
  void handOn(MetricWriter writer, IntToLongFunction handles, long pageMs) {
    if (rows.isEmpty()) return;
    rows.sort(Comparator.comparingLong(Row::timestampMs).thenComparingDouble(Row::value));
    for (Row row : rows) {
      long handle = handles.applyAsLong(row.row);
      boolean isTimed = row.timestampMs != SampleVisitor.NO_TIMESTAMP;
      var last = new Untimed(row.labels, row.value);
      if (!isTimed && last.equals(untimed.put(handle, last))) continue;
      long time = isTimed ? row.timestampMs : pageMs;
      writer.exemplar(handle, new Exemplar(row.labels, row.value, time));
    }
  }

  /** The series has ended. */
  void forget(long handle) {
    if (!untimed.isEmpty()) untimed.remove(handle);
  }
}
