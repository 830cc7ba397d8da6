package io.oriel.scrape;

import io.oriel.model.Clock;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.TargetStatus;
import io.oriel.model.limit.Limits;
import io.oriel.scrape.config.ScrapeConfig;
import io.oriel.scrape.config.ScrapeSetup;
import io.oriel.scrape.discover.Discovery;
import io.oriel.scrape.discover.DroppedTarget;
import io.oriel.scrape.loop.ScrapePool;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scraping as a whole: finds the targets of a setup, keeps asking them, and follows changes of the
 * setup and of files of targets. Thread-safe.
 */
public final class Scraping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Scraping.class);
  private static final long LOOK_MS = 5_000; // how soon a changed file of targets is seen

  private final Clock clock;
  private final ScrapePool pool;
  private final Discovery discovery;
  private final Thread watcher;
  private final ReentrantLock changing = new ReentrantLock();
  private ScrapeSetup setup = ScrapeSetup.EMPTY;
  private volatile List<DroppedTarget> dropped = List.of();
  private boolean closed;

  private Scraping(MetricSink sink, Clock clock, Limits limits) {
    this.clock = clock;
    this.pool = new ScrapePool(sink, clock, limits);
    this.discovery = new Discovery(limits);
    this.watcher = Thread.ofVirtual().name("scrape watcher").unstarted(this::watch);
  }

  /** Begins to scrape; each target is asked first at its own moment within its interval. */
  public static Scraping start(ScrapeSetup setup, MetricSink sink, Clock clock, Limits limits)
      throws InterruptedException {
    var scraping = new Scraping(sink, clock, limits);
    scraping.apply(setup);
    scraping.watcher.start();
    return scraping;
  }

  /** Goes over to another setup: targets that did not change go on undisturbed. */
  public void apply(ScrapeSetup changed) throws InterruptedException {
    changing.lockInterruptibly();
    try {
      setup = changed;
      find();
    } finally {
      changing.unlock();
    }
  }

  private void find() throws InterruptedException {
    if (closed) return;
    var found = discovery.find(setup);
    dropped = found.dropped();
    pool.sync(found.targets());
  }

  private void watch() {
    try {
      while (true) {
        clock.sleepUntil(clock.millis() + LOOK_MS);
        changing.lockInterruptibly();
        try {
          if (readsFiles(setup)) find();
        } catch (RuntimeException | Error e) { // the next look is tried
          log.error("targets not found; this is a defect of Oriel", e);
        } finally {
          changing.unlock();
        }
      }
    } catch (InterruptedException e) {
      // closing
    }
  }

  private static boolean readsFiles(ScrapeSetup setup) {
    return setup.jobs().stream().map(ScrapeConfig::files).anyMatch(files -> !files.isEmpty());
  }

  /** How it stands with each target that is asked, by job and name. */
  public List<TargetStatus> targets() {
    return pool.statuses().stream()
        .sorted(Comparator.comparing(TargetStatus::pool).thenComparing(TargetStatus::name))
        .toList();
  }

  /** Targets that are not asked, and why. */
  public List<DroppedTarget> dropped() {
    return dropped;
  }

  /** Stops asking, and waits until the last scrape is handed on or broken off. */
  @Override
  public void close() {
    watcher.interrupt();
    changing.lock();
    try {
      closed = true;
      pool.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the caller wants to be gone; the loops were told
    } finally {
      changing.unlock();
    }
  }
}
