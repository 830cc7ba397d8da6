package io.oriel.metrics.read;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * From which time on the head answers, with the number of those who rely on it. What lies before is
 * in blocks; the head drops it when nobody holds an older view any more.
 */
public final class HeadView {
  private final long fromMs;
  private final int fromNumber;
  private final AtomicInteger holds = new AtomicInteger(1); // the store's own

  /**
   * @param fromMs samples that came in order are in blocks before this time
   * @param fromNumber out-of-order samples of lower numbers are in blocks
   */
  public HeadView(long fromMs, int fromNumber) {
    this.fromMs = fromMs;
    this.fromNumber = fromNumber;
  }

  public long fromMs() {
    return fromMs;
  }

  public int fromNumber() {
    return fromNumber;
  }

  /** False when there is a newer view and nobody is left: the caller asks for that. */
  boolean hold() {
    return holds.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
  }

  /** By whoever held it, and once by the store when it has a newer one. */
  public void release() {
    holds.decrementAndGet();
  }

  /** Whether nobody relies on it any more, nor ever will. */
  public boolean isFree() {
    return holds.get() == 0;
  }
}
