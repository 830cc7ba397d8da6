package io.oriel.metrics.head;

import io.oriel.model.SampleColumns;
import io.oriel.model.backend.Receipt.Reason;
import io.oriel.model.histogram.Histogram;
import io.oriel.storage.wal.Wal;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch that come behind newer samples of their series: held against what there is,
 * written to the log as records of their own, and then to the side of the head. All of it under the
 * locks of their shards.
 *
 * <p>Held against is what is in no block yet. For a time that blocks have already the newer word
 * counts, as wherever blocks overlap.
 */
final class LateRows {
  private final Head head;
  private final Wal wal;
  private final BatchRecord record;
  private final Rows rows = new Rows();
  private final SampleColumns known = new SampleColumns(1);
  private @Nullable SeriesReader reader; // most writers never need one
  private int[] order = {}; // rows, those that are kept to the front
  private int keptEnd;
  private long weight; // of those that are kept

  /** Is told of a row that is not taken. */
  interface Refusing {
    void refuse(Reason reason, boolean isHistogram);
  }

  LateRows(Head head, Wal wal, BatchRecord record) {
    this.head = head;
    this.wal = wal;
    this.record = record;
  }

  boolean isEmpty() {
    return rows.size == 0;
  }

  void clear() {
    if (rows.size > 0) rows.clear();
  }

  void add(Rows from, int row) {
    Histogram histogram = from.histogram(row);
    if (histogram == null) rows.add(from.ids[row], from.times[row], from.values[row]);
    else rows.add(from.ids[row], from.times[row], histogram.withReset(histogram.hintAfter(null)));
    if (from.start(row) != SampleColumns.NO_START) rows.startOfLast(from.start(row));
  }

  /** Log first, then head, a record at a time. */
  void append(long nowMs, Refusing refusing) {
    Comparator<Integer> bySeriesAndTime =
        Comparator.<Integer>comparingInt(row -> rows.ids[row])
            .thenComparingLong(row -> rows.times[row]);
    order =
        IntStream.range(0, rows.size).boxed().sorted(bySeriesAndTime).mapToInt(i -> i).toArray();
    for (int from = 0; from < order.length; ) {
      int next = keepRows(from, refusing);
      if (!record.isEmpty()) wal.append(record.finish());
      for (int at = from; at < keptEnd; ) at = apply(at, nowMs);
      from = next;
    }
  }

  /** Puts what is taken into the record; the answer is the first row that is left. */
  private int keepRows(int from, Refusing refusing) {
    record.clear();
    record.outOfOrder();
    keptEnd = from;
    weight = 0;
    int at = from;
    for (; at < order.length && record.size() < HeadWriter.RECORD_BYTES; at++) {
      int row = order[at];
      boolean isHistogram = rows.histogram(row) != null;
      int same = keptEnd > from && isOfSameTime(order[keptEnd - 1], row) ? order[keptEnd - 1] : -1;
      if (same >= 0) {
        if (!isSame(row, rows.histogram(same), rows.values[same])) {
          refusing.refuse(Reason.DUPLICATE, isHistogram);
        }
      } else if (isKnown(row)) {
        if (!isSame(row, known.histogram(0), known.values[0])) {
          refusing.refuse(Reason.DUPLICATE, isHistogram);
        }
      } else if (!head.outOfOrder.hasRoomFor(weight + weight(from, row))) {
        refusing.refuse(Reason.OUT_OF_ORDER_FULL, isHistogram);
      } else {
        keep(from, row);
      }
    }
    return at;
  }

  private boolean isOfSameTime(int a, int b) {
    return rows.ids[a] == rows.ids[b] && rows.times[a] == rows.times[b];
  }

  private boolean isFirstOfSeries(int from, int row) {
    return keptEnd == from || rows.ids[order[keptEnd - 1]] != rows.ids[row];
  }

  private int weight(int from, int row) {
    int alone = LateSamples.weight(rows.histogram(row));
    return isFirstOfSeries(from, row) ? alone + LateSamples.SERIES_WEIGHT : alone;
  }

  /** Looks for a sample of the row's series and time that is in no block yet. */
  private boolean isKnown(int row) {
    int id = rows.ids[row];
    long time = rows.times[row];
    known.clear();
    if (time >= head.floorMs()) {
      SeriesReader its = reader;
      if (its == null) reader = its = new SeriesReader();
      head.read(id, time, time, known, its);
    }
    if (known.size == 0) head.outOfOrder.find(id, time, known);
    return known.size > 0;
  }

  private boolean isSame(int row, @Nullable Histogram other, double value) {
    Histogram histogram = rows.histogram(row);
    if (histogram != null || other != null) {
      return histogram != null && other != null && histogram.sameAs(other);
    }
    return Double.doubleToRawLongBits(rows.values[row]) == Double.doubleToRawLongBits(value);
  }

  private void keep(int from, int row) {
    int id = rows.ids[row];
    boolean isNamed = head.shardOf(id).isLogged(Head.slotOf(id));
    if (!isNamed && isFirstOfSeries(from, row)) record.series(id, head.index.labels(id));
    Histogram histogram = rows.histogram(row);
    long time = rows.times[row];
    if (histogram != null) record.histogram(id, time, histogram);
    else record.sample(id, time, Double.doubleToRawLongBits(rows.values[row]));
    if (rows.start(row) != SampleColumns.NO_START) record.startOfLast(rows.start(row));
    weight += weight(from, row);
    order[keptEnd++] = row;
  }

  /** Takes the rows of one series over; the answer is the first of the next. */
  private int apply(int from, long nowMs) {
    int id = rows.ids[order[from]];
    var more = new SampleColumns(16);
    int histograms = 0;
    int at = from;
    for (; at < keptEnd && rows.ids[order[at]] == id; at++) {
      int row = order[at];
      Histogram histogram = rows.histogram(row);
      if (histogram == null) more.add(rows.times[row], rows.values[row]);
      else more.add(rows.times[row], histogram);
      if (histogram != null) histograms++;
      more.startOfLast(rows.start(row));
    }
    head.outOfOrder.add(id, more, nowMs);
    head.markLogged(id);
    head.counters.appendedOutOfOrder(more.size - histograms, histograms);
    return at;
  }
}
