package io.oriel.metrics;

import io.oriel.metrics.read.Resolution;
import io.oriel.storage.life.Compaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When aggregates of one resolution are made, of what, and how large their blocks are.
 *
 * @param sourceMs the resolution that they are made of; 0: samples
 * @param age how old all samples of a block are before it is made
 * @param span the time that one block has before blocks are joined; a multiple of an hour
 */
record AggregateLevel(
    long resolutionMs, long sourceMs, Duration age, Duration span, Compaction joining) {
  /** Made and joined long before what they are made of goes. */
  private static final int PARTS_OF_RETENTION = 4;

  private static final int[] SPAN_HOURS = {216, 72, 24, 8, 4, 2, 1};

  /** Those that are kept, the finest first. */
  static List<AggregateLevel> of(Aggregates kept, Duration retention) {
    var levels = new ArrayList<AggregateLevel>();
    long sourceMs = 0;
    Duration source = retention;
    for (Resolution each : Resolution.values()) {
      Duration its = kept.of(each);
      if (its.isZero()) continue;
      levels.add(level(each, sourceMs, source, its));
      sourceMs = each.ms();
      source = its;
    }
    return levels;
  }

  private static AggregateLevel level(
      Resolution resolution, long sourceMs, Duration source, Duration kept) {
    Duration most = source.dividedBy(PARTS_OF_RETENTION);
    Duration span = Duration.ofHours(1);
    for (int hours : SPAN_HOURS) {
      boolean isLonger = hours > longestHours(resolution);
      if (isLonger || Duration.ofHours(hours).compareTo(most) > 0) continue;
      span = Duration.ofHours(hours);
      break;
    }
    Duration usual = age(resolution);
    Duration age = usual.compareTo(most) < 0 ? usual : most;
    return new AggregateLevel(resolution.ms(), sourceMs, age, span, Compaction.within(span, kept));
  }

  private static int longestHours(Resolution resolution) {
    return switch (resolution) {
      case FIVE_MINUTES -> 24;
      case ONE_HOUR -> 216;
    };
  }

  private static Duration age(Resolution resolution) {
    return switch (resolution) {
      case FIVE_MINUTES -> Duration.ofDays(2);
      case ONE_HOUR -> Duration.ofDays(10);
    };
  }
}
