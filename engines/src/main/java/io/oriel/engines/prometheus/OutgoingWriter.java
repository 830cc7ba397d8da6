package io.oriel.engines.prometheus;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.backend.Receipt.Reason;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramRules;
import io.oriel.model.histogram.InvalidHistogram;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.HistogramMessage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects a batch as rows and puts it into the queue as one record, or as few. Rows of a series
 * leave in order of time: an older one than the newest is refused, as the receiver would, where it
 * may cost the whole request.
 */
final class OutgoingWriter implements MetricWriter {
  /** A reason for dropped samples: the queue's folder is gone, or its disk can't be written. */
  static final String NOT_QUEUED = "not_queued";

  private static final Logger log = LoggerFactory.getLogger(OutgoingWriter.class);
  private static final int RECORD_BYTES = 4 << 20; // a longer batch is several records

  private final Outgoing out;
  private final BitSet held = new BitSet();
  private final SampleColumns rows = new SampleColumns();
  private final Map<Integer, Exemplar> exemplars = new HashMap<>(); // by row
  private int[] numbers = new int[64];
  private long[] before = new long[64]; // newest times, to be put back where the queue refuses
  private int notQueued; // rows of the last batch that the queue refused
  private boolean closed;

  private final FieldWriter message = new FieldWriter();
  private final FieldWriter fields = new FieldWriter();
  private final FieldWriter inner = new FieldWriter();
  private final HistogramMessage histograms = new HistogramMessage();
  private int recordSamples;
  private Receipt.Tally tally = new Receipt.Tally();

  OutgoingWriter(Outgoing out) {
    this.out = out;
  }

  @Override
  public long series(Labels labels) {
    if (closed) throw closed();
    out.series.lock.lock();
    try {
      int number = out.series.hold(labels);
      if (held.get(number)) out.series.release(number); // a writer holds a series once
      held.set(number);
      return number;
    } finally {
      out.series.lock.unlock();
    }
  }

  @Override
  public void release(long series) {
    int number = (int) series;
    if (!held.get(number)) return;
    held.clear(number);
    out.series.lock.lock();
    try {
      out.series.release(number);
    } finally {
      out.series.lock.unlock();
    }
  }

  @Override
  public void sample(long series, long timeMs, double value) {
    row(series);
    rows.add(timeMs, value);
  }

  @Override
  public void histogram(long series, long timeMs, Histogram histogram) {
    row(series);
    rows.add(timeMs, histogram);
  }

  private void row(long series) {
    if (rows.size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * numbers.length);
      before = Arrays.copyOf(before, 2 * before.length);
    }
    numbers[rows.size] = (int) series;
  }

  @Override
  public void startOfLast(long startMs) {
    rows.startOfLast(startMs);
  }

  /** It leaves with the newest row of its series; without one it stays here. */
  @Override
  public void exemplar(long series, Exemplar exemplar) {
    for (int row = rows.size - 1; row >= 0; row--) {
      if (numbers[row] == (int) series) {
        exemplars.put(row, exemplar);
        return;
      }
    }
  }

  @Override
  public void metadata(String metric, MetricMetadata metadata) {
    out.remember(metric, metadata);
  }

  @Override
  public Receipt commit() {
    if (closed) throw closed();
    out.series.lock.lock(); // up to the queue: its order is the order of times
    int row = 0;
    try {
      tally = new Receipt.Tally();
      long latestMs = out.latestMs();
      while (row < rows.size) row = record(row, latestMs);
      Receipt receipt = tally.receipt();
      out.count(receipt);
      return receipt;
    } finally {
      notQueued = rows.size - row;
      forget();
      out.series.lock.unlock();
    }
  }

  /** Commits a copy: what the queue can't take is counted as dropped, and told when it begins. */
  void commitCopy() {
    try {
      commit();
      out.refuses.set(false);
    } catch (Refusal e) {
      out.counters.dropped(NOT_QUEUED, notQueued);
      if (out.refuses.getAndSet(true)) return;
      log.warn(
          "samples are kept here and not sent on queue={} reason=\"{}\"",
          out.queue.name(),
          e.getMessage());
    }
  }

  /** Drops rows that were not committed. */
  void forget() {
    rows.clear();
    exemplars.clear();
  }

  /** Fills one record and puts it into the queue; gives the first row that is left. */
  private int record(int from, long latestMs) {
    message.clear();
    recordSamples = 0;
    int row = from;
    for (; row < rows.size && message.size() < RECORD_BYTES; row++) take(row, latestMs);
    boolean isIn = false;
    try {
      if (recordSamples > 0) out.queue.put(QueueRecord.of(message, recordSamples));
      isIn = true;
    } finally {
      if (!isIn) putBack(from, row);
    }
    return row;
  }

  private void take(int row, long latestMs) {
    int number = numbers[row];
    long newest = out.series.newest(number);
    before[row] = newest;
    long time = rows.times[row];
    Reason wrong = wrong(row, time, newest, latestMs);
    if (wrong != null) {
      tally.refuse(wrong);
      return;
    }
    if (time == newest) { // it is there already, as far as anybody can tell here
      keep(row);
      return;
    }
    out.series.newest(number, time);
    keep(row);
    byte[] block = out.series.block(number);
    if (block != null) write(row, block);
  }

  private @Nullable Reason wrong(int row, long time, long newest, long latestMs) {
    if (time > latestMs) return Reason.TOO_FAR_AHEAD;
    if (time < newest) return Reason.OUT_OF_ORDER;
    Histogram histogram = rows.histogram(row);
    if (histogram == null) return null;
    try {
      HistogramRules.check(histogram);
      return null;
    } catch (InvalidHistogram _) {
      return Reason.INVALID_HISTOGRAM;
    }
  }

  private void keep(int row) {
    if (rows.histogram(row) == null) tally.keep();
    else tally.keepHistogram();
    if (exemplars.containsKey(row)) tally.keepExemplar();
  }

  /** A series of one row: its labels as they are kept, and what the row has. */
  private void write(int row, byte[] block) {
    fields.clear().raw(block, 0, block.length);
    Histogram histogram = rows.histogram(row);
    long start = rows.start(row);
    if (histogram == null) {
      inner.clear().eightBytes(1, rows.values[row]).number(2, rows.times[row]);
      if (start != SampleColumns.NO_START) inner.number(3, start);
      fields.message(2, inner);
    } else {
      FieldWriter written = histograms.of(histogram, rows.times[row], true);
      if (start != SampleColumns.NO_START) written.number(17, start);
      fields.message(4, written);
    }
    Exemplar exemplar = exemplars.get(row);
    if (exemplar != null) write(exemplar);
    message.message(1, fields);
    recordSamples++;
  }

  private void write(Exemplar exemplar) {
    Labels labels = exemplar.labels();
    var pair = new FieldWriter();
    inner.clear();
    for (int i = 0; i < labels.size(); i++) {
      inner.message(1, pair.clear().text(1, labels.nameAt(i)).text(2, labels.valueAt(i)));
    }
    inner.eightBytes(2, exemplar.value()).number(3, exemplar.timeMs());
    fields.message(3, inner);
  }

  /** What the queue did not take must not be taken for a repetition when it comes again. */
  private void putBack(int from, int to) {
    for (int row = to - 1; row >= from; row--) out.series.newest(numbers[row], before[row]);
  }

  private static Refusal closed() {
    return new Refusal.Unavailable("this writer is closed", "open another");
  }

  @Override
  public void close() {
    if (closed) return;
    closed = true;
    out.series.lock.lock();
    try {
      held.stream().forEach(out.series::release);
    } finally {
      out.series.lock.unlock();
    }
  }
}
