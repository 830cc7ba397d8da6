package io.oriel.collect.litellm;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.catalogue.ModelSighting;
import io.oriel.collect.catalogue.ModelSource;
import io.oriel.collect.peer.Peer;
import io.oriel.collect.peer.PeerCollector;
import io.oriel.model.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One LiteLLM proxy. Its page and its admin API stand beside each other: what one does not offer,
 * or does not let us see, is said, and the rest goes on.
 */
public final class LitellmCollector implements PeerCollector, ModelSource {
  private static final String USERS = "/user/daily/activity";
  private static final String TEAMS = "/team/daily/activity";

  private final Peer peer;
  private final Readiness readiness;
  private final MetricsPage page;
  private final Deployments deployments;
  private final Activity activity;
  private final Activity teams;
  private final Backlog backlog;
  private final @Nullable PaidHealth health;
  private boolean wasUp;

  /**
   * @param peer is closed with the collector
   */
  public LitellmCollector(Peer peer, LitellmOptions options) {
    Clock clock = peer.clock();
    this.peer = peer;
    this.readiness = new Readiness(peer, clock);
    this.page = new MetricsPage(peer, clock);
    this.deployments = new Deployments(peer, clock);
    var ofUsers = List.of(Dimension.MODEL, Dimension.PROVIDER, Dimension.KEY, Dimension.USER);
    int top = options.top();
    this.activity = new Activity(peer, clock, USERS, "spend", ofUsers, top, true);
    this.teams =
        new Activity(peer, clock, TEAMS, "spend of teams", List.of(Dimension.TEAM), top, false);
    this.backlog = new Backlog(peer, clock);
    this.health = options.paidHealthChecks() ? new PaidHealth(peer, clock) : null;
  }

  @Override
  public String name() {
    return "litellm";
  }

  @Override
  public Peer peer() {
    return peer;
  }

  @Override
  public List<Metric> metrics() {
    var all = new ArrayList<>(Metrics.ALL);
    all.addAll(Spent.all());
    return all;
  }

  /** The models that it offers, as of its last good answer. */
  public List<Deployment> deployments() {
    return deployments.list();
  }

  @Override
  public List<ModelSighting> models() {
    return deployments.sightings();
  }

  @Override
  public void collect(Readings out) throws CollectorFailure, InterruptedException {
    peer.begin();
    try {
      if (!wasUp) again();
      readiness.tell(out);
      wasUp = true;
    } catch (CollectorFailure e) {
      wasUp = false;
      throw e;
    }
    page.tell(out, readiness.database());
    ofAdminApi(out);
    page.throwIfUnreadable();
    refuseWithoutKey();
  }

  private void again() {
    readiness.again();
    page.again();
    deployments.inquiry().again();
    activity.inquiry().again();
    teams.inquiry().again();
    backlog.inquiry().again();
  }

  private void ofAdminApi(Readings out) throws InterruptedException {
    Database database = readiness.database();
    deployments.tell(out, database);
    if (deployments.inquiry().refusedStatus() > 0) return; // so would the rest be
    if (!page.isThere()) backlog.tell(out, database);
    if (health != null) health.tell(out, database);
    switch (database) {
      case CONNECTED, UNKNOWN -> {
        activity.tell(out, database);
        teams.tell(out, database);
      }
      case LOST ->
          out.failed("spend", "LiteLLM has lost its database; see its log and DATABASE_URL");
      case NONE -> {} // no refusal of ours is to stand among its failed requests
    }
  }

  /** A key that opens neither the page nor the admin API is the system's failure, not a part's. */
  private void refuseWithoutKey() throws CollectorFailure {
    Database database = readiness.database();
    int status = deployments.inquiry().refusedStatus();
    if (!Remedies.isAboutTheKey(status, database) || page.isThere()) return;
    throw new CollectorFailure(
        "%s is up, but lets us see neither its metrics (%d) nor its models (%d)"
            .formatted(peer.address().shown(), page.refusedStatus(), status),
        database == Database.NONE ? Remedies.MASTER_KEY : Remedies.KEY,
        status);
  }
}
