package io.oriel.metrics.head;

import io.oriel.model.TimeRange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which block ranges the head has samples of, and when something last came in for each: a range is
 * cut into a block when nobody writes to it any more, be its samples of today or of last week.
 */
public final class Windows {
  private final ConcurrentSkipListMap<Long, Long> lastAppendMs = new ConcurrentSkipListMap<>();
  private final AtomicLong minMs = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong maxMs = new AtomicLong(Long.MIN_VALUE);
  private final long rangeMs;

  Windows(long rangeMs) {
    this.rangeMs = rangeMs;
  }

  void appended(long window, long nowMs) {
    lastAppendMs.put(window, nowMs);
  }

  void saw(long fromMs, long toMs) {
    if (fromMs < minMs.get()) minMs.accumulateAndGet(fromMs, Math::min);
    if (toMs > maxMs.get()) maxMs.accumulateAndGet(toMs, Math::max);
  }

  void dropBefore(long window) {
    lastAppendMs.headMap(window).clear();
  }

  /** The oldest range with the time of its last append; null when the head is empty. */
  public Map.@Nullable Entry<Long, Long> oldest() {
    return lastAppendMs.firstEntry();
  }

  /**
   * The numbers of the ranges that samples came in for, rising: range times number is the start.
   */
  public Iterable<Long> numbers() {
    return lastAppendMs.keySet();
  }

  /** The time of these ranges, rising. */
  public List<TimeRange> times() {
    return lastAppendMs.keySet().stream()
        .map(window -> new TimeRange(window * rangeMs, window * rangeMs + rangeMs - 1))
        .toList();
  }

  /** How many ranges samples came in for. */
  public int count() {
    return lastAppendMs.size();
  }

  /** The time of the oldest sample that ever came in, the maximum when none did. */
  public long minMs() {
    return minMs.get();
  }

  /** The time of the newest sample, the minimum when there is none. */
  public long maxMs() {
    return maxMs.get();
  }
}
