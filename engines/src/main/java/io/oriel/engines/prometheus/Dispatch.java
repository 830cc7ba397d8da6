package io.oriel.engines.prometheus;

import io.oriel.engines.prometheus.Parcel.Ticket;
import io.oriel.model.Clock;
import io.oriel.storage.queue.DurableQueue;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records out of the queue, parts their series among the shards, and tells the queue what is
 * done, in order. When their number changes, all that is on the way arrives first.
 */
final class Dispatch {
  private static final Logger log = LoggerFactory.getLogger(Dispatch.class);
  private static final int SERIES = Fields.tag(1, Fields.BYTES);
  private static final int LABEL = Fields.tag(1, Fields.BYTES);
  private static final long RETRY_MS = 1000;

  private final DurableQueue queue;
  private final QueueConfig config;
  private final Clock clock;
  private final ShardCount wanted;
  private final OutCounters counters;
  private final Function<Consumer<Parcel>, Shard.Delivery> deliveries;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Ticket> onTheWay = new ArrayDeque<>(); // guarded by the lock
  private volatile List<Shard> shards = List.of(); // the reader's own to change
  private final Fields fields = new Fields("a queued record");
  private final Fields inner = new Fields("a queued record");
  private final CRC32C crc = new CRC32C();
  private final long startedMs;
  private final Thread reader;

  Dispatch(
      DurableQueue queue,
      QueueConfig config,
      Clock clock,
      ShardCount wanted,
      OutCounters counters,
      Function<Consumer<Parcel>, Shard.Delivery> deliveries) {
    this.queue = queue;
    this.config = config;
    this.clock = clock;
    this.wanted = wanted;
    this.counters = counters;
    this.deliveries = deliveries;
    this.startedMs = clock.millis() - 1;
    this.reader = Thread.ofVirtual().name("remote write " + queue.name()).unstarted(this::read);
  }

  void start() {
    reader.start();
  }

  int shards() {
    return shards.size();
  }

  private void read() {
    try {
      while (!Thread.currentThread().isInterrupted()) readOne();
    } catch (InterruptedException _) { // closed
    }
  }

  private void readOne() throws InterruptedException {
    try {
      DurableQueue.Taken taken = queue.next();
      if (taken == null) queue.awaitMore();
      else part(taken);
    } catch (IOException e) {
      if (Thread.interrupted()) throw new InterruptedException();
      log.error(
          "the queue can't be read, nothing is sent queue={} reason=\"{}\"",
          queue.name(),
          e.getMessage());
      clock.sleepUntil(clock.millis() + RETRY_MS);
    }
  }

  private void part(DurableQueue.Taken taken) throws InterruptedException {
    resize();
    var ticket = new Ticket(taken, taken.cameMs() <= startedMs);
    @Nullable Parcel[] open = new @Nullable Parcel[shards.size()];
    lock.lock();
    try {
      onTheWay.add(ticket);
    } finally {
      lock.unlock();
    }
    ticket.open.set(1); // the reader's own share
    try {
      byte[] message = QueueRecord.message(taken.content());
      fields.over(message, 0, message.length);
      for (int tag; (tag = fields.tag()) != 0; ) {
        int end = fields.lengthOf();
        if (tag == SERIES) put(message, fields.at, end, ticket, open);
        fields.at = end;
      }
      for (int i = 0; i < open.length; i++) {
        Parcel rest = open[i];
        if (rest != null) offer(i, rest);
      }
    } catch (Malformed e) {
      log.error("a queued record makes no sense and is left out reason=\"{}\"", e.getMessage());
      counters.dropped("damaged", 1);
    }
    close(ticket);
  }

  private void put(byte[] message, int from, int to, Ticket ticket, @Nullable Parcel[] open)
      throws Malformed, InterruptedException {
    int shard = open.length == 1 ? 0 : Math.floorMod(hash(message, from, to), open.length);
    Parcel parcel = open[shard];
    if (parcel == null) open[shard] = parcel = new Parcel(ticket, message);
    parcel.add(from, to);
    if (parcel.count < config.maxSamples()) return;
    open[shard] = null;
    offer(shard, parcel);
  }

  /** Of the labels alone: what a series is. */
  private int hash(byte[] message, int from, int to) throws Malformed {
    crc.reset();
    inner.over(message, from, to);
    for (int tag; (tag = inner.tag()) != 0; ) {
      int end = inner.lengthOf();
      if (tag == LABEL) crc.update(message, inner.at, end - inner.at);
      inner.at = end;
    }
    return (int) crc.getValue();
  }

  private void offer(int shard, Parcel parcel) throws InterruptedException {
    parcel.ticket.open.incrementAndGet();
    shards.get(shard).offer(parcel);
  }

  /** One share of a record has arrived; the record is done when all have, and those before it. */
  private void close(Ticket ticket) {
    if (ticket.open.decrementAndGet() > 0) return;
    lock.lock();
    try {
      while (!onTheWay.isEmpty() && onTheWay.peek().open.get() == 0) {
        queue.done(onTheWay.remove().taken);
      }
      arrived.signalAll();
    } catch (IOException | io.oriel.model.limit.Refusal e) {
      log.warn(
          "the place in the queue was not written down, so some may be sent again queue={} reason=\"{}\"",
          queue.name(),
          e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private void resize() throws InterruptedException {
    int now = shards.size();
    int then = wanted.of(now);
    if (then == now) return;
    lock.lockInterruptibly();
    try {
      while (!onTheWay.isEmpty()) arrived.await();
    } finally {
      lock.unlock();
    }
    stopShards();
    var fresh = new ArrayList<Shard>();
    for (int i = 0; i < then; i++) {
      fresh.add(new Shard(i, config, clock, deliveries.apply(parcel -> close(parcel.ticket))));
    }
    shards = List.copyOf(fresh);
    if (now > 0) log.info("shards changed queue={} from={} to={}", queue.name(), now, then);
  }

  private void stopShards() throws InterruptedException {
    for (Shard shard : shards) shard.stop();
    shards = List.of();
  }

  /** Ends all threads; what has not arrived stays in the queue. */
  void stop() {
    reader.interrupt();
    try {
      reader.join();
      stopShards();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
