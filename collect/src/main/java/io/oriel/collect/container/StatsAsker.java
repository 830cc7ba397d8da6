package io.oriel.collect.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.CollectorFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Asks the daemon for figures of containers that can't be measured here: a few at a time, each with
 * a time limit of its own, all together within a part of the round. Who has waited longest comes
 * first.
 */
final class StatsAsker implements AutoCloseable {
  private static final int AT_ONCE = 4;

  private final List<Engine> lines = new ArrayList<>();
  private final Supplier<Engine> open;
  private final long budgetNanos;

  /**
   * @param open a line of its own to the daemon
   */
  StatsAsker(Supplier<Engine> open, long budgetMs) {
    this.open = open;
    this.budgetNanos = TimeUnit.MILLISECONDS.toNanos(budgetMs);
  }

  /**
   * Fills in {@link Tracked#usage}, or {@link Tracked#untold} where that fails.
   *
   * @return whether the daemon lets us ask
   */
  boolean ask(List<Tracked> whom, long round) throws InterruptedException {
    var waiting = new ArrayList<>(whom);
    waiting.sort((a, b) -> Long.compare(a.measuredRound, b.measuredRound));
    waiting.forEach(each -> each.untold = "no time left in the round");
    var queue = new ConcurrentLinkedQueue<>(waiting);
    var refused = new AtomicBoolean();
    long end = System.nanoTime() + budgetNanos;
    while (lines.size() < Math.min(AT_ONCE, whom.size())) lines.add(open.get());
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < Math.min(lines.size(), whom.size()); i++) {
      Engine line = lines.get(i);
      threads.add(Thread.ofVirtual().start(() -> work(line, queue, end, round, refused)));
    }
    join(threads);
    return !refused.get();
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    try {
      for (Thread each : threads) each.join();
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      throw e;
    }
  }

  private static void work(
      Engine line, Queue<Tracked> queue, long end, long round, AtomicBoolean refused) {
    while (!refused.get() && System.nanoTime() - end < 0) {
      Tracked one = queue.poll();
      if (one == null) return;
      try {
        JsonNode told = line.stats(one.id);
        one.untold = StatsAnswer.read(told, one.usage) ? "" : "the daemon tells no figures";
        one.measuredRound = round;
      } catch (CollectorFailure e) {
        one.measuredRound = round; // its turn is over, however it went
        one.untold = e.status() == 403 ? "not permitted" : "the daemon did not answer";
        if (e.status() == 403) refused.set(true);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    lines.forEach(Engine::close);
    lines.clear();
  }
}
