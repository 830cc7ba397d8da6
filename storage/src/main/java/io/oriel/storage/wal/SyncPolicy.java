package io.oriel.storage.wal;

import java.time.Duration;

/**
 * When an appended record counts as accepted.
 *
 * <p>{@link Always}: when it is on disk. {@link Interval}: when it was handed to the operating
 * system, so that it survives the death of the process at once, and that of the machine after the
 * interval.
 */
public sealed interface SyncPolicy {
  /** One second: what a power loss may take. */
  SyncPolicy DEFAULT = new Interval(Duration.ofSeconds(1));

  SyncPolicy ALWAYS = new Always();

  record Always() implements SyncPolicy {}

  record Interval(Duration length) implements SyncPolicy {
    public Interval {
      if (length.toMillis() < 1) {
        throw new IllegalArgumentException("a sync interval of " + length + " is below 1 ms");
      }
    }
  }
}
