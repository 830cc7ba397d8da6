package io.oriel.server.http.prometheus;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.server.http.Call;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Lets in what reads many samples without the engine: so many at a time, on platform threads of
 * their own, so that page faults and heavy work delay no small call; others wait a while.
 */
public final class ReadGate implements AutoCloseable {
  private static final long LOOK_EVERY_MS = 100;
  private static final long PATIENCE_SECONDS = 30;

  private final Semaphore places;
  private final long atOnce;
  private final ThreadPoolExecutor threads;

  public ReadGate(Limits limits) {
    this.atOnce = Math.max(1, limits.of(Limit.READS_AT_ONCE));
    this.places = new Semaphore((int) Math.min(atOnce, 1 << 16));
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE, // as many as there are places
            PATIENCE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().name("read-", 1).daemon().factory());
  }

  /** Reads, and tells by what it is given whether anybody still waits for it. */
  @FunctionalInterface
  interface Work<T> {
    T read(BooleanSupplier cancelled) throws IOException;
  }

  /**
   * Runs the work on a thread of the gate; it is told to stop when the caller hangs up.
   *
   * @throws Refusal.LimitReached when no place was free for a long time
   */
  <T> T run(Call call, Work<T> work) throws IOException {
    enter();
    try {
      return await(work, call::gone);
    } finally {
      places.release();
    }
  }

  /** The same for work that writes to the caller and so sees by itself that they are gone. */
  void write(Work<Boolean> work) throws IOException {
    enter();
    try {
      await(work, () -> false);
    } finally {
      places.release();
    }
  }

  private void enter() {
    try {
      if (places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) return;
    } catch (InterruptedException _) {
      throw new Refusal.Cancelled("the read was cancelled: Oriel is closing");
    }
    throw new Refusal.LimitReached(Limit.READS_AT_ONCE, atOnce, "the queue of reads");
  }

  private <T> T await(Work<T> work, BooleanSupplier gone) throws IOException {
    var cancelled = new AtomicBoolean();
    Future<T> reading = threads.submit(() -> work.read(cancelled::get));
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return reading.get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
          if (gone.getAsBoolean()) cancelled.set(true);
        } catch (InterruptedException _) {
          interrupted = true;
          cancelled.set(
              true); // its end is waited for all the same: it may hold the caller's stream
        } catch (ExecutionException e) {
          throw failure(e);
        }
      }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException failure(ExecutionException e) throws IOException {
    switch (e.getCause()) {
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      case IOException failure -> throw failure;
      case null, default -> throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
