package io.oriel.metrics.head;

import io.oriel.model.Labels;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Enters the series of a checkpoint into index and jobs, on a thread of its own: labels are half of
 * the work of a start with many series, and the chunks, which the caller goes on with, the other.
 */
final class IndexFill {
  private static final int AT_ONCE = 256; // series handed over together
  private static final int WAITING = 32; // such batches: what one side may be ahead of the other

  private final Head head;
  private final BlockingQueue<Batch> inbox = new ArrayBlockingQueue<>(WAITING);
  private final Thread thread;
  private Batch filling = new Batch();
  private volatile @Nullable Throwable failure;

  /** Some series; an empty one is the last. */
  private static final class Batch {
    final int[] ids = new int[AT_ONCE];
    final Labels[] labels = new Labels[AT_ONCE];
    int size;
  }

  IndexFill(Head head) {
    this.head = head;
    this.thread = Thread.ofPlatform().name("index").daemon().start(this::run);
  }

  void add(int id, Labels labels) {
    filling.ids[filling.size] = id;
    filling.labels[filling.size++] = labels;
    if (filling.size == AT_ONCE) handOver();
  }

  /**
   * Waits until all are entered.
   *
   * @throws IllegalStateException when one could not be
   */
  void finish() {
    if (filling.size > 0) handOver();
    handOver();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
    Throwable failed = failure;
    if (failed != null) throw new IllegalStateException(failed.getMessage(), failed);
  }

  private void handOver() {
    Batch full = filling;
    filling = new Batch();
    boolean interrupted = false;
    while (true) {
      try {
        inbox.put(full);
        break;
      } catch (InterruptedException _) {
        interrupted = true; // a start is short: it goes on
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private void run() {
    try {
      for (Batch batch = inbox.take(); batch.size > 0; batch = inbox.take()) {
        if (failure == null) enter(batch);
      }
    } catch (InterruptedException e) {
      failure = e; // by nobody
    }
  }

  private void enter(Batch batch) {
    try {
      for (int i = 0; i < batch.size; i++) head.enter(batch.ids[i], batch.labels[i]);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }
}
