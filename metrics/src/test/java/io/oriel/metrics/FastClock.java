package io.oriel.metrics;

import io.oriel.model.Clock;
import java.time.Instant;

/**
 * The machine's clock, so many times as fast: hours of a store's life, with all that it does by
 * itself, pass in seconds.
 *
 * @param zeroMs the moment of the real clock that is {@link #EPOCH_MS} on this one
 */
record FastClock(long zeroMs, int times) implements Clock {
  static final long EPOCH_MS = 1_700_000_000_000L;

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public long millis() {
    return EPOCH_MS + (System.currentTimeMillis() - zeroMs) * times;
  }

  @Override
  public long nanos() {
    return System.nanoTime() * times;
  }

  @Override
  public void sleepUntil(long epochMs) throws InterruptedException {
    for (long left; (left = epochMs - millis()) > 0; ) Thread.sleep(left / times + 1);
  }
}
