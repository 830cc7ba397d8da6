package io.oriel.metrics;

import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The steps of housekeeping, and what is said of those that fail: once when one begins to, then
 * once in ten minutes, and when it is well again. Nothing that a step throws ends the thread.
 */
final class Steps {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final long QUIET_MS = Duration.ofMinutes(10).toMillis();

  /** Part of a round. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  private final Clock clock;
  private final BiConsumer<Level, String> say;
  private final Map<String, Long> quietUntil = new HashMap<>(); // of those that fail

  Steps(Clock clock) {
    this(clock, (level, line) -> log.atLevel(level).log(line));
  }

  Steps(Clock clock, BiConsumer<Level, String> say) {
    this.clock = clock;
    this.say = say;
  }

  /**
   * Runs a step.
   *
   * @param what it does, to follow "could not"
   */
  void attempt(String what, Step step) {
    try {
      step.run();
      if (quietUntil.remove(what) != null) {
        say.accept(Level.INFO, "housekeeping can %s again signal=metrics".formatted(what));
      }
    } catch (IOException | RuntimeException | Error e) {
      failed(what, e);
    }
  }

  private void failed(String what, Throwable failure) {
    Long quiet = quietUntil.get(what);
    if (quiet != null && clock.millis() < quiet) return;
    quietUntil.put(what, clock.millis() + QUIET_MS);
    say.accept(
        Level.ERROR,
        "housekeeping could not %s signal=metrics reason=\"%s\" remedy=\"%s\"; tried again every 5 s, next line in 10m"
            .formatted(what, reason(failure), remedy(failure)));
    if (quiet == null && isDefect(failure))
      log.error("housekeeping failed here signal=metrics", failure);
  }

  private static boolean isDefect(Throwable failure) {
    return !(failure instanceof IOException
        || failure instanceof UncheckedIOException
        || failure instanceof Refusal);
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null || failure instanceof Error ? failure.toString() : message;
  }

  private static String remedy(Throwable failure) {
    return switch (failure) {
      case IOException _, UncheckedIOException _ ->
          "look at the space on the disk of the data folder and at the rights on it";
      case Refusal _ -> "the reason says what to do";
      case OutOfMemoryError _ -> "give Oriel more memory with ORIEL_JAVA_OPTIONS=-Xmx";
      default -> "this is a defect of Oriel: please report it with the lines that follow";
    };
  }
}
