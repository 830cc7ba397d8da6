package io.oriel.scrape.loop;

import io.oriel.model.Clock;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.backend.TargetStatus;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.scrape.config.HistogramSettings;
import io.oriel.scrape.config.SampleLimits;
import io.oriel.scrape.discover.Target;
import io.oriel.wire.exposition.ClassicAsCustom;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.exposition.SyntaxError;
import io.oriel.wire.fetch.FetchFailure;
import io.oriel.wire.fetch.PageBuffer;
import io.oriel.wire.fetch.PageClient;
import io.oriel.wire.fetch.PageRequest;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks one target, interval after interval, on a virtual thread of its own. A scrape that fails is
 * data ({@code up} 0) and no exception. Stopping is {@link #stop} and {@link #join}.
 */
final class ScrapeLoop {
  private final Target target;
  private final Clock clock;
  private final Limits limits;
  private final PageBuffers buffers;
  private final MetricWriter writer;
  private final PageReader page;
  private final ScrapeReport report;
  private final PageClient client;
  private final ScrapeLog log;
  private final Thread thread;
  private final ReentrantLock committing = new ReentrantLock(); // no interrupt reaches the store
  private volatile Outcome outcome = Outcome.NEVER;
  private volatile boolean endsSeries;

  ScrapeLoop(Target target, MetricSink sink, Clock clock, Limits limits, PageBuffers buffers) {
    this.target = target;
    this.clock = clock;
    this.limits = limits;
    this.buffers = buffers;
    this.writer = sink.writer();
    this.page = new PageReader(target, writer, limits);
    this.report = new ScrapeReport(target, writer);
    this.client = new PageClient(request(target, limits));
    this.log = new ScrapeLog(target, clock);
    this.thread = Thread.ofVirtual().name("scrape " + target).unstarted(this::run);
  }

  private static PageRequest request(Target target, Limits limits) {
    SampleLimits own = target.settings().limits();
    long general = limits.of(Limit.SCRAPE_BODY_BYTES);
    boolean ownCounts = own.bodyBytes() > 0 && own.bodyBytes() <= general;
    return new PageRequest(
        target.uri(),
        target.settings().http(),
        target.settings().accept(),
        target.timeoutMs(),
        ownCounts ? own.bodyBytes() : general,
        ownCounts ? "body_size_limit" : "limits." + Limit.SCRAPE_BODY_BYTES.key());
  }

  ScrapeLoop start() {
    thread.start();
    return this;
  }

  TargetStatus status() {
    return outcome.of(target);
  }

  /**
   * Ends the loop soon.
   *
   * @param endSeries whether its series end with it: not when another loop goes on with them, nor
   *     when all of Oriel stops and will be back
   */
  void stop(boolean endSeries) {
    endsSeries = endSeries;
    committing.lock();
    try {
      thread.interrupt();
    } finally {
      committing.unlock();
    }
  }

  void join() throws InterruptedException {
    thread.join();
  }

  private void run() {
    try (writer;
        client) {
      try {
        while (true) {
          long due =
              target.firstAfter(clock.millis()); // by the clock each time: it may be set back
          clock.sleepUntil(due);
          scrape(due);
        }
      } catch (InterruptedException e) {
        if (endsSeries) endSeries(clock.millis());
      }
    } catch (RuntimeException | Error e) {
      log.defect(e);
      outcome =
          outcome.failed(
              clock.millis(), 0, "the scrape loop ended by a defect of Oriel", "see the log");
    }
  }

  private void scrape(long due) throws InterruptedException {
    long timeMs = timeOf(due);
    long started = clock.nanos();
    page.begin(timeMs);
    PageBuffer buffer = buffers.take();
    Outcome result;
    try {
      String contentType = client.fetch(buffer);
      read(buffer, contentType);
      result = outcome.good(timeMs, clock.nanos() - started, page.scraped(), page.workers());
    } catch (FetchFailure e) {
      result = outcome.failed(timeMs, clock.nanos() - started, e.happened(), e.remedy());
    } finally {
      buffers.giveBack(buffer);
    }
    handOn(result);
  }

  /**
   * The moment that was planned, if it is not far off: regular times cost a store nothing. The
   * tolerance is Prometheus'.
   */
  private long timeOf(long due) {
    long now = clock.millis();
    long tolerance = Math.max(2, target.intervalMs() / 100);
    return Math.abs(now - due) <= tolerance ? due : now;
  }

  private void read(PageBuffer buffer, String contentType) throws FetchFailure {
    var choice = ExpositionFormat.choose(contentType, target.settings().fallback());
    ExpositionFormat format = choice.format();
    if (format == null) {
      throw new FetchFailure(
          choice.warning(),
          "check metrics_path, or set fallback_scrape_protocol where it is metrics all the same");
    }
    try {
      page.comes(format, buffer.bytes(), buffer.length());
      parse(format, buffer);
    } catch (SyntaxError e) {
      throw new FetchFailure(
          "the page can't be read: " + e.getMessage(), "tell those who make this exporter");
    } catch (PageRefused e) {
      throw new FetchFailure(String.valueOf(e.getMessage()), e.remedy());
    }
  }

  private void parse(ExpositionFormat format, PageBuffer buffer) throws SyntaxError {
    HistogramSettings histograms = target.settings().histograms();
    if (!histograms.classicAsCustom()) {
      format.parse(buffer.bytes(), buffer.length(), limits, page);
      return;
    }
    var converting = new ClassicAsCustom(page, histograms.classicToo());
    format.parse(buffer.bytes(), buffer.length(), limits, converting);
    converting.end();
  }

  private void handOn(Outcome result) throws InterruptedException {
    Loss loss;
    committing.lock();
    try {
      if (Thread.interrupted()) throw new InterruptedException();
      boolean up = result.health() == TargetStatus.Health.UP;
      if (up) page.handOn();
      else page.endAll(result.lastMs());
      report.write(result.lastMs(), up, result.tookNanos(), page);
      outcome = result;
      Receipt receipt = writer.commit();
      page.release();
      loss = Loss.of(receipt, page);
    } catch (Refusal e) {
      page.release();
      loss = Loss.of(e);
    } finally {
      committing.unlock();
    }
    outcome = result.withLoss(loss);
    log.scraped(result, loss, page.workers());
  }

  private void endSeries(long timeMs) {
    try {
      page.endAll(timeMs);
      report.end(timeMs);
      writer.commit();
    } catch (Refusal e) {
      log.notEnded(e);
    }
  }
}
