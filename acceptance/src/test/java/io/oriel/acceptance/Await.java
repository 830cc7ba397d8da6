package io.oriel.acceptance;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waiting for another process: asked again and again, up to a bound, with a message at the end. */
final class Await {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Await() {}

  static void until(String what, Duration atMost, Callable<Boolean> happened) throws Exception {
    long end = System.nanoTime() + atMost.toNanos();
    while (!happened.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + atMost.toSeconds() + " s: " + what);
      }
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }
  }
}
