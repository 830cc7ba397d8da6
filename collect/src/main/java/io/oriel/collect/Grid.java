package io.oriel.collect;

import io.oriel.model.Clock;

/** Rounds at an even pace: the first at once, the second soon, then one each interval. */
final class Grid implements Pace {
  private final Clock clock;
  private final long intervalMs;
  private long startMs;
  private long dueMs;
  private int round;

  Grid(Clock clock, long intervalMs) {
    this.clock = clock;
    this.intervalMs = intervalMs;
  }

  @Override
  public long next() throws InterruptedException {
    if (round == 0) startMs = clock.millis();
    dueMs =
        switch (round) {
          case 0 -> startMs;
          // a rate needs two points: the second comes early, so that a page has curves in seconds
          case 1 -> startMs + intervalMs / 5;
          case 2 -> startMs + intervalMs;
          default -> after(dueMs);
        };
    if (round > 0) clock.sleepUntil(dueMs);
    if (round < 3) round++;
    return dueMs;
  }

  /** The next moment that is still ahead: rounds that were slept through are left out. */
  private long after(long due) {
    long late = Math.max(0, clock.millis() - due);
    return due + (late / intervalMs + 1) * intervalMs;
  }
}
