package io.oriel.model;

import java.time.Duration;
import java.time.Instant;

/**
 * The machine's clock. A wall clock that is set back while somebody waits makes the waiting longer
 * by at most one second: then they wake before the moment has come.
 */
final class SystemClock implements Clock {
  static final SystemClock INSTANCE = new SystemClock();
  private static final long LONGEST_NAP_MS =
      1000; // looks at the wall clock again at least so often

  private SystemClock() {}

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public long millis() {
    return System.currentTimeMillis();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public void sleepUntil(long epochMs) throws InterruptedException {
    long begun = nanos();
    long most = epochMs - millis() + LONGEST_NAP_MS;
    for (long left; (left = epochMs - millis()) > 0; ) {
      if ((nanos() - begun) / 1_000_000 > most) return; // the wall clock was set back meanwhile
      Thread.sleep(Duration.ofMillis(Math.min(left, LONGEST_NAP_MS)));
    }
  }
}
