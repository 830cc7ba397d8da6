package io.oriel.engines.prometheus;

import io.oriel.model.backend.ExemplarSource;
import io.oriel.model.backend.MetricQueries;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricSource;
import io.oriel.wire.http.ShownUrl;
import io.oriel.wire.remotewrite.RequestBuilder;
import java.time.Duration;
import java.util.Optional;

/**
 * The other engine: samples go to it by remote write through a queue on disk, queries are asked
 * there. While it is down, samples wait; when the queue is full, intake is refused by name. Whoever
 * starts it closes it.
 */
public final class PrometheusEngine implements AutoCloseable {
  private static final String NAME = "engine";
  private static final int ROOMY = 16; // full until such a part of the queue is free again

  private final RemoteWriteOut out;
  private final Peer peer;
  private final EngineQueries queries;
  private final EngineSource source;
  private final EngineClient client;
  private final String url;
  private long fullSinceMs; // guarded by this

  private PrometheusEngine(EngineConfig config, RemoteWriteOut.Ground ground) {
    this.url = ShownUrl.of(config.queries());
    this.peer = new Peer(config.http(), config.headers());
    this.out = RemoteWriteOut.start(destination(config), ground);
    this.client = new EngineClient(config.queries(), peer, ground.clock(), out::stats);
    this.queries = new EngineQueries(client, ground.limits());
    this.source = new EngineSource(client, ground.limits(), ground.clock());
  }

  private static Destination destination(EngineConfig config) {
    QueueConfig normal = QueueConfig.NORMAL;
    var queue =
        new QueueConfig(
            normal.capacity(),
            normal.minShards(),
            normal.maxShards(),
            normal.maxSamples(),
            Duration.ofSeconds(1), // whoever watches a page waits for it
            normal.minBackoff(),
            normal.maxBackoff(),
            true, // nothing else holds these samples
            true,
            Duration.ZERO);
    return Destination.to(NAME, config.writes())
        .with(config.http(), config.headers())
        .with(queue)
        .with(config.version(), RequestBuilder.Parts.ALL);
  }

  /**
   * Opens the queue and begins to send what is in it; the engine need not be up.
   *
   * @throws io.oriel.model.limit.Refusal.CannotStart when the queue's folder can't be used
   */
  public static PrometheusEngine start(EngineConfig config, RemoteWriteOut.Ground ground) {
    return new PrometheusEngine(config, ground);
  }

  public MetricSink sink() {
    return out.sink();
  }

  public MetricQueries queries() {
    return queries;
  }

  public MetricSource source() {
    return source;
  }

  public ExemplarSource exemplars() {
    return source;
  }

  /** How it stands with what is sent there. */
  public OutStats stats() {
    return out.stats();
  }

  /** Where queries are asked, without credentials. */
  public String url() {
    return url;
  }

  /**
   * How it stands now. Where nothing was heard of the engine for some seconds it is asked, for two
   * seconds at most.
   */
  public Standing standing() {
    var silence = client.look();
    OutStats stats = out.stats();
    return Standing.of(silence, stats, fullSinceMs(stats));
  }

  /** A small batch may find room where no other does: that is no end of being full. */
  private synchronized long fullSinceMs(OutStats stats) {
    boolean isRoomy = stats.pendingBytes() <= stats.mostBytes() - stats.mostBytes() / ROOMY;
    if (stats.fullSinceMs() == 0 && isRoomy) fullSinceMs = 0;
    if (stats.fullSinceMs() > 0 && fullSinceMs == 0) fullSinceMs = stats.fullSinceMs();
    return fullSinceMs;
  }

  /**
   * What it holds in memory, by its own count.
   *
   * @param rows how many rows each table has at most; engines that know no such limit give ten
   * @throws io.oriel.model.limit.Refusal.NotFound when this engine does not tell
   * @throws io.oriel.model.limit.Refusal.Unavailable when it gives no answers
   */
  public EngineHead head(int rows) {
    return HeadReader.ask(client, rows);
  }

  /**
   * Why the queue before it can't be found, in a sentence with a remedy; empty while it is there.
   * Nothing is taken in meanwhile.
   */
  public Optional<String> lost() {
    return out.lost();
  }

  @Override
  public void close() {
    out.close();
    peer.close();
  }
}
