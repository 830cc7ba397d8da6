package io.oriel.storage.wal;

import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.wal.Batch.Stage;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that owns the open segment: takes batches, writes them, forces, rolls. */
final class WalWriter implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Wal.class);

  private final Inbox inbox;
  private final Segments segments;
  private final Clock clock;
  private final long intervalNanos; // 0 = each batch
  private final long segmentBytes;
  private final WalCounters counters;
  private final WriteTrouble trouble;
  private OpenSegment segment;
  private long dirtySince;
  private boolean dirty;
  private @Nullable Refusal broken;
  private volatile WalPosition written;

  WalWriter(
      Inbox inbox,
      Segments segments,
      OpenSegment segment,
      SyncPolicy policy,
      long segmentBytes,
      Clock clock,
      WalCounters counters) {
    this.inbox = inbox;
    this.segments = segments;
    this.segment = segment;
    this.written = new WalPosition(segment.sequence(), segment.size());
    this.segmentBytes = segmentBytes;
    this.clock = clock;
    this.counters = counters;
    this.trouble = new WriteTrouble(clock, (level, line) -> log.atLevel(level).log(line));
    this.intervalNanos =
        switch (policy) {
          case SyncPolicy.Always _ -> 0;
          case SyncPolicy.Interval(Duration length) -> length.toNanos();
        };
  }

  /** Behind the last record that was written. Asked by any thread. */
  WalPosition written() {
    return written;
  }

  @Override
  public void run() {
    Batch batch = null;
    do {
      batch = inbox.take(batch);
      commit(batch);
    } while (!batch.last);
  }

  private void commit(Batch batch) {
    Refusal refusal = broken;
    try {
      if (refusal == null) process(batch);
    } catch (IOException e) {
      refusal = broken != null ? broken : notWritten(e);
    } catch (RuntimeException | Error e) { // a defect must not leave others waiting for ever
      log.error(
          "the write-ahead log in {} stopped; this is a defect of Oriel", segments.folder(), e);
      refusal = breakWith("stopped by a defect", e);
    }
    batch.segmentAfter = segment.sequence();
    if (batch.last) finish();
    batch.reached(Stage.DONE, refusal);
  }

  private void process(Batch batch) throws IOException {
    if (batch.records() > 0) write(batch);
    if (intervalNanos > 0) batch.reached(Stage.WRITTEN, null);
    if (batch.sync || intervalNanos == 0 || isOverdue()) force();
    if (batch.roll) roll(batch);
    else if (segment.size() >= segmentBytes) rollIfPossible();
  }

  private void write(Batch batch) throws IOException {
    try {
      long before = segment.size();
      segment.write(batch.frames());
      written = new WalPosition(segment.sequence(), segment.size());
      counters.wrote(batch.records(), segment.size() - before);
      trouble.wrote(segments.folder());
    } catch (OpenSegment.Stuck e) {
      breakWith("can't be written", e);
      throw e;
    }
    if (dirty) return;
    dirty = true;
    dirtySince = clock.nanos();
    if (intervalNanos > 0) inbox.setDirty(true);
  }

  /** The sync clock asks in time; this holds also when the wall clock was set back. */
  private boolean isOverdue() {
    return dirty && clock.nanos() - dirtySince >= intervalNanos;
  }

  private void force() throws IOException {
    if (!dirty) return;
    long start = clock.nanos();
    try {
      segment.force();
    } catch (IOException e) {
      // the system may have dropped the pages it could not write: a second try would lie
      breakWith("can't be synced", e);
      throw e;
    }
    counters.synced(clock.nanos() - start);
    dirty = false;
    inbox.setDirty(false);
  }

  /**
   * Whoever asked for a new segment hears that there is none; the records of the batch are written
   * and synced, and stay accepted.
   */
  private void roll(Batch batch) throws IOException {
    try {
      roll();
    } catch (IOException e) {
      if (broken != null) throw e;
      batch.notRolled =
          new Refusal.Unavailable(
              "no new segment of the write-ahead log in %s could be begun (%s)"
                  .formatted(segments.folder(), e.getMessage()),
              "check the space on that disk and the rights on that folder");
    }
  }

  private void rollIfPossible() {
    try {
      roll();
    } catch (IOException e) {
      if (broken == null) {
        log.warn(
            "no new segment, going on with file={} reason={}", segment.sequence(), e.toString());
      }
    }
  }

  /** The old segment is durable before the new one has a name: only the last can end torn. */
  private void roll() throws IOException {
    force();
    if (segment.size() == Frames.HEADER_BYTES) return;
    OpenSegment next = segments.create(segment.sequence() + 1);
    OpenSegment old = segment;
    segment = next;
    old.close();
  }

  private void finish() {
    try {
      if (broken == null) segment.finish();
      else segment.close();
    } catch (IOException e) {
      log.warn("closing the write-ahead log in {} failed: {}", segments.folder(), e.toString());
    }
  }

  private Refusal breakWith(String what, Throwable why) {
    if (broken == null) {
      broken =
          new Refusal.Unavailable(
              "the write-ahead log in %s %s (%s), so nothing more is taken in"
                  .formatted(segments.folder(), what, why.getMessage()),
              "check the disk, then restart Oriel");
      log.error("read-only from now on: {}", broken.getMessage());
      inbox.shut(broken);
    }
    return broken;
  }

  private Refusal notWritten(IOException e) {
    counters.failed();
    trouble.failed(segments.folder(), e);
    return new Refusal.Unavailable(
        "the write-ahead log in %s could not be written (%s)"
            .formatted(segments.folder(), e.getMessage()),
        "check the space on that disk; intake goes on by itself when it can be written again");
  }
}
