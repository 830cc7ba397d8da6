package io.oriel.collect.litellm;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.Readings;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * LiteLLM's check of its deployments: a real request to each, which somebody pays. Seldom, and only
 * where a person has switched it on.
 */
final class PaidHealth {
  private static final long EVERY_MS = TimeUnit.MINUTES.toMillis(15);
  private static final int MOST = 500;

  private final Inquiry inquiry;
  private Map<Labels, Boolean> health = Map.of();

  PaidHealth(Peer peer, Clock clock) {
    this.inquiry = new Inquiry(peer, clock, "health", EVERY_MS);
  }

  void tell(Readings out, Database database) throws InterruptedException {
    if (inquiry.isDue()) {
      JsonNode told = inquiry.ask("/health");
      health = new HashMap<>();
      if (told != null) {
        add(told.path("healthy_endpoints"), true);
        add(told.path("unhealthy_endpoints"), false);
      }
    }
    inquiry.tellRefusal(out, database);
    health.forEach((labels, isWell) -> out.tell(Metrics.HEALTHY, labels, isWell ? 1 : 0));
  }

  /** The entry's error is long, and may have secrets in it: it is not told. */
  private void add(JsonNode entries, boolean isWell) {
    for (JsonNode each : entries) {
      if (health.size() == MOST) return;
      Labels.Builder labels = Labels.EMPTY.toBuilder();
      labels.set("upstream", each.path("model").asText(""));
      labels.set("endpoint", Deployment.shown(each.path("api_base").asText("")));
      labels.set("model_id", each.path("model_id").asText(""));
      health.merge(labels.build(), isWell, Boolean::logicalAnd); // one word for twins
    }
  }
}
