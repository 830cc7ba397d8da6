package io.oriel.server.http.prometheus;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks ten times a second at all who wait for an answer: one thread for everybody, so that nobody
 * needs a timer of their own. It rests when nobody has waited for a while. Thread-safe.
 */
final class CallerWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CallerWatch.class);
  private static final Duration OFTEN = Duration.ofMillis(100); // so soon a hang-up ends a query
  private static final int LOOKS_IN_VAIN =
      50; // before it rests: waking it costs a small query time

  /** Somebody who waits. */
  @FunctionalInterface
  interface Waiting {
    /** Ends the wait where it has become useless; called by one thread at a time. */
    void look();
  }

  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
  private final long everyNanos;
  private final Thread thread;
  private volatile boolean rests;
  private volatile boolean closed;

  CallerWatch(String name) {
    this(name, OFTEN);
  }

  CallerWatch(String name, Duration every) {
    this.everyNanos = every.toNanos();
    this.thread = Thread.ofPlatform().name(name).daemon().start(this::run);
  }

  void add(Waiting who) {
    waiting.add(who);
    if (rests) LockSupport.unpark(thread);
  }

  void remove(Waiting who) {
    waiting.remove(who);
  }

  private void run() {
    int inVain = 0;
    while (!closed) {
      inVain = waiting.isEmpty() ? inVain + 1 : 0;
      if (inVain > LOOKS_IN_VAIN) rest();
      else LockSupport.parkNanos(this, everyNanos);
      for (Waiting each : waiting) look(each);
    }
  }

  private void look(Waiting each) {
    try {
      each.look();
    } catch (RuntimeException defect) {
      waiting.remove(each); // nobody stops it any more: it ends by its own limits
      log.error("a caller can't be looked after; this is a defect of Oriel", defect);
    }
  }

  boolean rests() {
    return rests;
  }

  private void rest() {
    rests = true; // first said, then looked: who comes in between is seen, or sees it
    if (waiting.isEmpty() && !closed) LockSupport.park(this);
    rests = false;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
