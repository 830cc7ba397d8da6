package io.oriel.storage.wal;

import java.util.concurrent.atomic.LongAdder;

/** What the log has done since it was opened. Written by the writer thread, read by anyone. */
final class WalCounters {
  private final LongAdder records = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder syncs = new LongAdder();
  private final LongAdder syncNanos = new LongAdder();
  private final LongAdder failures = new LongAdder();

  void wrote(int newRecords, long newBytes) {
    records.add(newRecords);
    bytes.add(newBytes);
    batches.increment();
  }

  void synced(long nanos) {
    syncs.increment();
    syncNanos.add(nanos);
  }

  void failed() {
    failures.increment();
  }

  Wal.Stats stats() {
    return new Wal.Stats(
        records.sum(), bytes.sum(), batches.sum(), syncs.sum(), syncNanos.sum(), failures.sum());
  }
}
