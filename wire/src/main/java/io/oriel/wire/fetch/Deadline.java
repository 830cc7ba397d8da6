package io.oriel.wire.fetch;

import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * The end of an exchange, in the machine's own time: sockets wait in no other. A clock of a test
 * does not move it.
 */
record Deadline(long atNanos) {
  static Deadline in(long ms) {
    return new Deadline(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms));
  }

  /** At least one: 0 would mean for ever. */
  int remainingMs() throws SocketTimeoutException {
    long ms = TimeUnit.NANOSECONDS.toMillis(atNanos - System.nanoTime());
    if (ms <= 0) throw new SocketTimeoutException("the time is over");
    return (int) Math.min(ms, Integer.MAX_VALUE);
  }
}
