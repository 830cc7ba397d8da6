package io.oriel.metrics.head;

/** Series that came and went since about an hour. Thread-safe. */
public final class Churn {
  private final LastHour created = new LastHour();
  private final LastHour removed = new LastHour();
  private long sliceEndMs = Long.MIN_VALUE;

  Churn() {}

  synchronized void created() {
    created.add();
  }

  synchronized void removed() {
    removed.add();
  }

  /** True where a slice of the hour ended. */
  synchronized boolean tick(long nowMs) {
    if (sliceEndMs == Long.MIN_VALUE) sliceEndMs = nowMs + LastHour.SLICE_MS;
    if (nowMs < sliceEndMs) return false;
    sliceEndMs = nowMs + LastHour.SLICE_MS;
    created.nextSlice();
    removed.nextSlice();
    return true;
  }

  public synchronized long createdSeries() {
    return created.sum();
  }

  public synchronized long removedSeries() {
    return removed.sum();
  }
}
