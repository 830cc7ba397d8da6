package io.oriel.scrape.loop;

import io.oriel.model.Clock;
import io.oriel.model.backend.Receipt;
import io.oriel.model.backend.TargetStatus.Health;
import io.oriel.model.limit.Refusal;
import io.oriel.scrape.discover.Target;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said of a target in the log: when it begins to fail, when it is well again, and in
 * between once in ten minutes. Owned by the target's loop.
 */
final class ScrapeLog {
  private static final Logger log = LoggerFactory.getLogger(ScrapeLog.class);
  private static final long QUIET_MS = Duration.ofMinutes(10).toMillis();

  private final Target target;
  private final Clock clock;
  private boolean failing;
  private boolean toldOfWorkers;
  private long quietUntil = Long.MIN_VALUE;
  private long refusalsQuietUntil = Long.MIN_VALUE;

  ScrapeLog(Target target, Clock clock) {
    this.target = target;
    this.clock = clock;
  }

  void scraped(Outcome outcome, Receipt receipt, PageReader page) {
    if (outcome.health() == Health.UP) good();
    else bad(outcome);
    if (page.workers() > 0) ofWorkers(outcome);
    boolean refused = page.refused() > 0 || !receipt.refused().isEmpty();
    if (!refused || clock.millis() < refusalsQuietUntil) return;
    refusalsQuietUntil = clock.millis() + QUIET_MS;
    log.warn(
        "samples refused target={} reasons={} series={} {}; next warning in 10m",
        target,
        receipt.refused(),
        page.refused(),
        page.refusedBecause());
  }

  private void ofWorkers(Outcome outcome) {
    if (toldOfWorkers) return;
    toldOfWorkers = true;
    log.warn("target={} is not one process: {}", target, outcome.remedy());
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

  void notStored(Refusal reason) {
    if (clock.millis() < refusalsQuietUntil) return;
    refusalsQuietUntil = clock.millis() + QUIET_MS;
    log.warn(
        "scrape not stored target={} reason={}; next warning in 10m", target, reason.getMessage());
  }

  void defect(Throwable cause) {
    log.error("scrape loop ended target={}; this is a defect of Oriel", target, cause);
  }
}
