package io.oriel.server;

import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import io.oriel.server.config.OrielConfig;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the configuration again, all or nothing: a wrong one leaves the old one in force. */
final class Reloading {
  private static final Logger log = LoggerFactory.getLogger(Reloading.class);

  private final Supplier<OrielConfig> read;
  private final Clock clock;
  private OrielConfig current;
  private Consumer<OrielConfig> apply = _ -> {};
  private boolean worked = true;
  private long lastMs;

  Reloading(OrielConfig first, Supplier<OrielConfig> read, Clock clock) {
    this.current = first;
    this.read = read;
    this.clock = clock;
    this.lastMs = clock.millis();
  }

  /** What takes over a new configuration; set once the parts run. */
  synchronized void applyBy(Consumer<OrielConfig> apply) {
    this.apply = apply;
  }

  /**
   * @throws Refusal.CannotStart with all that is wrong
   */
  synchronized void reload() {
    OrielConfig next;
    try {
      next = read.get();
    } catch (Refusal.CannotStart wrong) {
      worked = false;
      log.warn("configuration refused, the old one stays in force problems={}", wrong.getMessage());
      throw wrong;
    }
    apply.accept(next);
    if (current.needsRestartFor(next)) {
      log.warn(
          "configuration changed in sections that are read at the start alone; restart Oriel to use"
              + " them");
    }
    current = next;
    worked = true;
    lastMs = clock.millis();
    next.warnings().forEach(warning -> log.warn("configuration {}", warning));
    log.info("configuration read again");
  }

  synchronized OrielConfig current() {
    return current;
  }

  synchronized boolean worked() {
    return worked;
  }

  synchronized long lastMs() {
    return lastMs;
  }

  /** The jobs in force, in prometheus.yml's words. */
  String scrapeYaml() {
    return ScrapeYaml.of(current().scrape());
  }
}
