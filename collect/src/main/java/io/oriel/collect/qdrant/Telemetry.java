package io.oriel.collect.qdrant;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.peer.Peer;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** When Qdrant was started: of its telemetry the shortest form says it, its page does not. */
final class Telemetry {
  static final Metric STARTED =
      Metric.gauge("oriel_qdrant_start_timestamp_seconds", "When Qdrant was started.");

  private double seconds = Double.NaN;

  void ask(Peer peer) throws CollectorFailure, InterruptedException {
    var app = peer.json("/telemetry?details_level=1").path("result").path("app");
    try {
      String told = app.path("startup").asText("");
      seconds = OffsetDateTime.parse(told).toInstant().toEpochMilli() / 1000.0;
    } catch (DateTimeException e) {
      seconds = Double.NaN; // an older version, or one that keeps it to itself
    }
  }

  void tell(Readings out) {
    if (!Double.isNaN(seconds)) out.tell(STARTED, seconds);
  }
}
