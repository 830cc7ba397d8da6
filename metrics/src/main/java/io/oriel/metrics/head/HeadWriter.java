package io.oriel.metrics.head;

import io.oriel.model.Clock;
import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.backend.Receipt.Reason;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramRules;
import io.oriel.model.histogram.InvalidHistogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.wal.Wal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects a batch as rows, writes it to the log and then to the shards it touches, whose locks it
 * holds from before to after: the order of the log is the order of the head, and nothing is in the
 * head, to be read or to be taken for a repetition, that is not in the log.
 */
final class HeadWriter implements MetricWriter {
  static final int RECORD_BYTES = 4 << 20; // a longer batch is several records

  private final Head head;
  private final Wal wal;
  private final Clock clock;
  private final Runnable gate;
  private final Pins pins = new Pins();
  private final BatchRecord record = new BatchRecord();
  private final Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
  private final Map<String, MetricMetadata> said = new LinkedHashMap<>();
  private long saidBytes;

  private final Rows rows = new Rows();
  private @Nullable LateRows late; // made when it is needed: few writers ever do
  private final List<PendingExemplar> exemplars = new ArrayList<>();
  private boolean isLastTaken; // a row that was refused right away has no start
  private int histograms; // rows
  private int invalid; // histograms that broke a rule
  private int refusedHistograms;
  private int keptEnd; // behind the rows that go into the record and the head
  private int shards; // a bit for each that the batch touches
  private int[] leaving = new int[16]; // released while the batch may name them
  private int leavingCount;
  private boolean closed;

  private long oldestLate; // out-of-order samples before it are refused

  // of the block range that the last sample lay in
  private long windowStart = 1;
  private long windowEnd;

  HeadWriter(Head head, Wal wal, Clock clock, Runnable gate) {
    this.head = head;
    this.wal = wal;
    this.clock = clock;
    this.gate = gate;
  }

  @Override
  public long series(Labels labels) {
    if (closed) throw closed();
    int id = head.pin(labels);
    if (!pins.add(id)) head.unpin(id); // a writer holds a series once, however often it asks
    return id;
  }

  @Override
  public boolean isKept(long series) {
    return head.isKept((int) series);
  }

  @Override
  public void release(long series) {
    if (!pins.remove((int) series)) return;
    if (rows.size == 0 && exemplars.isEmpty()) head.unpin((int) series);
    else leaveAfterBatch((int) series);
  }

  @Override
  public void sample(long series, long timeMs, double value) {
    rows.add((int) series, timeMs, value);
    isLastTaken = true;
    shards |= 1 << (series & (Head.SHARDS - 1));
  }

  @Override
  public void histogram(long series, long timeMs, Histogram histogram) {
    if (Stale.isMarker(histogram.sum())) {
      sample(series, timeMs, Stale.MARKER);
      return;
    }
    try {
      HistogramRules.check(histogram);
    } catch (InvalidHistogram _) {
      isLastTaken = false;
      invalid++;
      return;
    }
    rows.add((int) series, timeMs, histogram.compact());
    histograms++;
    isLastTaken = true;
    shards |= 1 << (series & (Head.SHARDS - 1));
  }

  @Override
  public void startOfLast(long startMs) {
    if (startMs != SampleColumns.NO_START && isLastTaken) rows.startOfLast(startMs);
  }

  @Override
  public void exemplar(long series, Exemplar exemplar) {
    exemplars.add(new PendingExemplar((int) series, head.index.labels((int) series), exemplar));
    shards |= 1 << (series & (Head.SHARDS - 1));
  }

  @Override
  public void metadata(String metric, MetricMetadata metadata) {
    if (!head.said.wants(metric, metadata, saidBytes)) return;
    said.put(metric, metadata);
    saidBytes += SaidOfMetrics.bytes(metric, metadata);
  }

  @Override
  public Receipt commit() {
    if (closed) throw closed();
    if (isEmpty()) return Receipt.allKept(0);
    try {
      gate.run();
      if (!refused.isEmpty()) refused.clear();
      appendAll();
      return receipt();
    } finally {
      clear();
    }
  }

  private boolean isEmpty() {
    return rows.size == 0 && invalid == 0 && exemplars.isEmpty() && said.isEmpty();
  }

  /** A row of the batch may name it: it stays until the batch is through. */
  private void leaveAfterBatch(int id) {
    if (leavingCount == leaving.length) leaving = Arrays.copyOf(leaving, 2 * leavingCount);
    leaving[leavingCount++] = id;
  }

  private void clear() {
    rows.clear();
    if (late != null) late.clear();
    shards = 0;
    histograms = invalid = refusedHistograms = 0;
    isLastTaken = false;
    if (!exemplars.isEmpty()) exemplars.clear();
    if (!said.isEmpty()) said.clear();
    saidBytes = 0;
    for (int i = 0; i < leavingCount; i++) head.unpin(leaving[i]);
    leavingCount = 0;
  }

  /**
   * Log first, then head, a record at a time. Where the log refuses a record, no series of it
   * counts as named and no row of it is in the head: what is sent again is looked at as if it were
   * new.
   */
  private void appendAll() {
    long nowMs = clock.millis();
    long latest = nowMs + 1000 * head.limits.of(Limit.SAMPLE_AHEAD_SECONDS);
    windowEnd = windowStart = 1;
    if (!said.isEmpty()) shards |= 1; // whoever waits for the head to settle waits for metadata too
    lock();
    try {
      long oldestKept = head.oldestKept(nowMs);
      long oldest = Math.max(head.floorMs(), oldestKept); // under the locks: a cut raises it
      oldestLate = head.outOfOrder.oldestTaken(oldestKept);
      for (int from = 0; from < rows.size; ) from = appendRecord(from, oldest, latest, nowMs);
      if (late != null && !late.isEmpty()) late.append(nowMs, this::refuseLate);
      appendExemplars(latest);
      appendMetadata();
    } finally {
      unlock();
    }
  }

  /** Takes rows until a record is long enough; the answer is the first that is left. */
  private int appendRecord(int from, long oldest, long latest, long nowMs) {
    record.clear();
    keptEnd = from;
    boolean done = false;
    try {
      int next = keepRows(from, oldest, latest);
      if (!record.isEmpty()) wal.append(record.finish());
      apply(from, nowMs);
      done = true;
      return next;
    } finally {
      if (!done) forget(from);
    }
  }

  /** Behind the samples: a record that names a series comes before one that needs it. */
  private void appendExemplars(long latest) {
    for (int from = 0; from < exemplars.size(); ) {
      record.clear();
      var kept = new ArrayList<PendingExemplar>();
      var newest = new HashMap<Integer, Exemplar>(); // of this record, by series
      for (; from < exemplars.size() && record.size() < RECORD_BYTES; from++) {
        keep(exemplars.get(from), latest, newest, kept);
      }
      for (PendingExemplar each : kept) record.exemplar(each.id(), each.exemplar());
      if (!record.isEmpty()) wal.append(record.finish());
      for (PendingExemplar each : kept) {
        head.exemplars.add(each.series(), each.exemplar());
        head.markLogged(each.id());
      }
    }
  }

  private void keep(
      PendingExemplar each,
      long latest,
      Map<Integer, Exemplar> newest,
      List<PendingExemplar> kept) {
    Exemplar before = newest.get(each.id());
    boolean isFirst = before == null;
    if (before == null) before = head.exemplars.newest(each.series());
    Exemplar now = each.exemplar();
    if (now.equals(before)) return; // it is there already
    Reason reason = ExemplarRing.refusal(before, now, latest);
    if (reason != null) {
      refuse(reason);
      return;
    }
    boolean isNamed = !isFirst || head.shardOf(each.id()).isLogged(Head.slotOf(each.id()));
    if (!isNamed) record.series(each.id(), each.series());
    newest.put(each.id(), now);
    kept.add(each);
  }

  private void appendMetadata() {
    if (said.isEmpty()) return;
    record.clear();
    said.forEach(record::metadata);
    wal.append(record.finish());
    said.forEach(head::remember);
  }

  private void lock() {
    for (int i = 0; i < Head.SHARDS; i++) if ((shards >>> i & 1) != 0) head.shards[i].lock.lock();
  }

  private void unlock() {
    for (int i = 0; i < Head.SHARDS; i++) if ((shards >>> i & 1) != 0) head.shards[i].lock.unlock();
  }

  /** Puts the rows that the rules allow into the record, and moves them to the front. */
  private int keepRows(int from, long oldest, long latest) {
    int row = from;
    for (; row < rows.size && record.size() < RECORD_BYTES; row++) {
      int id = rows.ids[row];
      long time = rows.times[row];
      SeriesPage page = head.shardOf(id).page(Head.slotOf(id));
      int i = Head.slotOf(id) & SeriesPage.MASK;
      int pending = page.pendingRow[i];
      long last = pending == 0 ? page.lastTime[i] : rows.times[pending - 1];
      if (time > latest) refuse(row, Reason.TOO_FAR_AHEAD);
      else if (time == Long.MIN_VALUE) refuse(row, Reason.TOO_OLD); // stands for "no sample yet"
      else if (time < last) setAside(row, Reason.OUT_OF_ORDER);
      else if (time == last) {
        boolean isGone = pending == 0 && time >= oldestLate && head.hides(id, time);
        if (isGone) setAside(row, Reason.DUPLICATE);
        else if (!isThere(page, i, pending, row)) refuse(row, Reason.DUPLICATE);
      } else if (time < oldest) setAside(row, Reason.TOO_OLD);
      else {
        boolean isNamed = pending != 0 || (page.flags[i] & SeriesPage.LOGGED) != 0;
        if (!isNamed) record.series(id, head.index.labels(id));
        putRow(page, i, pending, row);
        rows.move(row, keptEnd++);
        page.pendingRow[i] = keptEnd;
      }
    }
    return row;
  }

  /** Whether the newest sample of the series, which has the same time, is the same. */
  private boolean isThere(SeriesPage page, int i, int pending, int row) {
    Histogram newest = newest(page, i, pending);
    Histogram now = rows.histogram(row);
    if (newest != null || now != null) {
      return newest != null && now != null && newest.sameAs(now);
    }
    long bits =
        pending == 0 ? page.lastBits[i] : Double.doubleToRawLongBits(rows.values[pending - 1]);
    return bits == Double.doubleToRawLongBits(rows.values[row]);
  }

  /** The newest sample of a series where it is a histogram. */
  private @Nullable Histogram newest(SeriesPage page, int i, int pending) {
    if (pending != 0) return rows.histogram(pending - 1);
    SeriesExtra extra = page.extra(i);
    return extra == null ? null : extra.last;
  }

  private void putRow(SeriesPage page, int i, int pending, int row) {
    Histogram histogram = rows.histogram(row);
    if (histogram != null) {
      histogram = histogram.withReset(histogram.hintAfter(newest(page, i, pending)));
      rows.hint(row, histogram);
      record.histogram(rows.ids[row], rows.times[row], histogram);
    } else {
      record.sample(rows.ids[row], rows.times[row], Double.doubleToRawLongBits(rows.values[row]));
    }
    if (rows.start(row) != SampleColumns.NO_START) record.startOfLast(rows.start(row));
  }

  /** It goes to the side of the head where that takes it, once the rows in order are through. */
  private void setAside(int row, Reason whereNoneIsTaken) {
    if (rows.times[row] < oldestLate) {
      refuse(row, head.outOfOrder.isOn() ? Reason.TOO_OLD : whereNoneIsTaken);
      return;
    }
    if (late == null) late = new LateRows(head, wal, record);
    late.add(rows, row);
  }

  private void refuseLate(Reason reason, boolean isHistogram) {
    refuse(reason);
    if (isHistogram) refusedHistograms++;
  }

  private void refuse(int row, Reason reason) {
    refuse(reason);
    if (rows.histogram(row) != null) refusedHistograms++;
  }

  private void refuse(Reason reason) {
    refused.merge(reason, 1, Integer::sum);
  }

  /** Takes the kept rows over into the head: the log has them. */
  private void apply(int from, long nowMs) {
    long lowest = Long.MAX_VALUE;
    long highest = Long.MIN_VALUE;
    for (int row = from; row < keptEnd; row++) {
      int id = rows.ids[row];
      long time = rows.times[row];
      if (time < windowStart || time >= windowEnd) enterWindow(time, nowMs);
      HeadShard shard = head.shardOf(id);
      int slot = Head.slotOf(id);
      long bits = Double.doubleToRawLongBits(rows.values[row]);
      if (rows.isPlain(row)) shard.append(slot, time, bits, windowStart);
      else shard.append(slot, time, bits, rows.histogram(row), rows.start(row), windowStart);
      SeriesPage page = shard.page(slot);
      page.flags[slot & SeriesPage.MASK] |= SeriesPage.LOGGED;
      page.pendingRow[slot & SeriesPage.MASK] = 0;
      lowest = Math.min(lowest, time);
      highest = Math.max(highest, time);
    }
    if (lowest <= highest) head.windows.saw(lowest, highest);
  }

  /** Leaves no trace of kept rows that the log did not take. */
  private void forget(int from) {
    for (int row = from; row < keptEnd; row++) {
      int slot = Head.slotOf(rows.ids[row]);
      head.shardOf(rows.ids[row]).page(slot).pendingRow[slot & SeriesPage.MASK] = 0;
    }
  }

  private void enterWindow(long time, long nowMs) {
    long window = Math.floorDiv(time, head.blockRangeMs);
    windowStart = window * head.blockRangeMs;
    windowEnd = windowStart + head.blockRangeMs;
    head.windows.appended(window, nowMs);
  }

  private Receipt receipt() {
    int kept = rows.size;
    int keptExemplars = exemplars.size();
    for (int i = 0; i < invalid; i++) refuse(Reason.INVALID_HISTOGRAM);
    kept += invalid;
    for (var each : refused.entrySet()) {
      head.counters.refused(each.getKey(), each.getValue());
      if (each.getKey().ofExemplar()) keptExemplars -= each.getValue();
      else kept -= each.getValue();
    }
    head.counters.appended(kept);
    int keptHistograms = histograms - refusedHistograms;
    int floats = kept - keptHistograms;
    return keptHistograms + keptExemplars + refused.size() == 0
        ? Receipt.allKept(floats)
        : new Receipt(floats, keptHistograms, keptExemplars, refused);
  }

  private static Refusal closed() {
    return new Refusal.Unavailable("this writer is closed", "open another");
  }

  @Override
  public void close() {
    if (closed) return;
    closed = true;
    clear();
    pins.forEach(head::unpin);
  }
}
