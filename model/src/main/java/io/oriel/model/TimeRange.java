package io.oriel.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A span of time in milliseconds since 1970, both ends included, as Prometheus counts it. */
public record TimeRange(long startMs, long endMs) {
  /** All the time there is. */
  public static final TimeRange ALWAYS = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

  public TimeRange {
    if (startMs > endMs) {
      throw new IllegalArgumentException(
          "a time range ends before it starts: "
              + Instant.ofEpochMilli(startMs)
              + " to "
              + Instant.ofEpochMilli(endMs));
    }
  }

  public static TimeRange last(Duration length, InstantSource clock) {
    long now = clock.millis();
    return new TimeRange(now - length.toMillis(), now);
  }

  public boolean contains(long timeMs) {
    return startMs <= timeMs && timeMs <= endMs;
  }

  public boolean overlaps(long fromMs, long toMs) {
    return startMs <= toMs && fromMs <= endMs;
  }
}
