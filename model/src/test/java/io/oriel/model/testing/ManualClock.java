package io.oriel.model.testing;

import io.oriel.model.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A clock that moves when told. Whoever sleeps on it wakes when it has reached their moment. */
public final class ManualClock implements Clock {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long nowMs;
  private final List<Long> asleepUntil = new ArrayList<>();

  public ManualClock() {
    this(0);
  }

  public ManualClock(long nowMs) {
    this.nowMs = nowMs;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public long millis() {
    lock.lock();
    try {
      return nowMs;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long nanos() {
    return millis() * 1_000_000;
  }

  @Override
  public void sleepUntil(long epochMs) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (nowMs >= epochMs) return;
      asleepUntil.add(epochMs);
      changed.signalAll();
      try {
        while (nowMs < epochMs) changed.await();
      } finally {
        asleepUntil.remove((Long) epochMs);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Moves time on; sleepers whose moment has come wake up. */
  public void advance(long ms) {
    lock.lock();
    try {
      nowMs += ms;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits (in real time, at most so long as a test may take) until so many threads sleep here. One
   * whose moment has come does not count, also while it has not woken up yet.
   */
  public void awaitSleepers(int count) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (asleep() < count) changed.await();
    } finally {
      lock.unlock();
    }
  }

  private long asleep() {
    return asleepUntil.stream().filter(until -> until > nowMs).count();
  }
}
