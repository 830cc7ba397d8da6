package io.oriel.promql.eval;

import io.oriel.model.limit.Refusal;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many samples all queries together may hold: each keeps to its own limit, and still a few of
 * them, or one on a small machine, would fill the heap and end the process. Thread-safe.
 */
final class Room {
  private static final int SAMPLE_BYTES = 40; // time, value, and what doubling wastes on the way

  private final long allowed;
  private final AtomicLong held = new AtomicLong();

  Room(long allowed) {
    this.allowed = allowed;
  }

  /** Half of the heap. */
  static Room inThisHeap() {
    return new Room(Runtime.getRuntime().maxMemory() / 2 / SAMPLE_BYTES);
  }

  void take(long samples) {
    if (held.addAndGet(samples) <= allowed) return;
    held.addAndGet(-samples);
    throw new Refusal.Unavailable(
        "the queries that run now would hold more than %d samples, which the memory of this process has room for"
            .formatted(allowed),
        "ask for less, ask again later, or give Oriel more memory with ORIEL_JAVA_OPTIONS=-Xmx");
  }

  void give(long samples) {
    held.addAndGet(-samples);
  }

  long held() {
    return held.get();
  }
}
