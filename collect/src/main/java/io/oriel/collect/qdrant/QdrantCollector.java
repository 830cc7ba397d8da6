package io.oriel.collect.qdrant;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.page.NativePage;
import io.oriel.collect.page.PageSeries;
import io.oriel.collect.peer.Peer;
import io.oriel.collect.peer.PeerCollector;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a Qdrant server: its page of metrics each round, its collections once a minute. What the
 * page tells is not told under a second name.
 */
public final class QdrantCollector implements PeerCollector {
  static final Metric UP = Metric.gauge("oriel_qdrant_up", "1 when Qdrant answers.");

  private static final long COLLECTIONS_EACH_MS = 60_000;
  private static final String KEY =
      "write its api_key or read_only_api_key under collectors.systems, as authorization"
          + " credentials or as the header api-key in http_headers";
  private static final String WRONG_PLACE =
      "is this Qdrant's HTTP port (6333), and no proxy before it?";

  private final Peer peer;
  private final NativePage page;
  private final Collections collections = new Collections();
  private final Telemetry telemetry = new Telemetry();
  private String failure = ""; // of the last asking for collections
  private long nextMs;
  private boolean isQdrant; // whether the page has what every Qdrant has
  private boolean tellsPoints;

  /**
   * @param peer is closed with the collector
   */
  public QdrantCollector(Peer peer) {
    this.peer = peer;
    this.page = new NativePage(peer, "/metrics");
  }

  @Override
  public String name() {
    return "qdrant";
  }

  @Override
  public Peer peer() {
    return peer;
  }

  @Override
  public List<Metric> metrics() {
    var all = new ArrayList<>(List.of(UP, Telemetry.STARTED));
    all.addAll(Collections.METRICS);
    return all;
  }

  @Override
  public void collect(Readings out) throws CollectorFailure, InterruptedException {
    try {
      peer.begin();
      isQdrant = false;
      tellsPoints = false;
      page.read(out, this::look);
      if (peer.clock().millis() >= nextMs) ask();
    } catch (CollectorFailure e) {
      out.tell(UP, e.status() == 0 ? 0 : 1);
      throw advised(e);
    }
    out.tell(UP, 1);
    if (!isQdrant) {
      out.failed(
          "metrics",
          "%s answers, but with none of Qdrant's metrics; %s".formatted(where(), WRONG_PLACE));
    }
    if (!failure.isEmpty()) out.failed("collections", failure);
    collections.tell(out, !tellsPoints);
    telemetry.tell(out);
  }

  /** Every name may have a prefix of the operator's. */
  private void look(PageSeries series) {
    String name = series.metric().name();
    if (name.endsWith("app_info") || name.endsWith("collections_total")) isQdrant = true;
    if (name.endsWith("collection_points")) tellsPoints = true;
  }

  private void ask() throws CollectorFailure, InterruptedException {
    nextMs = peer.clock().millis() + COLLECTIONS_EACH_MS;
    try {
      collections.ask(peer);
      telemetry.ask(peer);
      failure = "";
    } catch (CollectorFailure e) { // the page was read: what is lacking is this only
      failure = e.happened() + "; " + advised(e).remedy();
    }
  }

  private static CollectorFailure advised(CollectorFailure e) {
    boolean isRefused = e.status() == 401 || e.status() == 403;
    return isRefused ? new CollectorFailure(e.happened(), KEY, e.status()) : e;
  }
}
