package io.oriel.metrics;

import io.oriel.metrics.block.MetricBlock;
import io.oriel.metrics.head.Head;
import io.oriel.metrics.head.HeadCheckpoint;
import io.oriel.metrics.head.OutOfOrder;
import io.oriel.metrics.read.HeadView;
import io.oriel.metrics.read.KeptAnswers;
import io.oriel.model.Clock;
import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.block.BlockFolder;
import io.oriel.storage.block.Lease;
import io.oriel.storage.life.Compaction;
import io.oriel.storage.life.Retention;
import io.oriel.storage.life.StoreFiles;
import io.oriel.storage.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store does by itself, in a thread of its own: cuts blocks, writes checkpoints, drops
 * what is too old, looks at the free disk.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final long ROUND_MS = 5_000;
  private static final long QUIET_MS = 300_000; // nobody wrote to a range for so long: it is done
  private static final int MANY_RANGES = 4; // a history is being pushed: it must not pile up here,
  private static final long QUIET_OF_MANY_MS = 15_000; // so a range is done after less quiet
  private static final long CHECKPOINT_BYTES = 64 << 20; // of log: about what a start reads in 1 s
  private static final long CLOSING_BYTES = 1 << 20; // with less, the next start is quick anyway

  private final Clock clock;
  private final Head head;
  private final StoreFiles<MetricBlock> files;
  private final KeptAnswers kept;
  private final long blockRangeMs;
  private final Retention retention;
  private final Tombstones tombstones;
  private final BlockCompaction compaction;
  private final BlockAggregation aggregation;
  private final ReentrantLock work = new ReentrantLock();
  private final ArrayDeque<Step> pending = new ArrayDeque<>(); // under the lock, oldest first
  private final Steps steps;
  private final Thread thread;
  private final long openedMs;
  private volatile HeadView view;
  private volatile long checkpointMs;
  private volatile long walBytesBefore; // what the log had when the last checkpoint was begun
  private boolean aggregatesAreBehind; // under the lock: they are still to be made of old blocks
  private boolean closed; // under the lock

  /** Something to do once nobody holds a view any more that came before it. */
  private record Step(HeadView after, Runnable then) {}

  Housekeeping(
      MetricStoreConfig config,
      Clock clock,
      Head head,
      StoreFiles<MetricBlock> files,
      KeptAnswers kept) {
    this.retention =
        new Retention(config.retention(), config.aggregates().ages(), config.maxBytes(), 0);
    this.aggregation =
        new BlockAggregation(files, AggregateLevel.of(config.aggregates(), config.retention()));
    this.compaction =
        new BlockCompaction(files, Compaction.within(config.blockRange(), config.retention()));
    this.tombstones = Tombstones.open(files, head);
    this.steps = new Steps(clock);
    this.clock = clock;
    this.head = head;
    this.files = files;
    this.kept = kept;
    this.blockRangeMs = config.blockRange().toMillis();
    this.view = new HeadView(head.floorMs(), head.outOfOrder().first());
    this.openedMs = clock.millis();
    this.walBytesBefore = -files.replayed().bytes();
    this.thread = Thread.ofPlatform().name("metrics housekeeping").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** What the head answers for now. */
  HeadView view() {
    return view;
  }

  long checkpointMs() {
    return checkpointMs;
  }

  /** Bytes of the log that a start would have to read. */
  long walBytes() {
    return files.wal().stats().bytes() - walBytesBefore;
  }

  private void run() {
    try {
      while (true) {
        clock.sleepUntil(clock.millis() + ROUND_MS);
        work.lock();
        try {
          if (closed) return;
          round(); // never throws
        } finally {
          work.unlock();
        }
      }
    } catch (InterruptedException _) { // closed
    }
  }

  /**
   * Each step by itself: where one fails the others go on, so that a disk too full for a block is
   * still freed of what is too old. What fails is tried again in the next round.
   */
  private void round() {
    steps.attempt("let go of what was dropped", this::doPending);
    steps.attempt("cut a block", this::cutQuiet);
    steps.attempt("write a checkpoint", this::checkpointIfDue);
    steps.attempt("make aggregates", this::aggregate);
    steps.attempt("drop what is too old", this::retire);
    steps.attempt("merge blocks", compaction::mergeNext);
    steps.attempt("forget what is deleted", this::tidyTombstones);
    steps.attempt("check blocks", this::checkBlocks);
    steps.attempt("count the series of jobs", () -> head.jobs().tick(clock.millis()));
    steps.attempt("let go of series without samples", this::forgetEmpty);
    steps.attempt("let go of answers nobody asks for", kept::forgetUnused);
  }

  /** Makes all aggregates that are due and drops what is too old. */
  void tidy() throws IOException {
    work.lock();
    try {
      aggregateAll();
      retire();
    } finally {
      work.unlock();
    }
  }

  private void aggregateAll() throws IOException {
    do aggregate();
    while (aggregatesAreBehind);
  }

  /** A piece a round, so that the disk is not kept busy. */
  private void aggregate() throws IOException {
    aggregatesAreBehind = false; // what fails keeps nothing
    aggregatesAreBehind = aggregation.next(headFromMs(), clock.millis());
  }

  /** The first time of which samples are in no block. */
  private long headFromMs() {
    return Math.min(Math.max(view.fromMs(), head.windows().minMs()), clock.millis());
  }

  /** An older view of the head may still need what is forgotten. */
  private void tidyTombstones() throws IOException {
    if (pending.isEmpty()) tombstones.tidy();
  }

  /**
   * Deletes samples that are in the store now; durable when this returns. The list of what is
   * deleted knows blocks, and the head by its newest samples: out-of-order ones become blocks
   * first.
   */
  void delete(List<List<Matcher>> selections, TimeRange range) throws IOException {
    work.lock();
    try {
      if (!head.outOfOrder().isEmpty()) cutOutOfOrder();
      tombstones.delete(selections, range);
      log.info("deleted signal=metrics series={} range={}", selections, range);
    } finally {
      work.unlock();
    }
  }

  /** Writes the blocks anew that have deleted samples in them. */
  void cleanTombstones() throws IOException {
    work.lock();
    try {
      for (boolean merged = true; merged; ) merged = compaction.mergeNext();
      for (String name : tombstones.concerned()) compaction.rewrite(name);
      aggregateAll();
      tidyTombstones();
      tombstones.forgetClean();
    } finally {
      work.unlock();
    }
  }

  private void checkpointIfDue() throws IOException {
    if (walBytes() > CHECKPOINT_BYTES) writeCheckpoint();
  }

  private void cutQuiet() throws IOException {
    if (!pending.isEmpty()) return;
    long end = endOfQuietRange();
    if (end != Long.MIN_VALUE) cut(end, end);
    else if (isOutOfOrderDue()) cutOutOfOrder();
  }

  /**
   * Where the oldest range ends that nobody writes to any more; the minimum where there is none.
   */
  private long endOfQuietRange() {
    Map.@Nullable Entry<Long, Long> oldest = head.windows().oldest();
    if (oldest == null) return Long.MIN_VALUE;
    long end = (oldest.getKey() + 1) * blockRangeMs;
    long now = clock.millis();
    boolean isOver = Math.max(now, head.windows().maxMs()) >= end + blockRangeMs / 2;
    long quiet = head.windows().count() > MANY_RANGES ? QUIET_OF_MANY_MS : QUIET_MS;
    boolean isDue = isOver && now >= oldest.getValue() + quiet && end > view.fromMs();
    return isDue ? end : Long.MIN_VALUE;
  }

  /** They go with the next cut of the head, but where that is far or their room gets short. */
  private boolean isOutOfOrderDue() {
    OutOfOrder side = head.outOfOrder();
    if (side.isEmpty()) return false;
    long since = Math.max(side.sinceMs(), openedMs);
    return side.isHalfFull() || clock.millis() >= since + 2 * blockRangeMs;
  }

  void cutAll() throws IOException {
    work.lock();
    try {
      long newest = head.windows().maxMs();
      if (newest != Long.MIN_VALUE && newest >= view.fromMs()) cut(newest + 1, Long.MAX_VALUE);
      else if (!head.outOfOrder().isEmpty()) cutOutOfOrder();
    } finally {
      work.unlock();
    }
  }

  private void cutOutOfOrder() throws IOException {
    cut(view.fromMs(), Long.MAX_VALUE);
  }

  /**
   * Makes blocks of what is before a time, and a checkpoint of the rest, in one step.
   *
   * @param beforeMs of what came in order
   * @param lateBeforeMs of what came out of order
   */
  private void cut(long beforeMs, long lateBeforeMs) throws IOException {
    long start = clock.nanos();
    head.raiseFloor(beforeMs);
    OutOfOrder.Frozen late = head.outOfOrder().freeze(lateBeforeMs);
    long fromMs = Math.max(view.fromMs(), head.windows().minMs());
    long bytes = files.wal().stats().bytes();
    long segment = rollLog();
    try (var cut = blockCut(late.end())) {
      List<BlockFolder.Made> made = cut.build(fromMs, beforeMs);
      files.commit(
          made,
          List.of(),
          segment,
          beforeMs,
          out -> HeadCheckpoint.write(head, beforeMs, late.end(), out));
    }
    head.outOfOrder().wasCut(late, clock.millis());
    wroteCheckpoint(bytes);
    log.info("head cut signal=metrics took={}ms", (clock.nanos() - start) / 1_000_000);
    nextView(beforeMs, late.end(), () -> drop(beforeMs, late.end()));
    doPending();
  }

  private void nextView(long fromMs, int fromNumber, Runnable whenFree) {
    HeadView old = view;
    view = new HeadView(fromMs, fromNumber);
    old.release();
    pending.add(new Step(old, whenFree));
  }

  private void drop(long beforeMs, int beforeNumber) {
    head.outOfOrder().drop(beforeNumber); // first: who has such is not dropped
    Head.Dropped dropped = head.dropBefore(beforeMs);
    nextView(view.fromMs(), view.fromNumber(), () -> head.recycle(dropped));
  }

  /** Only while nothing else waits for readers: a cut comes first. */
  private void forgetEmpty() {
    if (!pending.isEmpty()) return;
    Head.@Nullable Dropped gone = head.takeEmpty();
    if (gone == null) return;
    nextView(view.fromMs(), view.fromNumber(), () -> head.recycle(gone));
    doPending();
  }

  private void doPending() {
    for (Step next; (next = pending.peek()) != null && next.after().isFree(); ) {
      pending.remove();
      next.then().run();
    }
  }

  /** Merges the next blocks that are due, now; false where nothing was merged. */
  boolean mergeBlocks() throws IOException {
    work.lock();
    try {
      return compaction.mergeNext();
    } finally {
      work.unlock();
    }
  }

  /** No cut comes in between: every sample is in the head or in a block of the list. */
  void snapshot(Path into, boolean skipHead) throws IOException {
    work.lock();
    try (var cut = blockCut(Integer.MAX_VALUE)) {
      long fromMs = Math.max(view.fromMs(), head.windows().minMs());
      long newest = head.windows().maxMs();
      boolean isPart = !skipHead && newest >= fromMs;
      long end = isPart ? Math.addExact(newest, 1) : view.fromMs();
      List<BlockFolder.Made> made = skipHead ? List.of() : cut.build(fromMs, end);
      files.snapshot(into, made, end, out -> HeadCheckpoint.writeMetadata(head, out));
    } finally {
      work.unlock();
    }
  }

  /** Makes blocks that did not come from the head part of the store. */
  void publish(List<BlockFolder.Made> made) throws IOException {
    work.lock();
    try {
      if (closed) throw new Refusal.Unavailable("the store is closed", "start Oriel again");
      long edition = files.manifest().edition();
      var named = new ArrayList<BlockFolder.Made>();
      for (BlockFolder.Made each : made) {
        long aggregated = BlockAggregation.aggregatedTo(files.manifest());
        named.add(each.named(BlockCut.nameOfNew(each.range().startMs(), edition, aggregated)));
      }
      files.blocks().replace(named, List.of(), UnaryOperator.identity());
    } finally {
      work.unlock();
    }
  }

  /**
   * @param end out-of-order samples of lower numbers are part of it
   */
  private BlockCut blockCut(int end) {
    Manifest manifest = files.manifest();
    return new BlockCut(
        head,
        files.blocks(),
        blockRangeMs,
        manifest.edition(),
        BlockAggregation.aggregatedTo(manifest),
        new BlockCut.Numbers(view.fromNumber(), end));
  }

  void checkpoint() throws IOException {
    work.lock();
    try {
      writeCheckpoint();
    } finally {
      work.unlock();
    }
  }

  private void writeCheckpoint() throws IOException {
    long bytes = files.wal().stats().bytes();
    long segment = rollLog();
    HeadView now = view; // not the head's floor: where a cut failed, that is higher than the blocks
    files.checkpoint(
        segment, out -> HeadCheckpoint.write(head, now.fromMs(), now.fromNumber(), out));
    wroteCheckpoint(bytes);
  }

  /** Begins a segment of the log; the head has all that lies in those before. */
  private long rollLog() {
    long segment = files.wal().roll();
    head.settle();
    return segment;
  }

  private void wroteCheckpoint(long walBytes) {
    walBytesBefore = walBytes;
    checkpointMs = clock.millis();
  }

  private void retire() throws IOException {
    Manifest manifest = files.manifest();
    long beside = retention.bytes() > 0 ? files.bytesBesideBlocks() : 0;
    List<String> due = retention.due(manifest.blocks(), clock.millis(), Long.MAX_VALUE, beside);
    if (aggregatesAreBehind && retention.bytes() == 0) { // what they are made of stays until then
      List<String> aggregates =
          manifest.blocks().stream()
              .filter(Manifest.Entry::isAggregate)
              .map(Manifest.Entry::name)
              .toList();
      due = due.stream().filter(aggregates::contains).toList();
    }
    if (!due.isEmpty()) files.blocks().retire(due);
  }

  /** Checks one index a round: after a start with many blocks, the disk is not kept busy. */
  private void checkBlocks() {
    boolean checked = false;
    for (Lease<MetricBlock> lease : files.blocks().borrow(TimeRange.ALWAYS)) {
      try (lease) {
        if (!checked) checked = lease.block().checkIndex();
      }
    }
  }

  /** Stops the thread between two rounds: an interrupt in mid-write would close a file. */
  @Override
  public void close() {
    work.lock();
    try {
      closed = true;
      thread.interrupt();
      if (walBytes() > CLOSING_BYTES) writeCheckpoint();
    } catch (IOException | Refusal e) {
      log.warn("no checkpoint written on closing, the next start takes longer: {}", e.toString());
    } finally {
      work.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
