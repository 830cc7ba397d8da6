package io.oriel.collect.container;

import io.oriel.collect.CollectorFailure;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How much each container wrote into its own layer. The daemon walks every file to know, so it is
 * asked rarely, on a line and a thread of its own, and a round takes the last answer.
 */
final class Sizes implements AutoCloseable {
  private static final long EVERY_MS = TimeUnit.MINUTES.toMillis(15);
  private static final long OLDEST_MS = 3 * EVERY_MS;

  private final Supplier<Engine> open;
  private volatile Map<String, Double> bytes = Map.of();
  private volatile long answeredAtMs;
  private long askedAtMs;
  private @Nullable Thread asking;

  /**
   * @param open a line of its own to the daemon
   */
  Sizes(Supplier<Engine> open) {
    this.open = open;
  }

  /** Begins to ask where it is time to, and gives what was answered last. */
  Map<String, Double> lately(long nowMs) {
    Map<String, Double> last = nowMs - answeredAtMs > OLDEST_MS ? Map.of() : bytes;
    Thread running = asking;
    boolean isFree = running == null || !running.isAlive();
    if (isFree && (askedAtMs == 0 || nowMs - askedAtMs >= EVERY_MS)) {
      askedAtMs = nowMs;
      Engine line = open.get();
      asking = Thread.ofVirtual().name("container-sizes").start(() -> ask(line, nowMs));
    }
    return last;
  }

  private void ask(Engine line, long nowMs) {
    try (line) {
      bytes = line.sizes();
      answeredAtMs = nowMs;
    } catch (CollectorFailure | InterruptedException e) {
      // too slow, or not permitted: the sizes are absent, and asked for again later
    }
  }

  /** Waits for an answer that is under way; for tests. */
  void await() throws InterruptedException {
    Thread running = asking;
    if (running != null) running.join();
  }

  @Override
  public void close() {
    Thread running = asking;
    if (running != null) running.interrupt();
  }
}
