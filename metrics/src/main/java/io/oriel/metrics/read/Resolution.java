package io.oriel.metrics.read;

import java.time.Duration;

/** The stretches of time that aggregates stand for: what an answer says of them. */
public enum Resolution {
  FIVE_MINUTES("five-minute", Duration.ofMinutes(5)),
  ONE_HOUR("one-hour", Duration.ofHours(1));

  private final String words;
  private final long ms;

  Resolution(String words, Duration length) {
    this.words = words;
    this.ms = length.toMillis();
  }

  public long ms() {
    return ms;
  }

  /** A resolution in words, whatever wrote it. */
  static String words(long ms) {
    for (Resolution each : values()) if (each.ms == ms) return each.words;
    return "%d-second".formatted(ms / 1000);
  }

  /**
   * What is said of an answer.
   *
   * @param ofLasts whether only samples would have done, and they are gone
   */
  static String info(long ms, boolean ofLasts) {
    return ofLasts
        ? "PromQL info: samples of some of that time are gone; parts of this answer come from the last sample of each %s aggregate"
            .formatted(words(ms))
        : "PromQL info: parts of this answer come from %s aggregates".formatted(words(ms));
  }
}
