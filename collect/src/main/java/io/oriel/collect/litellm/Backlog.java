package io.oriel.collect.litellm;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.peer.JsonNumber;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;

/** What the worker that answers has before it; asked where there is no page that says the same. */
final class Backlog {
  private final Inquiry inquiry;

  Backlog(Peer peer, Clock clock) {
    this.inquiry = new Inquiry(peer, clock, "queue", 0);
  }

  Inquiry inquiry() {
    return inquiry;
  }

  void tell(Readings out, Database database) throws InterruptedException {
    if (inquiry.isDue()) {
      JsonNode told = inquiry.ask("/health/backlog");
      if (told != null) {
        tell(out, Metrics.IN_FLIGHT, told.path("in_flight_requests"));
        tell(out, Metrics.ADMITTED, told.path("admitted_requests"));
        tell(out, Metrics.QUEUED, told.path("queued_requests"));
        tell(out, Metrics.REJECTED, told.path("rejected_requests"));
      }
    }
    inquiry.tellRefusal(out, database);
  }

  private static void tell(Readings out, Metric metric, JsonNode value) {
    double number = JsonNumber.of(value);
    if (!Double.isNaN(number)) out.tell(metric, number);
  }
}
