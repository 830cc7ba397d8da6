package io.oriel.metrics;

import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.head.Head;
import io.oriel.metrics.read.FoundHead;
import io.oriel.metrics.read.KeptAnswers;
import io.oriel.metrics.read.StoreSource;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.ExemplarSource;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.limit.Limit;
import io.oriel.storage.block.Lease;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.index.HeadIndex;
import io.oriel.storage.life.Compaction;
import io.oriel.storage.life.FreeDisk;
import io.oriel.storage.life.Recovery;
import io.oriel.storage.life.StoreFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The time-series store: samples go in by {@link #sink}, series are read by {@link #source}, and
 * all that was acknowledged is there again after a restart. Thread-safe; whoever opens it closes
 * it.
 */
public final class MetricStore implements AutoCloseable {
  private final MetricStoreConfig config;
  private final Head head;
  private final StoreFiles<MetricBlock> files;
  private final Clock clock;
  private final MetricSource source;
  private final FreeDisk freeDisk;
  private final Housekeeping housekeeping;

  private MetricStore(
      MetricStoreConfig config, Clock clock, Head head, StoreFiles<MetricBlock> files) {
    this.config = config;
    this.head = head;
    this.files = files;
    this.clock = clock;
    DataFolder folder = files.folder();
    this.freeDisk =
        new FreeDisk(folder.disk(), folder.root(), config.freeBytes(), clock, files.wal()::isThere);
    var kept = KeptAnswers.inThisHeap();
    this.housekeeping = new Housekeeping(config, clock, head, files, kept);
    this.source = new StoreSource(head, files.blocks(), housekeeping::view, config.limits(), kept);
  }

  /**
   * Opens the store, which takes over what the last run left.
   *
   * @throws io.oriel.model.limit.Refusal.CannotStart when the folder is in use, damaged, or can't
   *     be read or written
   */
  public static MetricStore open(MetricStoreConfig config, Clock clock) {
    return open(config, clock, Disk.real());
  }

  /** The same on another disk: tests hand in one that fails. */
  public static MetricStore open(MetricStoreConfig config, Clock clock, Disk disk) {
    var head =
        new Head(
            config.blockRange().toMillis(),
            config.retention().toMillis(),
            config.outOfOrderWindow().toMillis(),
            config.limits());
    StoreFiles<MetricBlock> files =
        Recovery.open(disk, config.folder(), "metrics", config.sync(), clock, new FoundHead(head));
    try {
      head.restored();
      var store = new MetricStore(config, clock, head, files);
      store.housekeeping.start();
      return store;
    } catch (RuntimeException | Error e) {
      files.close();
      throw e;
    }
  }

  /** Where samples go in. */
  public MetricSink sink() {
    return () -> head.writer(files.wal(), clock, freeDisk::check);
  }

  /**
   * Deletes samples that are in the store now; what comes in later is kept whatever its time. When
   * this returns it is durable, and no answer has them; the bytes go when blocks are merged, or by
   * {@link #cleanTombstones}. Waits for a merge of blocks that is on its way.
   *
   * @param selections of the series: those that match all of any
   * @param range of the samples
   */
  public void delete(List<List<Matcher>> selections, TimeRange range) throws IOException {
    housekeeping.delete(selections, range);
  }

  /** Writes the blocks anew that have deleted samples in them, now. */
  public void cleanTombstones() throws IOException {
    housekeeping.cleanTombstones();
  }

  /**
   * A door for a past that is known as a whole: samples of any time within the retention, beside
   * the head and its log. Whoever opens it closes it.
   */
  public BlockImport importer() {
    long now = clock.millis();
    long span = Compaction.within(config.blockRange(), config.retention()).span().toMillis();
    long ahead = 1000 * config.limits().of(Limit.SAMPLE_AHEAD_SECONDS);
    long oldest = Math.max(Long.MIN_VALUE / 2, now - config.retention().toMillis());
    Consumer<Labels> check =
        labels -> {
          freeDisk.check();
          head.checkLabels(labels);
        };
    var rules = new BlockImport.Rules(span, oldest, now + ahead, check);
    return new BlockImport(files.blocks(), rules, housekeeping::publish);
  }

  /**
   * Why the store's files are not where they were opened, in a sentence with a remedy; empty while
   * they are. Nothing is taken in meanwhile; what the head and open blocks hold is still answered.
   */
  public Optional<String> lost() {
    return freeDisk.lost();
  }

  /** Where series are read. */
  public MetricSource source() {
    return source;
  }

  /** Where exemplars are read: the newest, as many as the limit allows. */
  public ExemplarSource exemplars() {
    return head.exemplars();
  }

  /** What the store holds and has done. */
  public MetricStoreStats stats() {
    return new MetricStoreStats(
        head.seriesCount(),
        head.counters().samplesAppended(),
        head.counters().samplesRefused(),
        head.counters().seriesRefused(),
        head.chunks(),
        head.bytes(),
        headRange(),
        blocks(),
        housekeeping.walBytes(),
        housekeeping.checkpointMs(),
        new MetricStoreStats.OutOfOrder(
            head.counters().outOfOrderFloats(),
            head.counters().outOfOrderHistograms(),
            head.outOfOrder().waiting()));
  }

  /** Tells every label pair of the head's series, and how many series have it. */
  public void eachLabelPair(HeadIndex.PairVisitor visitor) {
    head.index().eachPair(visitor);
  }

  /** The jobs with most series in the head, the largest first. */
  public List<MetricStoreStats.Job> jobs(int most) {
    return head.jobs().largestFirst(most).stream().map(MetricStoreStats.Job::of).toList();
  }

  /** Series that came and went since about an hour. */
  public MetricStoreStats.Churn churn() {
    var churn = head.jobs().churn();
    return new MetricStoreStats.Churn(churn.createdSeries(), churn.removedSeries());
  }

  private @Nullable TimeRange headRange() {
    long from = Math.max(head.windows().minMs(), housekeeping.view().fromMs());
    long to = head.windows().maxMs();
    return from <= to ? new TimeRange(from, to) : null;
  }

  private List<MetricStoreStats.Block> blocks() {
    var all = new ArrayList<MetricStoreStats.Block>();
    for (Lease<MetricBlock> lease : files.blocks().borrow(TimeRange.ALWAYS)) {
      try (lease) {
        MetricBlock block = lease.block();
        all.add(
            new MetricStoreStats.Block(
                lease.name(),
                lease.range(),
                bytes(lease.name()),
                block.series(),
                block.samples(),
                lease.entry().resolutionMs(),
                block.damage()));
      }
    }
    return all;
  }

  private long bytes(String name) {
    return files.manifest().blocks().stream()
        .filter(block -> block.name().equals(name))
        .mapToLong(block -> block.bytes())
        .sum();
  }

  /**
   * Makes blocks of all that the head holds, now. Samples that come later and are not later than
   * every one that is there are out of order.
   */
  public void cutBlock() throws IOException {
    housekeeping.cutAll();
  }

  /** Makes few blocks of many, as it happens by itself in time; false where nothing was due. */
  boolean mergeBlocks() throws IOException {
    return housekeeping.mergeBlocks();
  }

  /**
   * Makes the aggregates that are due and drops what is too old, as it happens by itself in time.
   */
  public void tidy() throws IOException {
    housekeeping.tidy();
  }

  /** Writes the head down, so that the next start need not read the log. */
  public void checkpoint() throws IOException {
    housekeeping.checkpoint();
  }

  /**
   * Copies the store while it goes on: blocks are linked, and what the head holds is written as
   * blocks beside them.
   *
   * @param into a data folder on the same file system, without a store in it; opened as one, it has
   *     what was acknowledged before this call
   */
  public void snapshot(Path into) throws IOException {
    snapshot(into, false);
  }

  /**
   * The same.
   *
   * @param skipHead without what is in no block yet
   */
  public void snapshot(Path into, boolean skipHead) throws IOException {
    housekeeping.snapshot(into, skipHead);
  }

  /** Writes what is on its way and lets go of the folder. Writers and views are closed before. */
  @Override
  public void close() {
    housekeeping.close();
    files.close();
  }
}
