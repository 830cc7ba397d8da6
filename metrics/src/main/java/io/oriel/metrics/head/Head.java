package io.oriel.metrics.head;

import io.oriel.metrics.block.Runs;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.ExemplarSource;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt.Reason;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.index.HeadIndex;
import io.oriel.storage.wal.Wal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The last hours, writable. A series is a number; its fields lie in the arrays of a shard.
 *
 * <p>Any thread reads, by {@link #read} with a {@link SeriesReader} of its own. Writers append
 * under the locks of the shards they touch. Dropping, recycling and checkpoints are for one thread,
 * the store's housekeeping.
 */
public final class Head {
  static final int SHARD_BITS = 3;
  static final int SHARDS = 1 << SHARD_BITS;
  private static final long SPARE_IDS = 1 << 16;

  final HeadShard[] shards = new HeadShard[SHARDS];
  final HeadIndex index = new HeadIndex();
  final long blockRangeMs;
  private final long retentionMs;
  final Limits limits;
  final HeadCounters counters = new HeadCounters();
  final Windows windows;
  final ExemplarRing exemplars;
  final OutOfOrder outOfOrder;
  private final Jobs jobs;
  private final AtomicInteger seriesCount = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger(); // went empty; their slots are not free
  final SaidOfMetrics said;
  private volatile Map<Integer, List<HeadDeletion>> hidden = Map.of(); // replaced as a whole
  private volatile long floorMs = Long.MIN_VALUE; // changed under all shards' locks

  public Head(long blockRangeMs, Limits limits) {
    this(blockRangeMs, Long.MAX_VALUE, 0, limits);
  }

  /**
   * @param retentionMs samples that are older are refused: they would be dropped right away
   * @param outOfOrderMs how much older than the newest sample of all one may be that comes behind a
   *     newer one of its series; 0 = such are refused
   */
  public Head(long blockRangeMs, long retentionMs, long outOfOrderMs, Limits limits) {
    this.blockRangeMs = blockRangeMs;
    this.windows = new Windows(blockRangeMs);
    this.retentionMs = retentionMs;
    this.limits = limits;
    this.said = new SaidOfMetrics(limits);
    this.exemplars = new ExemplarRing(Math.toIntExact(limits.of(Limit.EXEMPLARS)));
    this.jobs = new Jobs(limits);
    this.outOfOrder = new OutOfOrder(this, outOfOrderMs);
    for (int i = 0; i < SHARDS; i++) shards[i] = new HeadShard(blockRangeMs);
  }

  /**
   * A writer whose batches go to that log.
   *
   * @param gate asked before each batch; throws where nothing is taken in now
   */
  public MetricWriter writer(Wal wal, Clock clock, Runnable gate) {
    return new HeadWriter(this, wal, clock, gate);
  }

  /** Which series there are; ids are those of {@link #read}. */
  public HeadIndex index() {
    return index;
  }

  public int seriesCount() {
    return seriesCount.get();
  }

  public HeadCounters counters() {
    return counters;
  }

  public Jobs jobs() {
    return jobs;
  }

  public Windows windows() {
    return windows;
  }

  /** Samples that came in behind newer ones: {@link #read} does not have them. */
  public OutOfOrder outOfOrder() {
    return outOfOrder;
  }

  /** Where exemplars are read. */
  public ExemplarSource exemplars() {
    return exemplars;
  }

  public Map<String, MetricMetadata> metadata() {
    return said.all();
  }

  /** Samples before this time are refused: a block has taken their place. */
  public long floorMs() {
    return floorMs;
  }

  /** Samples before this time would be dropped right away. */
  long oldestKept(long nowMs) {
    return nowMs < Long.MIN_VALUE + retentionMs ? Long.MIN_VALUE : nowMs - retentionMs;
  }

  HeadShard shardOf(int id) {
    return shards[id & (SHARDS - 1)];
  }

  static int slotOf(int id) {
    return id >>> SHARD_BITS;
  }

  private static int shardNumber(Labels labels) {
    return (labels.hashCode() * 0x9e3779b9) >>> (32 - SHARD_BITS);
  }

  /** Finds a series or makes it, and holds it. */
  int pin(Labels labels) {
    int number = shardNumber(labels);
    HeadShard shard = shards[number];
    shard.lock.lock();
    try {
      int id = index.find(labels);
      if (id < 0) {
        checkRoom(labels);
        id = shard.takeSlot() << SHARD_BITS | number;
        create(id, labels, true);
      }
      int slot = slotOf(id);
      shardOf(id).page(slot).pins[slot & SeriesPage.MASK]++;
      return id;
    } finally {
      shard.lock.unlock();
    }
  }

  /** Refuses labels that no series may have. */
  public void checkLabels(Labels labels) {
    LabelRules.check(labels, limits);
  }

  private void checkRoom(Labels labels) {
    try {
      LabelRules.check(labels, limits);
      long most = limits.of(Limit.SERIES);
      if (seriesCount.get() >= most || waiting.get() >= most + SPARE_IDS / 2) {
        throw full(Limit.SERIES, labels);
      }
      if (index.labelBytes() >= limits.of(Limit.SERIES_LABEL_BYTES)) {
        throw full(Limit.SERIES_LABEL_BYTES, labels);
      }
      jobs.check(labels);
    } catch (Refusal e) {
      counters.refusedSeries(e);
      throw e;
    }
  }

  private Refusal full(Limit limit, Labels labels) {
    return new Refusal.LimitReached(
        limit,
        limits.of(limit),
        "the new series " + LabelRules.shortened(labels.toString()),
        "let the sources tell fewer series (api/v1/status/tsdb shows which are many)");
  }

  private void create(int id, Labels labels, boolean isNew) {
    long fresh = index.add(id, labels);
    shardOf(id).create(slotOf(id));
    seriesCount.incrementAndGet();
    jobs.added(labels, fresh, isNew);
  }

  /** Names a series of a checkpoint, which has every id and every set of labels once. */
  void enter(int id, Labels labels) {
    jobs.added(labels, index.add(id, labels), false);
  }

  /** Lets go of a series; one that never got a sample goes with the last who held it. */
  void unpin(int id) {
    HeadShard shard = shardOf(id);
    int slot = slotOf(id);
    shard.lock.lock();
    try {
      if (--shard.page(slot).pins[slot & SeriesPage.MASK] > 0) return;
      if (hasSamples(id) || shard.isLogged(slot)) return;
      remove(id);
      shard.empty.add(id);
      waiting.incrementAndGet();
    } finally {
      shard.lock.unlock();
    }
  }

  /** Whether anything of a series was kept: a sample, an exemplar. */
  boolean isKept(int id) {
    HeadShard shard = shardOf(id);
    shard.lock.lock();
    try {
      return hasSamples(id) || shard.isLogged(slotOf(id));
    } finally {
      shard.lock.unlock();
    }
  }

  /** Whether a series ever got a sample; one that did stays until {@link #dropBefore}. */
  public boolean hasSamples(int id) {
    return newestMs(id) != Long.MIN_VALUE || outOfOrder.late(id) != null;
  }

  /**
   * The series that went since the last call without ever having had a sample; null where none did.
   * A reader who came before may have found them: {@link #recycle} when none of those is left.
   */
  public @Nullable Dropped takeEmpty() {
    if (waiting.get() == 0) return null;
    var gone = new RoaringBitmap();
    for (HeadShard shard : shards) {
      shard.lock.lock();
      try {
        gone.or(shard.empty);
        shard.empty.clear();
      } finally {
        shard.lock.unlock();
      }
    }
    return gone.isEmpty() ? null : new Dropped(gone.toArray(), new int[SHARDS][0], true);
  }

  /**
   * Adds a sample where the rules allow it. The caller holds the shard's lock.
   *
   * @return null when it was added or is there already
   */
  @Nullable Reason append(
      int id,
      long timeMs,
      long bits,
      @Nullable Histogram histogram,
      long startMs,
      long windowStart) {
    HeadShard shard = shardOf(id);
    int slot = slotOf(id);
    SeriesPage page = shard.page(slot);
    long last = page.lastTime[slot & SeriesPage.MASK];
    if (timeMs <= last) {
      if (timeMs < last) return Reason.OUT_OF_ORDER;
      return page.lastBits[slot & SeriesPage.MASK] == bits ? null : Reason.DUPLICATE;
    }
    if (timeMs < floorMs) return Reason.TOO_OLD;
    boolean isPlain = histogram == null && startMs == SampleColumns.NO_START;
    if (isPlain) shard.append(slot, timeMs, bits, windowStart);
    else shard.append(slot, timeMs, bits, histogram, startMs, windowStart);
    return null;
  }

  void remember(String metric, MetricMetadata words) {
    said.remember(metric, words);
  }

  /** The time of a series' newest sample that came in order, the minimum where it has none. */
  public long newestMs(int id) {
    int slot = slotOf(id);
    return shardOf(id).page(slot).lastTime[slot & SeriesPage.MASK];
  }

  /**
   * Adds a series' samples that came in order, within the bounds, to the columns, by time. The
   * caller asks for nothing that was dropped: the store's views see to that.
   */
  public void read(int id, long fromMs, long toMs, SampleColumns into, SeriesReader reader) {
    int start = into.size;
    reader.read(shardOf(id), slotOf(id), fromMs, toMs, into);
    List<HeadDeletion> out = hidden.get(id);
    if (out == null) return;
    for (HeadDeletion each : out) Runs.takeOut(into, start, each.startMs(), each.endMs());
  }

  /** Whether some of a series is deleted: then only reading tells what it has. */
  public boolean hidesSome(int id) {
    return hidden.containsKey(id);
  }

  /** Whether a sample of that time is deleted. */
  boolean hides(int id, long timeMs) {
    return hidden.getOrDefault(id, List.of()).stream().anyMatch(each -> each.holds(timeMs));
  }

  /** What a deletion means of the samples that are here now. */
  public List<HeadDeletion> toDelete(List<List<Matcher>> selections, TimeRange range) {
    var found = new RoaringBitmap();
    for (List<Matcher> matchers : selections) found.or(index.matching(matchers));
    limits.check(Limit.QUERY_SERIES, found.getCardinality(), "what is to be deleted");
    var deletions = new ArrayList<HeadDeletion>();
    for (int id : found.toArray()) {
      long end = Math.min(range.endMs(), newestMs(id));
      if (end < range.startMs() || newestMs(id) == Long.MIN_VALUE) continue;
      deletions.add(new HeadDeletion(index.labels(id), range.startMs(), end));
    }
    return deletions;
  }

  /** From now on what these say is left out; those that said so before count no more. */
  public void hide(List<HeadDeletion> deletions) {
    var byId = new HashMap<Integer, List<HeadDeletion>>();
    for (HeadDeletion each : deletions) {
      int id = index.find(each.labels());
      if (id >= 0) byId.computeIfAbsent(id, _ -> new ArrayList<>()).add(each);
    }
    hidden = byId;
  }

  /** Takes over a record of the log; one that a checkpoint holds already does no harm. */
  public void replay(ByteBuffer record) {
    Replay.take(record, this);
  }

  /** Makes a series under an id of an earlier run; an older owner of either makes way. */
  void restoreSeries(int id, Labels labels) {
    refuseForeign(id);
    int known = index.find(labels);
    if (known == id) return;
    if (known >= 0) remove(known);
    HeadShard shard = shardOf(id);
    if (shard.isInUse(slotOf(id))) remove(id);
    shard.claim(slotOf(id));
    create(id, labels, false);
    markLogged(id);
  }

  /** Makes a series of a checkpoint, which {@link #enter} gives its labels. */
  void restoreFresh(int id) {
    refuseForeign(id);
    HeadShard shard = shardOf(id);
    shard.claim(slotOf(id));
    shard.create(slotOf(id));
    seriesCount.incrementAndGet();
    markLogged(id);
  }

  /**
   * Room is made for all numbers up to the one that is named, so one that this store never gave out
   * is refused before. Numbers are used again, but later than their series go: hence the spare.
   */
  private void refuseForeign(int id) {
    long most = SPARE_IDS + 4 * limits.of(Limit.SERIES);
    if (id >= 0 && id < most) return;
    throw new IllegalStateException(
        "it names a series %d, beyond the %d that limits.%s = %d allows"
            .formatted(id, most, Limit.SERIES.key(), limits.of(Limit.SERIES)));
  }

  private void remove(int id) {
    jobs.removed(index.valueOf(id, Jobs.LABEL));
    index.remove(RoaringBitmap.bitmapOf(id));
    outOfOrder.forget(id);
    shardOf(id).remove(slotOf(id));
    seriesCount.decrementAndGet();
  }

  /** Called when the log or a checkpoint knows the series: no record need name it any more. */
  void markLogged(int id) {
    shardOf(id).page(slotOf(id)).flags[slotOf(id) & SeriesPage.MASK] |= SeriesPage.LOGGED;
  }

  /** Called once when all that an earlier run left is taken over. */
  public void restored() {
    for (HeadShard shard : shards) shard.findFreeSlots();
  }

  /**
   * Waits until every batch that the log has by now is in the head too. A checkpoint that takes the
   * place of a part of the log asks for it first.
   */
  public void settle() {
    // a batch holds its shards from before the log has it until it is here
    raiseFloor(floorMs);
  }

  /** From now on samples before this time are refused; those that are here can still be read. */
  public void raiseFloor(long ms) {
    for (HeadShard shard : shards) shard.lock.lock();
    try {
      acceptFrom(ms);
    } finally {
      for (HeadShard shard : shards) shard.lock.unlock();
    }
  }

  /** At start: up to where the head was cut into blocks. */
  public void acceptFrom(long ms) {
    floorMs = Math.max(floorMs, ms);
  }

  /** What was dropped and may still be looked at by somebody who came before. */
  public static final class Dropped {
    private final int[] series;
    private final int[][] pages; // by shard
    private final boolean empty; // counted as waiting

    private Dropped(int[] series, int[][] pages, boolean empty) {
      this.series = series;
      this.pages = pages;
      this.empty = empty;
    }
  }

  /**
   * Drops the samples before a time and the series that have none left and that nobody holds. No
   * reader may ask for what is before that time any more.
   */
  public Dropped dropBefore(long ms) {
    long window = Math.floorDiv(ms, blockRangeMs);
    var gone = new RoaringBitmap();
    int[][] pages = new int[SHARDS][];
    for (int number = 0; number < SHARDS; number++) {
      HeadShard shard = shards[number];
      for (int slot = 0; slot < shard.slots(); slot++) {
        if (shard.isInUse(slot)) dropBefore(shard, number, slot, ms, window, gone);
      }
      shard.lock.lock();
      try {
        pages[number] = shard.sealed.detach(window);
      } finally {
        shard.lock.unlock();
      }
    }
    windows.dropBefore(window);
    return new Dropped(gone.toArray(), pages, false);
  }

  private void dropBefore(
      HeadShard shard, int number, int slot, long ms, long window, RoaringBitmap gone) {
    shard.lock.lock(); // for one series at a time: appenders hardly notice
    try {
      shard.dropBefore(slot, ms, window);
      if (!shard.isIdle(slot, ms)) return;
      int id = slot << SHARD_BITS | number;
      remove(id);
      gone.add(id);
    } finally {
      shard.lock.unlock();
    }
  }

  /** Lets what was dropped be used again, once nobody who came before is left. */
  public void recycle(Dropped dropped) {
    for (int number = 0; number < SHARDS; number++) {
      HeadShard shard = shards[number];
      shard.lock.lock();
      try {
        shard.sealed.recycle(dropped.pages[number]);
        for (int id : dropped.series) {
          if ((id & (SHARDS - 1)) == number) shard.freeSlot(slotOf(id));
        }
      } finally {
        shard.lock.unlock();
      }
    }
    if (dropped.empty) waiting.addAndGet(-dropped.series.length);
  }

  public long chunks() {
    return Arrays.stream(shards).mapToLong(shard -> shard.sealed.chunks()).sum();
  }

  /** Bytes of memory for series and samples; labels and index come on top. */
  public long bytes() {
    return Arrays.stream(shards).mapToLong(HeadShard::bytes).sum() + outOfOrder.bytes();
  }
}
