package io.oriel.metrics.head;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.backend.Receipt.Reason;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.wal.Appended;
import io.oriel.storage.wal.Wal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects a batch as rows, appends it to the shards it touches and hands it to the log while it
 * still holds their locks, so that the order of the log is the order of the head.
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
      Appended last = appendAll();
      if (last != null) last.await();
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

  private @Nullable Appended appendAll() {
    long nowMs = clock.millis();
    long latest = nowMs + 1000 * head.limits.of(Limit.SAMPLE_AHEAD_SECONDS);
    windowEnd = windowStart = 1;
    lock();
    try {
      record.clear();
      Appended last = null;
      int from = 0;
      while (from < rows) {
        from = appendRows(from, latest, nowMs);
        if (from == rows) break;
        last = wal.submit(record.finish());
        record.clear();
      }
      for (var each : said.entrySet()) {
        record.metadata(each.getKey(), each.getValue());
        head.remember(each.getKey(), each.getValue());
      }
      return record.isEmpty() ? last : wal.submit(record.finish());
    } finally {
      unlock();
    }
  }

  private void lock() {
    for (int i = 0; i < Head.SHARDS; i++) if ((shards >>> i & 1) != 0) head.shards[i].lock.lock();
  }

  private void unlock() {
    for (int i = 0; i < Head.SHARDS; i++) if ((shards >>> i & 1) != 0) head.shards[i].lock.unlock();
  }

  /** Appends rows until the record is long enough; the answer is the first that is left. */
  private int appendRows(int from, long latest, long nowMs) {
    long lowest = Long.MAX_VALUE;
    long highest = Long.MIN_VALUE;
    int row = from;
    for (; row < rows && record.size() < RECORD_BYTES; row++) {
      int id = ids[row];
      long time = times[row];
      if (time > latest) {
        refused.merge(Reason.TOO_FAR_AHEAD, 1, Integer::sum);
        continue;
      }
      if (time < windowStart || time >= windowEnd) enterWindow(time, nowMs);
      boolean repeated = head.isNewest(id, time);
      long bits = Double.doubleToRawLongBits(values[row]);
      Reason reason = head.append(id, time, bits, windowStart);
      if (reason != null) {
        refused.merge(reason, 1, Integer::sum);
        continue;
      }
      if (repeated) continue;
      if (!head.markLogged(id)) record.series(id, head.index.labels(id));
      record.sample(id, time, bits);
      lowest = Math.min(lowest, time);
      highest = Math.max(highest, time);
    }
    if (lowest <= highest) head.windows.saw(lowest, highest);
    return row;
  }

  private void enterWindow(long time, long nowMs) {
    long window = Math.floorDiv(time, head.blockRangeMs);
    windowStart = window * head.blockRangeMs;
    windowEnd = windowStart + head.blockRangeMs;
    if (time >= head.floorMs()) head.windows.appended(window, nowMs);
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
