package io.oriel.scrape.loop;

import io.oriel.model.backend.TargetStatus;
import io.oriel.model.backend.TargetStatus.Health;
import io.oriel.scrape.discover.Target;

/** How the last scrape of a target went; replaced whole after each. */
record Outcome(
    Health health,
    String error,
    String remedy,
    long lastMs,
    long lastGoodMs,
    long tookNanos,
    long samples,
    int failuresInARow) {
  static final Outcome NEVER = new Outcome(Health.UNKNOWN, "", "", 0, 0, 0, 0, 0);

  /**
   * @param workers how many processes answer in turn, 0 where it is one
   */
  Outcome good(long timeMs, long tookNanos, long samples, int workers) {
    String remedy = workers == 0 ? "" : several(workers);
    return new Outcome(Health.UP, "", remedy, timeMs, timeMs, tookNanos, samples, 0);
  }

  private static String several(int workers) {
    return "%d processes answer in turn, each with counters of its own; their series are kept apart by the label %s; let them share their metrics (PROMETHEUS_MULTIPROC_DIR), or scrape each by itself"
        .formatted(workers, PageReader.WORKER);
  }

  Outcome failed(long timeMs, long tookNanos, String happened, String remedy) {
    return new Outcome(
        Health.DOWN, happened, remedy, timeMs, lastGoodMs, tookNanos, 0, failuresInARow + 1);
  }

  /** The same, where the target did well and not all that it said is stored. */
  Outcome withLoss(Loss loss) {
    if (health != Health.UP || loss.isNone()) return this;
    return new Outcome(
        health,
        loss.happened(),
        loss.remedy(),
        lastMs,
        lastGoodMs,
        tookNanos,
        samples,
        failuresInARow);
  }

  TargetStatus of(Target target) {
    return new TargetStatus(
        target.id(),
        TargetStatus.Kind.SCRAPE,
        target.job(),
        target.name(),
        target.uri().toString(),
        target.labels(),
        target.discovered(),
        target.foundBy(),
        health,
        error,
        remedy,
        lastMs,
        lastGoodMs,
        tookNanos,
        samples,
        target.intervalMs(),
        target.timeoutMs(),
        failuresInARow);
  }
}
