package io.oriel.storage.wal;

import io.oriel.model.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.slf4j.event.Level;

/**
 * What is said of writes that fail, as on a full disk: once when they begin to, then once in ten
 * minutes, and when none failed for a minute: where a disk is nearly full, small writes succeed in
 * between. For the writer thread.
 */
final class WriteTrouble {
  private static final long CALM_MS = Duration.ofMinutes(1).toMillis();
  private static final long QUIET_MS = Duration.ofMinutes(10).toMillis();

  private final Clock clock;
  private final BiConsumer<Level, String> say;
  private boolean failing;
  private long quietUntilMs;
  private long calmFromMs;
  private long refused; // batches, since writes began to fail

  WriteTrouble(Clock clock, BiConsumer<Level, String> say) {
    this.clock = clock;
    this.say = say;
  }

  void failed(Object folder, Throwable why) {
    refused++;
    long nowMs = clock.millis();
    calmFromMs = nowMs + CALM_MS;
    if (failing && nowMs < quietUntilMs) return;
    failing = true;
    quietUntilMs = nowMs + QUIET_MS;
    say.accept(
        Level.ERROR,
        "the write-ahead log could not be written, so what was sent is refused log=%s reason=\"%s\" remedy=\"make space on that disk; intake goes on by itself\"; next line in 10m"
            .formatted(folder, why.getMessage()));
  }

  void wrote(Object folder) {
    if (!failing || clock.millis() < calmFromMs) return;
    say.accept(
        Level.INFO,
        "the write-ahead log can be written again log=%s refused_batches=%d"
            .formatted(folder, refused));
    failing = false;
    refused = 0;
  }
}
