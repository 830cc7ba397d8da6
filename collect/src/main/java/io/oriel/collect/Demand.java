package io.oriel.collect;

import io.oriel.model.Clock;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Rounds that begin when somebody wants one; who asks meanwhile gets that of the others. */
final class Demand implements Pace {
  private final Collector collector;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private final Condition over = lock.newCondition();

  // guarded by the lock; moments of the clock's nanoseconds
  private boolean isWanted;
  private boolean isRunning;
  private long began;
  private @Nullable Round last; // the newest that is over, empty where a defect ended it

  private @Nullable Round telling; // of the loop's thread alone

  Demand(Collector collector, Clock clock) {
    this.collector = collector;
    this.clock = clock;
  }

  @Override
  public long next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (isRunning) {
        last = telling == null ? Round.failed(collector, began, clock.nanos() - began) : telling;
      }
      isRunning = false;
      telling = null;
      over.signalAll();
      while (!isWanted) wanted.await();
      isWanted = false;
      isRunning = true;
      began = clock.nanos();
      return clock.millis();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void told(Readings readings, Readings own) {
    telling = Round.of(collector, began, readings, own);
  }

  /** Wants a round that began no earlier than {@code from}; does not wait for it. */
  void want(long from) {
    lock.lock();
    try {
      if (isFresh(from) || (isRunning && began - from >= 0)) return;
      isWanted = true;
      wanted.signal();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFresh(long from) {
    return last != null && last.began() - from >= 0;
  }

  /**
   * Such a round, when it is over.
   *
   * @param patience nanoseconds; where it is not over then, what is given says no more than that
   */
  Round await(long from, long patience) throws InterruptedException {
    long begun = clock.nanos();
    want(from);
    lock.lockInterruptibly();
    try {
      long left = patience;
      while (!isFresh(from) && left > 0) left = over.awaitNanos(left);
      Round newest = last;
      return newest != null && isFresh(from)
          ? newest
          : Round.failed(collector, begun, clock.nanos() - begun);
    } finally {
      lock.unlock();
    }
  }
}
