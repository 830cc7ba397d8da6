package io.oriel.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How long ago this process was started. */
final class Started {
  private Started() {}

  /** {@code " in 0.8 s"}, or nothing where that can't be seen. */
  static String words() {
    return since()
        .map(took -> String.format(Locale.ROOT, " in %.1f s", took.toMillis() / 1e3))
        .orElse("");
  }

  /**
   * Since the JVM was started, its own start included. The launcher says when that was: the process
   * is older, for it may have built Oriel before.
   */
  private static Optional<Duration> since() {
    String launched = System.getenv("ORIEL_STARTED_MS");
    Optional<Instant> start =
        launched != null && launched.matches("[0-9]{13}")
            ? Optional.of(Instant.ofEpochMilli(Long.parseLong(launched)))
            : ProcessHandle.current().info().startInstant();
    return start.map(begun -> Duration.between(begun, Instant.now()));
  }
}
