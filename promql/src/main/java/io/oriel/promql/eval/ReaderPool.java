package io.oriel.promql.eval;

import io.oriel.model.limit.Refusal;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/** As many platform threads as there are cores, shared by all queries of an engine. */
final class ReaderPool implements AutoCloseable {
  private final int threads = Runtime.getRuntime().availableProcessors();
  private final ExecutorService executor =
      Executors.newFixedThreadPool(
          threads, Thread.ofPlatform().daemon().name("promql-", 0).factory());

  int threads() {
    return threads;
  }

  <T> Future<T> submit(Callable<T> task) {
    try {
      return executor.submit(task);
    } catch (RejectedExecutionException e) {
      throw new Refusal.Unavailable("the query engine is closing", "ask again after the restart");
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
