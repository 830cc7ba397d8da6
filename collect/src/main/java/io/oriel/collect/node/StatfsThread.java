package io.oriel.collect.node;

import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One thread that asks one mount, so that only this thread hangs when the mount does. */
final class StatfsThread implements AutoCloseable {
  private final Mount mount;
  private final Supplier<Space.Asking> asking;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean busy;
  private boolean late; // it was waited for once in vain
  private @Nullable Space space;
  private @Nullable Unreadable problem;

  StatfsThread(Mount mount, Supplier<Space.Asking> asking) {
    this.mount = mount;
    this.asking = asking;
    this.thread = Thread.ofPlatform().daemon().name("statfs " + mount.path).start(this::run);
  }

  /** Asks, unless the question before is not answered yet. */
  void ask() {
    lock.lock();
    try {
      if (busy) return;
      busy = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Space answer(long deadline) throws Unreadable {
    lock.lock();
    try {
      while (busy && !late) {
        long left = deadline - System.nanoTime();
        if (left <= 0 || changed.awaitNanos(left) <= 0) late = busy;
      }
      if (busy) throw Unreadable.because("mountpoint timeout");
      if (problem != null) throw problem;
      return Objects.requireNonNull(space, "an answer has a space or a problem");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Unreadable.because("interrupted");
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try (Space.Asking own = asking.get()) {
      while (true) {
        awaitQuestion();
        try {
          done(own.of(mount), null);
        } catch (Unreadable e) {
          done(null, e);
        } catch (RuntimeException | Error e) { // the one who waits must hear of it
          done(null, Unreadable.because(e.toString()));
        }
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  private void awaitQuestion() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!busy) changed.await();
    } finally {
      lock.unlock();
    }
  }

  private void done(@Nullable Space found, @Nullable Unreadable why) {
    lock.lock();
    try {
      space = found;
      problem = why;
      busy = false;
      late = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
