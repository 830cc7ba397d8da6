package io.oriel.collect.n8n;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.page.NativePage;
import io.oriel.collect.peer.Peer;
import io.oriel.collect.peer.PeerCollector;
import java.util.List;

/** Reads an n8n: its page of metrics and its health. */
public final class N8nCollector implements PeerCollector {
  static final Metric UP = Metric.gauge("oriel_n8n_up", "1 when n8n answers.");

  private final Peer peer;
  private final NativePage page;

  /**
   * @param peer is closed with the collector
   */
  public N8nCollector(Peer peer) {
    this.peer = peer;
    this.page = new NativePage(peer, "/metrics");
  }

  @Override
  public String name() {
    return "n8n";
  }

  @Override
  public Peer peer() {
    return peer;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(UP);
  }

  @Override
  public void collect(Readings out) throws CollectorFailure, InterruptedException {
    try {
      peer.begin();
      page.read(out, _ -> {});
      out.tell(UP, 1);
    } catch (CollectorFailure e) {
      out.tell(UP, 0);
      throw e;
    }
  }
}
