package io.oriel.scrape.loop;

import io.oriel.model.Labels;
import io.oriel.model.Stale;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.limit.Refusal;
import io.oriel.scrape.config.ScrapeSettings;
import io.oriel.scrape.discover.Target;
import io.oriel.wire.exposition.MetadataText;
import io.oriel.wire.exposition.SampleVisitor;
import io.oriel.wire.exposition.SeriesText;
import io.oriel.wire.exposition.SyntaxError;
import java.util.Arrays;
import java.util.Optional;

/**
 * Hears the lines of one target's page after the other, and hands the page on as a batch once it
 * was good to the end. Known series cost a look into a table; new ones are read, relabelled and
 * named to the store.
 */
final class PageReader implements SampleVisitor {
  private final ScrapeSettings settings;
  private final SampleLabels labels;
  private final MetricWriter writer;
  private final KnownSeries known = new KnownSeries();
  private final Rows rows = new Rows();
  private final PageMetadata metadata;

  private long dueMs;
  private int firstNew; // entries from here on have no sample in the store yet
  private int scraped;
  private int added;
  private int refused;
  private String refusedBecause = "";
  private long[] released = new long[16]; // handles of ended series
  private int releasable;

  PageReader(Target target, MetricWriter writer) {
    this.settings = target.settings();
    this.labels = new SampleLabels(target);
    this.writer = writer;
    this.metadata = new PageMetadata(writer);
  }

  /** Begins a page; samples without a time get this one. */
  void begin(long timeMs) {
    dueMs = timeMs;
    scraped = 0;
    added = 0;
    refused = 0;
    rows.clear();
    known.beginRound();
    firstNew = known.size();
    metadata.begin();
  }

  @Override
  public void sample(SeriesText series, double value, long timestampMs) throws SyntaxError {
    scraped++;
    int entry = known.find(series);
    if (entry < 0) entry = known.add(series, handle(series));
    if (known.handle(entry) == KnownSeries.DROPPED) return;
    long limit = settings.limits().samples();
    if (limit > 0 && rows.size() >= limit) {
      throw new PageRefused(
          "the page has more samples than sample_limit (%d)".formatted(limit),
          "raise sample_limit, or drop series in metric_relabel_configs");
    }
    boolean ownTime = timestampMs != NO_TIMESTAMP && settings.honorTimestamps();
    known.setTimed(entry, ownTime);
    rows.add(entry, ownTime ? timestampMs : dueMs, value);
  }

  /** Reads a series that is new, and asks the store for its handle. */
  private long handle(SeriesText series) throws SyntaxError {
    Optional<Labels> kept = labels.of(series.labels());
    if (kept.isEmpty()) return KnownSeries.DROPPED;
    try {
      long handle = writer.series(kept.get());
      added++;
      return handle;
    } catch (Refusal e) {
      refused++; // one bad series does not cost the others
      refusedBecause = String.valueOf(e.getMessage());
      return KnownSeries.DROPPED;
    }
  }

  @Override
  public void metadata(MetadataText said) throws SyntaxError {
    metadata.hear(said);
  }

  /** Hands the page's samples on, and marks what is not on it any more as ended. */
  void handOn() {
    metadata.end();
    for (int row = 0; row < rows.size(); row++) {
      writer.sample(known.handle(rows.entry(row)), rows.time(row), rows.value(row));
    }
    firstNew = Integer.MAX_VALUE;
    known.endRound(this::end);
  }

  /** The scrape failed, or the target is gone: all that it told until now has ended. */
  void endAll(long timeMs) {
    dueMs = timeMs;
    known.beginRound();
    known.endRound(this::end);
  }

  private void end(int entry) {
    long handle = known.handle(entry);
    boolean ours = !known.isTimed(entry) || settings.trackTimestampsStaleness();
    if (ours && entry < firstNew) writer.sample(handle, dueMs, Stale.MARKER);
    ended(handle);
  }

  /** The store may forget it once the marker is in the batch. */
  private void ended(long handle) {
    if (releasable == released.length) {
      released = Arrays.copyOf(released, 2 * releasable);
    }
    released[releasable++] = handle;
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

  /** New series that the store did not take. */
  int refused() {
    return refused;
  }

  String refusedBecause() {
    return refusedBecause;
  }

  int knownSeries() {
    return known.size();
  }
}
