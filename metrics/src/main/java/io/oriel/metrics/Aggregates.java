package io.oriel.metrics;

import io.oriel.metrics.read.Resolution;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long aggregates of old samples are kept: for each stretch of time how many samples there
 * were, their sum, the smallest, largest, first and last, and what a counter lost. With zero none
 * are made, and those that are there go.
 *
 * @param fiveMinutes of stretches of five minutes; made of samples that are two days old
 * @param oneHour of stretches of an hour; made of those of five minutes when they are ten days old
 */
public record Aggregates(Duration fiveMinutes, Duration oneHour) {
  public static final Aggregates NONE = new Aggregates(Duration.ZERO, Duration.ZERO);

  public Aggregates {
    if (fiveMinutes.isNegative() || oneHour.isNegative()) {
      throw new IllegalArgumentException("aggregates are kept for less than no time");
    }
  }

  Duration of(Resolution resolution) {
    return switch (resolution) {
      case FIVE_MINUTES -> fiveMinutes;
      case ONE_HOUR -> oneHour;
    };
  }

  /** How long those of each length are kept, where they are. */
  Map<Long, Duration> ages() {
    var ages = new HashMap<Long, Duration>();
    for (Resolution each : Resolution.values()) {
      if (of(each).isPositive()) ages.put(each.ms(), of(each));
    }
    return ages;
  }
}
