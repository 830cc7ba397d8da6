package io.oriel.receive.remotewrite;

import io.oriel.model.Clock;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.receive.Turns;
import io.oriel.wire.protobuf.Malformed;
import io.oriel.wire.protobuf.SnappyBlock;
import io.oriel.wire.remotewrite.WriteVersion;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Takes in what is pushed by remote write, version 1 and 2. Thread-safe; whoever starts it closes
 * it.
 */
public final class RemoteWrite implements AutoCloseable {
  private static final int AT_ONCE = 16; // more requests wait: that slows their senders
  private static final long ROUND_MS = Duration.ofMinutes(5).toMillis();
  private static final int ROUNDS_KEPT =
      3; // a series is forgotten 10 to 15 min after its last sample

  private final MetricSink sink;
  private final Limits limits;
  private final Clock clock;
  private final KnownSeries known;
  private final NewsOfMetrics news = new NewsOfMetrics();
  private final Turns turns;
  private final ConcurrentLinkedDeque<WriteBatch> free = new ConcurrentLinkedDeque<>();
  private final ReentrantReadWriteLock handles = new ReentrantReadWriteLock(); // write: forget
  private final LongAdder kept = new LongAdder();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final Thread forgetting;

  private RemoteWrite(MetricSink sink, Limits limits, Clock clock, Turns turns) {
    this.turns = turns;
    this.sink = sink;
    this.limits = limits;
    this.clock = clock;
    this.known = new KnownSeries(sink);
    this.forgetting =
        Thread.ofVirtual().name("remote write forgets").unstarted(this::forgetNowAndThen);
  }

  /** Ready to take requests. */
  public static RemoteWrite start(MetricSink sink, Limits limits, Clock clock) {
    return start(sink, limits, clock, Turns.of(AT_ONCE, limits));
  }

  /**
   * Ready to take requests.
   *
   * @param turns bound what is unpacked at once
   */
  public static RemoteWrite start(MetricSink sink, Limits limits, Clock clock, Turns turns) {
    var started = new RemoteWrite(sink, limits, clock, turns);
    started.forgetting.start();
    return started;
  }

  /**
   * Takes in one request: when it returns, what was kept survives the death of this process.
   *
   * @param body as it came: a snappy block
   * @param version which message is in it
   * @throws Refusal.BadRequest when the body can't be read; nothing of it was kept
   * @throws Refusal.LimitReached when it is too large, or, by {@code request_bodies_bytes}, when
   *     others hold too much now; the sender tries again then
   * @throws Refusal.Unavailable when nothing can be taken in now; the sender tries again
   */
  public Taken take(byte[] body, WriteVersion version) {
    try (Turns.Turn _ = turns.take(unpackedBytes(body))) {
      handles.readLock().lock();
      try {
        Taken taken = takeInTurn(body, version);
        count(taken);
        return taken;
      } finally {
        handles.readLock().unlock();
      }
    } finally {
      if (known.hasTooManyOnTrial()) forget();
    }
  }

  /** What a request has when it is unpacked; what is over the limit is not unpacked at all. */
  private long unpackedBytes(byte[] body) {
    long claimed = SnappyBlock.claimedLength(body);
    boolean isTaken = claimed >= 0 && claimed <= limits.of(Limit.WRITE_BODY_BYTES);
    return isTaken ? claimed : 0;
  }

  private Taken takeInTurn(byte[] body, WriteVersion version) {
    WriteBatch batch = free.pollFirst(); // the one used last: its room is warm
    if (batch == null) batch = new WriteBatch(known, news, limits, sink.writer());
    boolean isWhole = false;
    try {
      Taken taken = batch.take(body, version, round());
      isWhole = true;
      batch.unsaid().forEach(this::countRefused);
      return taken;
    } catch (Malformed e) {
      throw new Refusal.BadRequest(
          String.valueOf(e.getMessage()), "send %s in a snappy block".formatted(version.message()));
    } finally {
      if (isWhole && batch.isSmall()) free.addFirst(batch);
      else batch.close();
    }
  }

  private int round() {
    return (int) (clock.millis() / ROUND_MS);
  }

  private void count(Taken taken) {
    kept.add(taken.kept());
    for (Taken.Loss loss : taken.losses()) {
      countRefused(loss.reason(), loss.all());
    }
  }

  private void countRefused(String reason, long number) {
    refused.computeIfAbsent(reason, _ -> new LongAdder()).add(number);
  }

  /** Samples that were kept since the start, native histograms among them. */
  public long kept() {
    return kept.sum();
  }

  /** Samples and exemplars that were refused since the start, by reason. */
  public Map<String, Long> refused() {
    var all = new TreeMap<String, Long>();
    refused.forEach((reason, count) -> all.put(reason, count.sum()));
    return all;
  }

  /** Series whose labels need not be read when they come again. */
  public int knownSeries() {
    return known.size();
  }

  private void forgetNowAndThen() {
    try {
      while (true) {
        clock.sleepUntil(clock.millis() + ROUND_MS);
        forget();
      }
    } catch (InterruptedException _) { // closed
    }
  }

  /** Waits for the requests under way: they use handles. */
  private void forget() {
    handles.writeLock().lock();
    try {
      known.forget(round() - ROUNDS_KEPT + 1);
    } finally {
      handles.writeLock().unlock();
    }
  }

  /** Call when no request is under way. */
  @Override
  public void close() {
    forgetting.interrupt();
    handles.writeLock().lock();
    try {
      free.forEach(WriteBatch::close);
      known.close();
    } finally {
      handles.writeLock().unlock();
    }
  }
}
