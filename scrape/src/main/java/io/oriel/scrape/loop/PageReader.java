package io.oriel.scrape.loop;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.scrape.config.HistogramSettings;
import io.oriel.scrape.config.ScrapeSettings;
import io.oriel.scrape.discover.Target;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.exposition.MetadataText;
import io.oriel.wire.exposition.SampleVisitor;
import io.oriel.wire.exposition.SeriesText;
import io.oriel.wire.exposition.SyntaxError;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hears the lines of one target's page after the other, and hands the page on as a batch once it
 * was good to the end. Known series cost a look into a table; new ones are read, relabelled and
 * named to the store.
 */
final class PageReader implements SampleVisitor {
  /** The label that keeps the series of processes apart that answer in turn. */
  static final String WORKER = "oriel_worker";

  private static final int PAGES_UNTIL_ASKED_AGAIN = 20; // five minutes at 15 s

  private final ScrapeSettings settings;
  private final long mostSamples;
  private final SampleLabels labels;
  private final MetricWriter writer;
  private final Workers workers = new Workers();
  private final Map<Integer, KnownSeries> byWorker = new HashMap<>(); // 0: the one that answers
  private KnownSeries known = new KnownSeries(); // of the page's worker
  private int worker; // the page's, 0 as long as one process answers
  private final Rows rows = new Rows();
  private final PageExemplars exemplars = new PageExemplars();
  private boolean isLastKept; // the sample that was heard last
  private final PageMetadata metadata;
  private long startHandle = KnownSeries.DROPPED; // of the series that names the process' start
  private long dueMs;
  private int firstNew; // entries from here on have no sample in the store yet
  private int scraped;
  private int added;
  private int refused;
  private int pages;
  private String refusedBecause = "";
  private long[] released = new long[16]; // handles of ended series
  private int releasable;

  PageReader(Target target, MetricWriter writer, Limits limits) {
    this.settings = target.settings();
    this.mostSamples = limits.of(Limit.SCRAPE_SAMPLES);
    this.labels = new SampleLabels(target);
    this.writer = writer;
    this.metadata = new PageMetadata(writer);
    byWorker.put(0, known);
  }

  /** Begins a page; samples without a time get this one. */
  void begin(long timeMs) {
    dueMs = timeMs;
    scraped = 0;
    added = 0;
    refused = 0;
    pages++;
    rows.clear();
    exemplars.clear();
    isLastKept = false;
    metadata.begin();
    beginRound();
  }

  private void beginRound() {
    known.beginRound();
    firstNew = known.size();
  }

  /**
   * Says what page is to be read now. Where several processes answer in turn, its lines are the
   * series of the one that made it.
   */
  void comes(ExpositionFormat format, byte[] bytes, int length) {
    if (!workers.several()) return;
    Workers.Worker from = workers.of(StartOfProcess.in(format, bytes, length));
    if (from == null) {
      throw new PageRefused(
          "over %d processes answer in turn behind this address".formatted(Workers.MOST),
          "let them share their metrics (PROMETHEUS_MULTIPROC_DIR), or scrape each by itself");
    }
    worker = from.number();
    known = byWorker.computeIfAbsent(worker, _ -> new KnownSeries());
    beginRound();
  }

  @Override
  public void sample(SeriesText series, double value, long timestampMs) throws SyntaxError {
    int entry = entry(series);
    if (entry < 0) return;
    if (known.handle(entry) == startHandle) workers.saw(value);
    rows.add(entry, time(entry, timestampMs), value);
  }

  @Override
  public boolean wantsHistograms() {
    return settings.histograms().asNative();
  }

  @Override
  public boolean wantsClassicHistograms() {
    return settings.histograms().classicToo();
  }

  @Override
  public void histogram(SeriesText series, Histogram histogram, long timestampMs)
      throws SyntaxError {
    int entry = entry(series);
    if (entry >= 0) rows.add(entry, time(entry, timestampMs), fitting(histogram));
  }

  /** No finer than is wanted, and with no more buckets; as Prometheus has it. */
  private Histogram fitting(Histogram histogram) {
    HistogramSettings wanted = settings.histograms();
    Histogram fitting = histogram;
    if (!histogram.custom() && histogram.schema() > wanted.finestSchema()) {
      fitting = fitting.reducedTo(wanted.finestSchema());
    }
    while (wanted.mostBuckets() > 0 && buckets(fitting) > wanted.mostBuckets()) {
      if (fitting.custom() || fitting.schema() == Histogram.COARSEST) {
        throw new PageRefused(
            "a histogram has %d buckets, more than native_histogram_bucket_limit (%d)"
                .formatted(buckets(fitting), wanted.mostBuckets()),
            "raise native_histogram_bucket_limit, or let the exporter tell fewer buckets");
      }
      fitting = fitting.reducedTo(fitting.schema() - 1);
    }
    return fitting;
  }

  private static int buckets(Histogram histogram) {
    return histogram.positive().size() + histogram.negative().size();
  }

  @Override
  public void invalid(SeriesText series, String why) {
    scraped++;
    isLastKept = false;
    refused++; // one bad series does not cost the others
    refusedBecause = series + ": " + why;
  }

  @Override
  public void startOfLast(long startMs) {
    if (isLastKept) rows.startOfLast(startMs);
  }

  @Override
  public boolean wantsExemplars() {
    return true;
  }

  @Override
  public void exemplar(SeriesText labels, double value, long timestampMs) throws SyntaxError {
    if (!isLastKept) return;
    exemplars.add(rows.size() - 1, labels.labels(), value, timestampMs);
    checkSize();
  }

  /** The entry of the series of a sample that is kept, below 0 where it is not. */
  private int entry(SeriesText series) throws SyntaxError {
    scraped++;
    checkSize();
    int entry = known.find(series);
    boolean isNew = entry < 0;
    if (isNew) entry = known.add(series, handle(series));
    long handle = known.handle(entry);
    if (handle == KnownSeries.REFUSED) handle = askAgain(entry, series, isNew);
    isLastKept = handle >= 0;
    if (!isLastKept) return -1;
    long limit = settings.limits().samples();
    if (limit > 0 && rows.size() >= limit) {
      throw new PageRefused(
          "the page has more samples than sample_limit (%d)".formatted(limit),
          "raise sample_limit, or drop series in metric_relabel_configs");
    }
    return entry;
  }

  /** What is held back of a page is bounded: lines may be as short as four bytes. */
  private void checkSize() {
    if (scraped + exemplars.size() <= mostSamples) return;
    throw new PageRefused(
        "the page has more samples and exemplars than limits.%s (%d)"
            .formatted(Limit.SCRAPE_SAMPLES.key(), mostSamples),
        "raise it, or let the exporter tell less");
  }

  private long time(int entry, long timestampMs) {
    boolean ownTime = timestampMs != NO_TIMESTAMP && settings.honorTimestamps();
    known.setTimed(entry, ownTime);
    return ownTime ? timestampMs : dueMs;
  }

  /**
   * What was refused is counted on each page, and asked again with one page of many: there may be
   * room by now, and reading its labels each time would cost as much as all the rest.
   */
  private long askAgain(int entry, SeriesText series, boolean isNew) throws SyntaxError {
    if (!isNew && pages % PAGES_UNTIL_ASKED_AGAIN == 0) known.setHandle(entry, handle(series));
    long handle = known.handle(entry);
    if (handle == KnownSeries.REFUSED) refused++;
    return handle;
  }

  /** Reads a series that is new, and asks the store for its handle. */
  private long handle(SeriesText series) throws SyntaxError {
    Optional<Labels> kept = labels.of(series.labels());
    if (kept.isEmpty()) return KnownSeries.DROPPED;
    try {
      long handle = writer.series(ofWorker(kept.get()));
      added++;
      boolean start = worker == 0 && kept.get().metricName().equals(Workers.START);
      if (start) startHandle = handle;
      return handle;
    } catch (Refusal e) {
      refusedBecause = String.valueOf(e.getMessage()); // one bad series does not cost the others
      return KnownSeries.REFUSED;
    }
  }

  private Labels ofWorker(Labels labels) {
    return worker == 0 ? labels : labels.with(WORKER, String.valueOf(worker));
  }

  @Override
  public void metadata(MetadataText said) throws SyntaxError {
    metadata.hear(said);
  }

  /** Hands the page's samples on, and marks what is not on it any more as ended. */
  void handOn() {
    metadata.end();
    for (int row = 0; row < rows.size(); row++) {
      long handle = known.handle(rows.entry(row));
      Histogram histogram = rows.histogram(row);
      if (histogram == null) writer.sample(handle, rows.time(row), rows.value(row));
      else writer.histogram(handle, rows.time(row), histogram);
      long start = rows.start(row);
      if (start != SampleColumns.NO_START) writer.startOfLast(start);
    }
    exemplars.handOn(writer, row -> known.handle(rows.entry(row)), dueMs);
    firstNew = Integer.MAX_VALUE;
    known.endRound(this::end);
    if (worker == 0) return;
    KnownSeries unsplit = byWorker.remove(0);
    if (unsplit != null) endAll(unsplit);
    for (Workers.Worker gone : workers.gone()) {
      KnownSeries its = byWorker.remove(gone.number());
      if (its != null) endAll(its);
    }
  }

  private void endAll(KnownSeries of) {
    KnownSeries current = known;
    known = of;
    of.beginRound();
    of.endRound(this::end);
    known = current;
  }

  /**
   * The scrape failed, or the target is gone: all that it told until now has ended. What only the
   * failed page told is given back at once, before anything else asks for room in the store.
   */
  void endAll(long timeMs) {
    dueMs = timeMs;
    known.forgetFrom(firstNew, this::giveBack);
    List.copyOf(byWorker.values()).forEach(this::endAll);
  }

  private void end(int entry) {
    long handle = known.handle(entry);
    boolean ours = !known.isTimed(entry) || settings.trackTimestampsStaleness();
    if (ours) writer.sample(handle, dueMs, Stale.MARKER);
    ended(handle);
  }

  private void giveBack(long handle) {
    writer.release(handle);
    exemplars.forget(handle);
  }

  /** The store may forget it once the marker is in the batch. */
  private void ended(long handle) {
    if (releasable == released.length) {
      released = Arrays.copyOf(released, 2 * releasable);
    }
    released[releasable++] = handle;
    exemplars.forget(handle);
  }

  /** Call after the batch was committed. */
  void release() {
    for (int i = 0; i < releasable; i++) writer.release(released[i]);
    releasable = 0;
  }

  int scraped() {
    return scraped;
  }

  /** After relabelling. */
  int kept() {
    return rows.size();
  }

  int added() {
    return added;
  }

  /** Samples of the page whose series the store does not take. */
  int refused() {
    return refused;
  }

  String refusedBecause() {
    return refusedBecause;
  }

  int knownSeries() {
    return byWorker.values().stream().mapToInt(KnownSeries::size).sum();
  }

  /** How many processes answer in turn; 0 where it is one, as it should be. */
  int workers() {
    return workers.several() ? workers.count() : 0;
  }
}
