package io.oriel.receive.remotewrite;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which metadata were heard already: version 2 repeats them with each series of each request, and
 * reading them once in a round is enough. A table of fixed size; where two metrics share a slot,
 * both are read a little more often. Thread-safe.
 */
final class NewsOfMetrics {
  private static final int SLOTS = 1 << 14;

  private final AtomicLongArray heard = new AtomicLongArray(SLOTS);

  /** Whether this was not the last thing said of the metric in this round; it is from now on. */
  boolean isNews(long metric, long said, int round) {
    int slot = (int) (metric >>> 20) & (SLOTS - 1);
    long now = said + 31L * metric + round;
    return heard.get(slot) != now && heard.getAndSet(slot, now) != now;
  }
}
