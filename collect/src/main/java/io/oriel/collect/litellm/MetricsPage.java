package io.oriel.collect.litellm;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.page.NativePage;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's own page, where the callback {@code prometheus} is switched on. It lies at {@code
 * /metrics/}; without the slash every round would be redirected.
 */
final class MetricsPage {
  private static final String PATH = "/metrics/";
  private static final long REFUSED_MS = TimeUnit.MINUTES.toMillis(5);

  private final Clock clock;
  private final NativePage page;
  private final Expected expected = new Expected();
  private long dueMs = Long.MIN_VALUE;
  private @Nullable CollectorFailure refused;
  private @Nullable CollectorFailure unreadable; // in this round

  MetricsPage(Peer peer, Clock clock) {
    this.clock = clock;
    this.page = new NativePage(peer, PATH);
  }

  /** LiteLLM has begun anew, perhaps with other settings. */
  void again() {
    dueMs = Long.MIN_VALUE;
  }

  /** Whether there is a page. */
  boolean isThere() {
    return refused == null;
  }

  int refusedStatus() {
    CollectorFailure failure = refused;
    return failure == null ? 0 : failure.status();
  }

  /**
   * Ends the round when there should be a page and it can't be read: that is no part's failure.
   *
   * @throws CollectorFailure when LiteLLM stopped answering, or what it answers is no page
   */
  void throwIfUnreadable() throws CollectorFailure {
    CollectorFailure failure = unreadable;
    if (failure != null) throw failure;
  }

  /** Tells the page, or why there is none. */
  void tell(Readings out, Database database) throws InterruptedException {
    unreadable = null;
    if (clock.millis() >= dueMs) read(out);
    CollectorFailure failure = refused;
    if (failure == null) return;
    if (failure.status() == 404) {
      out.missing(Metrics.IN_FLIGHT, Labels.EMPTY, "no page of metrics");
      return; // switched off: the admin API tells what it can
    }
    String remedy =
        Remedies.of(failure, database)
            + ", or set litellm_settings.require_auth_for_metrics_endpoint: false there";
    out.failed("metrics", failure.happened() + " for " + PATH + "; " + remedy);
  }

  private void read(Readings out) throws InterruptedException {
    expected.begin();
    try {
      page.read(out, expected);
    } catch (CollectorFailure e) {
      refused = e.status() == 0 ? null : e;
      unreadable = e.status() == 0 ? e : null;
      if (e.status() > 0) dueMs = clock.millis() + REFUSED_MS;
      return;
    }
    refused = null;
    expected.tell(out);
  }
}
