package io.oriel.engines.prometheus;

import io.oriel.model.backend.ExemplarSource;
import io.oriel.model.backend.MetricQueries;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricSource;
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

  private final RemoteWriteOut out;
  private final Peer peer;
  private final EngineQueries queries;
  private final EngineSource source;

  private PrometheusEngine(EngineConfig config, RemoteWriteOut.Ground ground) {
    this.peer = new Peer(config.http(), config.headers());
    this.out = RemoteWriteOut.start(destination(config), ground);
    var client = new EngineClient(config.queries(), peer, ground.clock(), out::stats);
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
