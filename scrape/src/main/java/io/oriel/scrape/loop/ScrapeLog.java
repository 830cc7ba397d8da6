package io.oriel.scrape.loop;

import io.oriel.model.Clock;
import io.oriel.model.backend.TargetStatus.Health;
import io.oriel.model.limit.Refusal;
import io.oriel.scrape.discover.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said of a target in the log: when it begins to fail, when it is well again, and in
 * between once in ten minutes. Owned by the target's loop.
 */
final class ScrapeLog {
  private static final long QUIET_MS = Duration.ofMinutes(10).toMillis();

  private final Logger log;
  private final Target target;
  private final Clock clock;
  private boolean failing;
  private boolean toldOfWorkers;
  private long quietUntil = Long.MIN_VALUE;
  private Set<String> lost = Set.of(); // the reasons that were said last
  private long lossQuietUntil = Long.MIN_VALUE;

  ScrapeLog(Target target, Clock clock) {
    this(target, clock, LoggerFactory.getLogger(ScrapeLog.class));
  }

  ScrapeLog(Target target, Clock clock, Logger log) {
    this.log = log;
    this.target = target;
    this.clock = clock;
  }

  void scraped(Outcome outcome, Loss loss, int workers) {
    if (outcome.health() == Health.UP) good();
    else bad(outcome);
    if (workers > 0 && outcome.health() == Health.UP) ofWorkers(outcome);
    if (loss.isNone()) wellStored();
    else if (!loss.reasons().equals(lost)) notStored(loss);
  }

  private void ofWorkers(Outcome outcome) {
    if (toldOfWorkers) return;
    toldOfWorkers = true;
    log.warn("target is not one process target={} reason=\"{}\"", target, outcome.remedy());
  }

  /** Once a change; what comes and goes is not said each time. */
  private void notStored(Loss loss) {
    lost = loss.reasons();
    lossQuietUntil = clock.millis() + QUIET_MS;
    log.warn(
        "scrape not stored whole target={} reason=\"{}\" remedy=\"{}\"; next warning when that changes",
        target,
        loss.happened(),
        loss.remedy());
  }

  private void wellStored() {
    if (lost.isEmpty() || clock.millis() < lossQuietUntil) return;
    lost = Set.of();
    log.info("scrape stored whole again target={}", target);
  }

  private void good() {
    if (!failing) return;
    failing = false;
    quietUntil = Long.MIN_VALUE;
    log.info("scrape well again target={}", target);
  }

  private void bad(Outcome outcome) {
    failing = true;
    if (clock.millis() < quietUntil) return;
    quietUntil = clock.millis() + QUIET_MS;
    String since =
        outcome.lastGoodMs() == 0 ? "start" : Instant.ofEpochMilli(outcome.lastGoodMs()).toString();
    log.warn(
        "scrape failed target={} reason={} remedy={} lastGood={}; next warning in 10m",
        target,
        outcome.error(),
        outcome.remedy(),
        since);
  }

  /** The last batch of a loop that ends. */
  void notEnded(Refusal reason) {
    log.warn("series not ended target={} reason={}", target, reason.getMessage());
  }

  void defect(Throwable cause) {
    log.error("scrape loop ended target={}; this is a defect of Oriel", target, cause);
  }
}
