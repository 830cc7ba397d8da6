package io.oriel.collect.n8n;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.page.NativePage;
import io.oriel.collect.page.PageSeries;
import io.oriel.collect.peer.Peer;
import io.oriel.collect.peer.PeerCollector;
import io.oriel.model.Labels;
import java.util.List;

/** Reads an n8n: whether it is up and ready, and its page of metrics as it is. */
public final class N8nCollector implements PeerCollector {
  static final Metric UP = Metric.gauge("oriel_n8n_up", "1 when n8n answers.");
  static final Metric READY =
      Metric.gauge(
          "oriel_n8n_ready", "1 when n8n's database is connected and migrated, 0 when it is not.");

  private static final String SWITCHED_OFF =
      "set N8N_METRICS=true in its environment and start it again";

  private final Peer peer;
  private final NativePage page;
  private boolean isN8n; // whether the page has what every n8n has

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
    return List.of(UP, READY);
  }

  @Override
  public void collect(Readings out) throws CollectorFailure, InterruptedException {
    try {
      peer.begin();
      peer.probe("/healthz");
      readiness(out);
      readPage(out);
    } catch (CollectorFailure e) {
      out.tell(UP, e.status() == 0 ? 0 : 1);
      throw e;
    }
    out.tell(UP, 1);
  }

  private void readiness(Readings out) throws CollectorFailure, InterruptedException {
    try {
      peer.probe("/healthz/readiness");
      out.tell(READY, 1);
    } catch (CollectorFailure e) {
      if (e.status() == 503) out.tell(READY, 0);
      else if (e.status() == 404) out.missing(READY, Labels.EMPTY, "older n8n");
      else throw e;
    }
  }

  /** Without metrics n8n answers 404 there, or its editor: it is up all the same. */
  private void readPage(Readings out) throws CollectorFailure, InterruptedException {
    isN8n = false;
    try {
      page.read(out, this::look);
    } catch (CollectorFailure e) {
      boolean isEditor = e.status() == 0 && peer.contentType().startsWith("text/html");
      if (e.status() != 404 && !isEditor) throw e;
      out.failed("metrics", "%s has no page of metrics; %s".formatted(where(), SWITCHED_OFF));
      return;
    }
    if (!isN8n) {
      out.failed(
          "metrics",
          "%s answers, but with none of n8n's metrics; is this n8n's own port?".formatted(where()));
    }
  }

  /** Every name may have another prefix than {@code n8n_}. */
  private void look(PageSeries series) {
    String name = series.metric().name();
    boolean isVersion = name.endsWith("version_info") && !name.endsWith("nodejs_version_info");
    if (isVersion || name.endsWith("active_workflow_count")) isN8n = true;
  }
}
