package io.oriel.collect.langfuse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A span of time in milliseconds since 1970: the first is in it, the last is not. */
record Window(long fromMs, long toMs) {
  /**
   * How late something may appear in the answers: it goes through a queue, and a long call is known
   * when it ends.
   */
  static final long SETTLED_MS = 5 * 60_000;

  static final long DAY_MS = 86_400_000;
  static final long HOUR_MS = 3_600_000;

  /**
   * How often figures of a whole hour are asked for: they change slowly, and cost Langfuse most.
   */
  static final long HOUR_EACH_MS = 5 * 60_000;

  /** The newest hour that is known whole. */
  static Window hour(long nowMs) {
    long end = nowMs - SETTLED_MS;
    return new Window(end - HOUR_MS, end);
  }

  String from() {
    return shown(fromMs);
  }

  String to() {
    return shown(toMs);
  }

  private static String shown(long ms) {
    return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
