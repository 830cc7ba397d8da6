package io.oriel.metrics.head;

import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.limit.Limit;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The side of the head: samples that came in behind newer ones of their series, or for a time that
 * blocks have already. They wait here, sorted, until a cut takes them into blocks that overlap
 * others. A series without any pays nothing for it.
 *
 * <p>What comes in belongs to the next cut, whose number it bears. A cut {@link #freeze freezes}
 * what bears the number so far; once its blocks are the store's, {@link #wasCut} says so; and once
 * no reader is left who came before, it is {@link #drop dropped}. Where a cut fails, the next one
 * takes its samples too.
 *
 * <p>Changes to a series are under its shard's lock; reading needs none.
 */
public final class OutOfOrder {
  private final Head head;
  private final long windowMs;
  private final LateHours hours = new LateHours();
  private final AtomicLong held = new AtomicLong(); // weight of all that is in memory
  private final AtomicLong waiting = new AtomicLong(); // of that, what is in no block yet
  private int number; // of the next cut; each shard has it once it is frozen
  private volatile int first; // what bears a lower number is in blocks
  private volatile long minMs = Long.MAX_VALUE; // of all that ever came in
  private volatile long maxMs = Long.MIN_VALUE;
  private volatile long sinceMs; // when the first of those that wait came in, or the last cut was

  OutOfOrder(Head head, long windowMs) {
    this.head = head;
    this.windowMs = windowMs;
  }

  /** Whether such samples are taken at all. */
  boolean isOn() {
    return windowMs > 0;
  }

  /**
   * Out-of-order samples before this time are refused now; the maximum where none is taken. The
   * window ends at the newest sample of the store, not at the clock: after a pause it is as long as
   * before.
   *
   * @param oldestKept what is older would be dropped right away
   */
  long oldestTaken(long oldestKept) {
    if (windowMs == 0) return Long.MAX_VALUE;
    long floorMs = head.floorMs();
    long newest = head.windows.maxMs();
    if (floorMs != Long.MIN_VALUE) newest = Math.max(newest, floorMs - 1);
    long edge = newest < Long.MIN_VALUE + windowMs ? Long.MIN_VALUE : newest - windowMs;
    return Math.max(edge, oldestKept);
  }

  /** Whether so much more may wait. */
  boolean hasRoomFor(long weight) {
    return held.get() + weight <= head.limits.of(Limit.OUT_OF_ORDER_SAMPLES);
  }

  /**
   * Takes samples in that the log has; under the lock of their shard.
   *
   * @param more with rising times, of which none is there
   * @param nowMs 0 where that is not known
   */
  void add(int id, SampleColumns more, long nowMs) {
    if (more.size == 0) return;
    HeadShard shard = head.shardOf(id);
    int slot = Head.slotOf(id);
    LateSamples before = late(id);
    boolean isNew = before == null || before.number != shard.lateNumber;
    hours.add(more, shard.lateNumber); // before anyone can read them
    shard.setLate(slot, LateSamples.with(before, shard.lateNumber, more));
    long weight = isNew ? LateSamples.SERIES_WEIGHT : 0;
    for (int i = 0; i < more.size; i++) weight += LateSamples.weight(more.histogram(i));
    held.addAndGet(weight);
    if (waiting.getAndAdd(weight) == 0) sinceMs = nowMs;
    saw(more.times[0], more.times[more.size - 1]);
  }

  private synchronized void saw(long fromMs, long toMs) { // rare enough
    if (fromMs < minMs) minMs = fromMs;
    if (toMs > maxMs) maxMs = toMs;
  }

  /** Takes samples of a log over; those whose times are there already were in the checkpoint. */
  void restore(int id, SampleColumns sorted) {
    LateSamples known = late(id);
    int kept = 0;
    for (int i = 0; i < sorted.size; i++) {
      long time = sorted.times[i];
      boolean isThere = known != null && known.holds(time, time, first);
      if (!isThere && (kept == 0 || sorted.times[kept - 1] < time)) sorted.move(i, kept++);
    }
    sorted.size = kept;
    add(id, sorted, 0);
  }

  /** What a series has that is in no block yet, at one time. */
  void find(int id, long timeMs, SampleColumns into) {
    LateSamples late = late(id);
    if (late != null) late.read(timeMs, timeMs, first, Integer.MAX_VALUE, into);
  }

  @Nullable LateSamples late(int id) {
    return head.shardOf(id).late(Head.slotOf(id));
  }

  /** Forgets what a series has that makes way. */
  void forget(int id) {
    LateSamples late = late(id);
    if (late == null) return;
    held.addAndGet(-late.weight(0, Integer.MAX_VALUE));
    waiting.addAndGet(-late.weight(first, Integer.MAX_VALUE));
    head.shardOf(id).setLate(Head.slotOf(id), null);
  }

  /** What is in no block yet: numbers from this one on. */
  public int first() {
    return first;
  }

  /** Whether all is in blocks. */
  public boolean isEmpty() {
    return waiting.get() == 0;
  }

  /** How many wait for a block, histograms by their size, and each series as some. */
  public long waiting() {
    return waiting.get();
  }

  /** None of those that wait came in before; 0 where that is not known. */
  public long sinceMs() {
    return sinceMs;
  }

  /** Whether more than half of what may be held waits. */
  public boolean isHalfFull() {
    return waiting.get() > head.limits.of(Limit.OUT_OF_ORDER_SAMPLES) / 2;
  }

  /** Bytes of memory, about. */
  long bytes() {
    return 16 * held.get();
  }

  /** Whether any series may have samples in that time. */
  public boolean mayHold(long fromMs, long toMs) {
    return fromMs <= maxMs && toMs >= minMs;
  }

  /**
   * Where in a time samples lie, of any series, of numbers from one on: whole hours, which may be a
   * few too many.
   */
  public List<TimeRange> times(TimeRange within, int from) {
    return hours.spans(within, from);
  }

  /** Whether a series has samples in that time, of numbers from one on. */
  public boolean holds(int id, long fromMs, long toMs, int from) {
    LateSamples late = late(id);
    return late != null && late.holds(fromMs, toMs, from);
  }

  /**
   * Adds a series' samples within the bounds to the columns, by rising time.
   *
   * @param from the first number
   * @param end behind the last number
   */
  public void read(int id, long fromMs, long toMs, int from, int end, SampleColumns into) {
    LateSamples late = late(id);
    if (late != null) late.read(fromMs, toMs, from, end, into);
  }

  /** Names the series that have samples of numbers from one on. */
  public void eachSeries(int from, IntConsumer hearer) {
    for (int shard = 0; shard < Head.SHARDS; shard++) {
      for (int slot : head.shards[shard].lateSlots()) {
        LateSamples late = head.shards[shard].late(slot);
        if (late != null && late.number >= from) hearer.accept(slot << Head.SHARD_BITS | shard);
      }
    }
  }

  /** The block ranges that samples of these numbers lie in. */
  public SortedSet<Long> windows(int from, int end) {
    var windows = new TreeSet<Long>();
    long[] last = {Long.MIN_VALUE};
    eachSeries(
        from,
        id -> {
          LateSamples late = late(id);
          if (late == null) return;
          late.eachTime(
              from,
              end,
              time -> {
                long window = Math.floorDiv(time, head.blockRangeMs);
                if (window != last[0]) windows.add(window);
                last[0] = window;
              });
        });
    return windows;
  }

  /**
   * What a cut takes.
   *
   * @param end numbers before this one
   */
  public record Frozen(int end, long weight) {}

  /**
   * Lets a cut have what is here before a time; what comes in from now on, and what is later, is
   * left to the next. To be called before the log is rolled: then all of it lies before.
   */
  public Frozen freeze(long beforeMs) {
    int next = ++number;
    long weight = 0;
    for (HeadShard shard : head.shards) {
      shard.lock.lock();
      try {
        weight += freeze(shard, beforeMs, next);
      } finally {
        shard.lock.unlock();
      }
    }
    hours.handOn(beforeMs, first, next); // now that nobody takes more in under the old number
    return new Frozen(next, weight);
  }

  private long freeze(HeadShard shard, long beforeMs, int next) {
    shard.lateNumber = next;
    long weight = 0;
    for (int slot : shard.lateSlots()) {
      LateSamples all = shard.late(slot);
      if (all == null || all.number < first) continue;
      LateSamples parted = all.split(beforeMs, next);
      long more = parted.weight(0, Integer.MAX_VALUE) - all.weight(0, Integer.MAX_VALUE);
      shard.setLate(slot, parted);
      held.addAndGet(more);
      waiting.addAndGet(more);
      weight += parted.weight(first, next);
    }
    return weight;
  }

  /** Says that what was frozen is in blocks now. */
  public void wasCut(Frozen frozen, long nowMs) {
    first = frozen.end;
    sinceMs = nowMs;
    waiting.addAndGet(-frozen.weight);
  }

  /** Drops what lower numbers bear; no reader may ask for it any more. */
  public void drop(int before) {
    for (HeadShard shard : head.shards) {
      shard.lock.lock();
      try {
        drop(shard, before);
      } finally {
        shard.lock.unlock();
      }
    }
    hours.drop(before);
  }

  private void drop(HeadShard shard, int before) {
    for (int slot : shard.lateSlots()) {
      LateSamples all = shard.late(slot);
      if (all == null) continue;
      held.addAndGet(-all.weight(0, before));
      shard.setLate(slot, all.from(before));
    }
  }
}
