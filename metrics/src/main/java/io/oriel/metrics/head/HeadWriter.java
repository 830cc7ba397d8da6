package io.oriel.metrics.head;

import io.oriel.model.Clock;
import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.backend.Receipt.Reason;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.wal.Wal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects a batch as rows, writes it to the log and then to the shards it touches, whose locks it
 * holds from before to after: the order of the log is the order of the head, and nothing is in the
 * head, to be read or to be taken for a repetition, that is not in the log.
 */
final class HeadWriter implements MetricWriter {
  private static final int RECORD_BYTES = 4 << 20; // a longer batch is several records

  private final Head head;
  private final Wal wal;
  private final Clock clock;
  private final Runnable gate;
  private final Pins pins = new Pins();
  private final BatchRecord record = new BatchRecord();
  private final Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
  private final Map<String, MetricMetadata> said = new LinkedHashMap<>();

  private int[] ids = new int[64];
  private long[] times = new long[64];
  private double[] values = new double[64];
  private int rows;
  private int keptEnd; // behind the rows that go into the record and the head
  private int shards; // a bit for each that the batch touches
  private boolean closed;

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
  public void release(long series) {
    if (pins.remove((int) series)) head.unpin((int) series);
  }

  @Override
  public void sample(long series, long timeMs, double value) {
    if (rows == ids.length) grow();
    ids[rows] = (int) series;
    times[rows] = timeMs;
    values[rows++] = value;
    shards |= 1 << (series & (Head.SHARDS - 1));
  }

  @Override
  public void histogram(long series, long timeMs, Histogram histogram) {}

  @Override
  public void startOfLast(long startMs) {}

  @Override
  public void exemplar(long series, Exemplar exemplar) {}

  private void grow() {
    ids = Arrays.copyOf(ids, rows * 2);
    times = Arrays.copyOf(times, rows * 2);
    values = Arrays.copyOf(values, rows * 2);
  }

  @Override
  public void metadata(String metric, MetricMetadata metadata) {
    if (!metadata.equals(head.metadata().get(metric))) said.put(metric, metadata);
  }

  @Override
  public Receipt commit() {
    if (closed) throw closed();
    if (rows == 0 && said.isEmpty()) return Receipt.allKept(0);
    try {
      gate.run();
      if (!refused.isEmpty()) refused.clear();
      appendAll();
      return receipt();
    } finally {
      clear();
    }
  }

  private void clear() {
    rows = 0;
    shards = 0;
    if (!said.isEmpty()) said.clear();
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
      long oldest = head.oldestTaken(nowMs); // under the locks: a cut raises it
      for (int from = 0; from < rows; ) from = appendRecord(from, oldest, latest, nowMs);
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
    for (; row < rows && record.size() < RECORD_BYTES; row++) {
      int id = ids[row];
      long time = times[row];
      long bits = Double.doubleToRawLongBits(values[row]);
      SeriesPage page = head.shardOf(id).page(Head.slotOf(id));
      int i = Head.slotOf(id) & SeriesPage.MASK;
      int pending = page.pendingRow[i];
      long last = pending == 0 ? page.lastTime[i] : times[pending - 1];
      if (time > latest) refuse(Reason.TOO_FAR_AHEAD);
      else if (time == Long.MIN_VALUE) refuse(Reason.TOO_OLD); // it stands for "no sample yet"
      else if (time < last) refuse(Reason.OUT_OF_ORDER);
      else if (time == last) {
        long lastBits =
            pending == 0 ? page.lastBits[i] : Double.doubleToRawLongBits(values[pending - 1]);
        if (bits != lastBits) refuse(Reason.DUPLICATE); // else it is there already
      } else if (time < oldest) refuse(Reason.TOO_OLD);
      else {
        boolean isNamed = pending != 0 || (page.flags[i] & SeriesPage.LOGGED) != 0;
        if (!isNamed) record.series(id, head.index.labels(id));
        record.sample(id, time, bits);
        keep(row);
        page.pendingRow[i] = keptEnd;
      }
    }
    return row;
  }

  private void refuse(Reason reason) {
    refused.merge(reason, 1, Integer::sum);
  }

  private void keep(int row) {
    ids[keptEnd] = ids[row];
    times[keptEnd] = times[row];
    values[keptEnd++] = values[row];
  }

  /** Takes the kept rows over into the head: the log has them. */
  private void apply(int from, long nowMs) {
    long lowest = Long.MAX_VALUE;
    long highest = Long.MIN_VALUE;
    for (int row = from; row < keptEnd; row++) {
      int id = ids[row];
      long time = times[row];
      if (time < windowStart || time >= windowEnd) enterWindow(time, nowMs);
      HeadShard shard = head.shardOf(id);
      int slot = Head.slotOf(id);
      shard.append(slot, time, Double.doubleToRawLongBits(values[row]), windowStart);
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
      int slot = Head.slotOf(ids[row]);
      head.shardOf(ids[row]).page(slot).pendingRow[slot & SeriesPage.MASK] = 0;
    }
  }

  private void enterWindow(long time, long nowMs) {
    long window = Math.floorDiv(time, head.blockRangeMs);
    windowStart = window * head.blockRangeMs;
    windowEnd = windowStart + head.blockRangeMs;
    head.windows.appended(window, nowMs);
  }

  private Receipt receipt() {
    int kept = rows;
    for (var each : refused.entrySet()) {
      head.counters.refused(each.getKey(), each.getValue());
      kept -= each.getValue();
    }
    head.counters.appended(kept);
    return refused.isEmpty() ? Receipt.allKept(kept) : new Receipt(kept, refused);
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
