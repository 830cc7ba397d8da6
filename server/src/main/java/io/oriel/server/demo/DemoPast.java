package io.oriel.server.demo;

import io.oriel.collect.Collector;
import io.oriel.collect.Rounds;
import io.oriel.metrics.BlockImport;
import io.oriel.metrics.MetricStore;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.limit.Refusal;
import io.oriel.simulate.History;
import io.oriel.simulate.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a fleet's past into the store, beside what goes on: by two threads, the last day first, a
 * block at a time. What was written stays written when it is closed in the middle; the next start
 * goes on. Thread-safe.
 */
public final class DemoPast implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DemoPast.class);

  /** What it needs to know of the fleet's surroundings. */
  public record Setup(
      Path folder, String host, Labels labels, Duration interval, Duration retention) {}

  private final Simulation fleet;
  private final MetricStore store;
  private final Setup setup;
  private final Clock clock;
  private final PastLedger ledger;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong written = new AtomicLong(); // rounds
  private final AtomicLong samples = new AtomicLong();
  private final long startNanos;
  private long rounds;

  private DemoPast(
      Simulation fleet, MetricStore store, Setup setup, Clock clock, PastLedger ledger) {
    this.fleet = fleet;
    this.store = store;
    this.setup = setup;
    this.clock = clock;
    this.ledger = ledger;
    this.startNanos = clock.nanos();
  }

  /**
   * Begins to write what is missing.
   *
   * @throws IOException when it can't be known what is missing
   */
  public static DemoPast start(Simulation fleet, MetricStore store, Setup setup, Clock clock)
      throws IOException {
    var ledger = PastLedger.open(setup.folder(), fleet.bornMs());
    var past = new DemoPast(fleet, store, setup, clock, ledger);
    past.begin();
    return past;
  }

  private void begin() {
    if (ledger.isOfAnother()) {
      log.info("the data folder has the past of a fleet before this one: none is written");
      return;
    }
    long oldest = clock.millis() - setup.retention().toMillis() + Duration.ofHours(1).toMillis();
    List<History.Stretch> stretches = fleet.history().stretches();
    List<Piece> coarse = Piece.of(stretches.getFirst(), oldest);
    List<Piece> fine = Piece.of(stretches.getLast(), oldest);
    coarse.removeIf(this::isWritten);
    fine.removeIf(this::isWritten);
    if (rounds == written.get()) return;
    log.info(
        "writing the fleet's past from={} to={} pieces={}",
        Instant.ofEpochMilli((coarse.isEmpty() ? fine : coarse).getFirst().fromMs()),
        Instant.ofEpochMilli(fleet.bornMs()),
        coarse.size() + fine.size());
    int older = older(coarse, fine);
    start("newer", List.of(fine, coarse.subList(older, coarse.size())));
    start("older", List.of(coarse.subList(0, older)));
  }

  private boolean isWritten(Piece piece) {
    rounds += piece.rounds();
    if (!ledger.has(piece)) return false;
    written.addAndGet(piece.rounds());
    return true;
  }

  /** So many of the coarse pieces, the oldest, that both threads have as much to do. */
  private static int older(List<Piece> coarse, List<Piece> fine) {
    long all = 0;
    for (Piece each : coarse) all += each.rounds();
    for (Piece each : fine) all += each.rounds();
    long half = all / 2;
    int count = 0;
    long sum = 0;
    while (count < coarse.size() && sum + coarse.get(count).rounds() / 2 < half) {
      sum += coarse.get(count++).rounds();
    }
    return count;
  }

  private void start(String name, List<List<Piece>> legs) {
    threads.add(Thread.ofPlatform().daemon().name("demo-past-" + name).start(() -> write(legs)));
  }

  private void write(List<List<Piece>> legs) {
    try {
      fleet.scenario(); // the present first: who looks at the pages waits for it
      for (List<Piece> leg : legs) if (!leg.isEmpty()) walk(leg);
    } catch (InterruptedException _) {
      // closing: the next start goes on
    } catch (IOException | Refusal e) {
      log.warn("the fleet's past is left unfinished reason=\"{}\"", e.getMessage());
    } catch (RuntimeException | Error e) {
      log.error("the fleet's past is left unfinished; this is a defect of Oriel", e);
    }
  }

  /** Pieces by rising time, with one history: it can't go back. */
  private void walk(List<Piece> leg) throws IOException, InterruptedException {
    History history = fleet.history();
    var told = new PastSamples();
    var readers = new ArrayList<Rounds>();
    for (Collector each : PastReaders.of(fleet, history, setup.host(), setup.interval())) {
      readers.add(new Rounds(each, told, setup.labels()));
    }
    try {
      for (Piece piece : leg) {
        history.walk(piece.stretch(), ms -> round(ms, told, readers));
        publish(piece, told);
      }
    } finally {
      readers.forEach(Rounds::close);
    }
  }

  private void round(long timeMs, PastSamples told, List<Rounds> readers)
      throws InterruptedException {
    told.round(timeMs);
    for (Rounds each : readers) each.round(timeMs);
    written.incrementAndGet();
  }

  private void publish(Piece piece, PastSamples told) throws IOException {
    try (BlockImport in = store.importer()) {
      told.handOn(in);
      in.publish();
      samples.addAndGet(in.samples());
    }
    ledger.add(piece);
    log.info(
        "past written from={} to={} step={}s share={} samples={} took={}s",
        Instant.ofEpochMilli(piece.fromMs()),
        Instant.ofEpochMilli(piece.toMs()),
        piece.stepMs() / 1000,
        String.format(Locale.ROOT, "%.2f", share()),
        samples.get(),
        (clock.nanos() - startNanos) / 1_000_000_000);
  }

  /** How much of the past has been walked through: 0 to 1. */
  public double share() {
    return rounds == 0 ? 1 : (double) written.get() / rounds;
  }

  /** Waits until all is written, or nothing more will be. */
  void await() throws InterruptedException {
    for (Thread each : threads) each.join();
  }

  /** Stops writing; what is not written whole is written by the next start. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    for (Thread each : threads) {
      try {
        each.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
