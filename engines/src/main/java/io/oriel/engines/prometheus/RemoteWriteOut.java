package io.oriel.engines.prometheus;

import io.oriel.model.Clock;
import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.limit.Limits;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.queue.DurableQueue;
import io.oriel.storage.queue.QueueBounds;
import io.oriel.storage.wal.SyncPolicy;
import io.oriel.wire.http.ShownUrl;
import io.oriel.wire.remotewrite.WriteEncoder;
import io.oriel.wire.remotewrite.WriteVersion;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends samples to one destination by remote write. What {@link #sink} has accepted is on disk, and
 * goes out at least once, in order for each series, also after a crash. Whoever starts it closes
 * it.
 */
public final class RemoteWriteOut implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RemoteWriteOut.class);

  /**
   * What it stands on, the same for each destination.
   *
   * @param folder that holds the queues, a folder each
   * @param random for the jitter of pauses
   * @param agent what {@code User-Agent} says
   */
  public record Ground(
      Disk disk,
      Path folder,
      QueueBounds bounds,
      SyncPolicy sync,
      Limits limits,
      Clock clock,
      RandomGenerator random,
      String agent) {}

  private final Destination to;
  private final Clock clock;
  private final OutCounters counters = new OutCounters();
  private final DurableQueue queue;
  private final Outgoing outgoing;
  private final Receiver receiver;
  private final Peer peer;
  private final Post post;
  private final Dispatch dispatch;
  private final Thread metadata;

  private RemoteWriteOut(Destination to, Ground ground) {
    this.to = to;
    this.clock = ground.clock();
    this.queue =
        DurableQueue.open(
            ground.disk(),
            ground.folder().resolve(to.name()),
            ground.bounds(),
            ground.sync(),
            clock,
            (record, why) -> counters.dropped(why.label(), QueueRecord.samples(record)));
    this.outgoing = new Outgoing(to, queue, ground.limits(), clock, counters);
    this.receiver = new Receiver(to, clock);
    this.peer = new Peer(to.http(), to.headers());
    this.post = new Post(to, peer, clock, ground.agent());
    this.dispatch =
        new Dispatch(
            queue,
            to.queue(),
            clock,
            new ShardCount(to.queue(), clock, counters),
            counters,
            done ->
                new Deliverer(
                    to,
                    post,
                    clock,
                    ground.random(),
                    receiver,
                    counters,
                    outgoing.metadata(),
                    done));
    this.metadata = Thread.ofVirtual().name("remote write metadata").unstarted(this::tellMetadata);
  }

  /**
   * Opens the queue and begins to send what is in it.
   *
   * @throws io.oriel.model.limit.Refusal.CannotStart when the queue's folder can't be used
   */
  public static RemoteWriteOut start(Destination to, Ground ground) {
    var started = new RemoteWriteOut(to, ground);
    started.dispatch.start();
    if (!to.metadataInterval().isZero()) started.metadata.start();
    log.info(
        "remote write begins name={} url={} waiting_bytes={}",
        to.name(),
        ShownUrl.of(to.url()),
        started.queue.stats().bytes());
    return started;
  }

  /** Where samples go in. */
  public MetricSink sink() {
    return outgoing;
  }

  Outgoing outgoing() {
    return outgoing;
  }

  /** What sources said of metrics that went in, by name. */
  Map<String, MetricMetadata> metadata() {
    return Map.copyOf(outgoing.metadata());
  }

  /**
   * Why the queue's folder can't be found, in a sentence with a remedy; empty while it is there.
   */
  public Optional<String> lost() {
    return queue.lost();
  }

  public OutStats stats() {
    DurableQueue.Stats waiting = queue.stats();
    long newestMs = counters.newestMs();
    boolean nothingWaits = waiting.records() == 0 || newestMs == 0;
    return new OutStats(
        to.name(),
        ShownUrl.of(to.url()),
        counters.queued(),
        counters.sent(),
        counters.exemplars(),
        counters.metadata(),
        counters.failed(),
        counters.dropped(),
        counters.requests(),
        counters.retries(),
        counters.bytes(),
        waiting.records(),
        waiting.bytes(),
        waiting.mostBytes(),
        newestMs,
        nothingWaits ? 0 : Math.max(0, clock.millis() - newestMs),
        dispatch.shards(),
        outgoing.series.size(),
        receiver.downSinceMs(),
        waiting.fullSinceMs(),
        receiver.why(),
        receiver.version() == WriteVersion.V2 ? "2.0" : "1.0");
  }

  /** 2.0 has metadata in each series; beside 1.0 they go now and then, in requests of their own. */
  private void tellMetadata() {
    try {
      while (true) {
        clock.sleepUntil(clock.millis() + to.metadataInterval().toMillis());
        if (receiver.version() == WriteVersion.V1 && receiver.downSinceMs() == 0) tellAll();
      }
    } catch (InterruptedException _) { // closed
    }
  }

  private void tellAll() throws InterruptedException {
    var encoder = new WriteEncoder();
    int metrics = 0;
    for (Map.Entry<String, MetricMetadata> each : outgoing.metadata().entrySet()) {
      encoder.metadata(each.getKey(), each.getValue());
      if (++metrics < to.metadataPerRequest()) continue;
      tell(encoder, metrics);
      encoder = new WriteEncoder();
      metrics = 0;
    }
    if (metrics > 0) tell(encoder, metrics);
  }

  private void tell(WriteEncoder encoder, int metrics) throws InterruptedException {
    if (post.send(encoder.body(), WriteVersion.V1, 0) instanceof Outcome.Taken) {
      counters.metadata(metrics);
    }
  }

  /** Gives up what is on its way, which is sent again after the next start, and lets go. */
  @Override
  public void close() {
    metadata.interrupt();
    dispatch.stop();
    try {
      if (metadata.isAlive()) metadata.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    peer.close();
    queue.close();
  }
}
