package io.oriel.model;

import java.time.InstantSource;

/**
 * Time, handed in: what the wall clock says, how long something takes, and waiting. Tests hold it
 * still and move it ({@code ManualClock} in this module's test jar).
 */
public interface Clock extends InstantSource {
  /** Nanoseconds that only grow, for measuring how long something takes. */
  long nanos();

  /** Waits until the wall clock has reached a moment; returns at once when it has already. */
  void sleepUntil(long epochMs) throws InterruptedException;

  /** The machine's own clock. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
