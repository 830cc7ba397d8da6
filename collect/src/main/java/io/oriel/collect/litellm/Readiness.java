package io.oriel.collect.litellm;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import java.util.concurrent.TimeUnit;

/**
 * What LiteLLM says of itself without being asked for a key: whether it is ready, and whether its
 * database is. Since 1.8x the version stands behind the key, in {@code /health/readiness/details}.
 */
final class Readiness {
  private static final long VERSION_EVERY_MS = TimeUnit.HOURS.toMillis(1);

  private final Peer peer;
  private final Inquiry details;
  private Database database = Database.UNKNOWN;
  private Labels version = Labels.EMPTY;

  Readiness(Peer peer, Clock clock) {
    this.peer = peer;
    this.details = new Inquiry(peer, clock, "version", VERSION_EVERY_MS);
  }

  Database database() {
    return database;
  }

  /** LiteLLM has begun anew, perhaps as another version. */
  void again() {
    details.again();
  }

  /**
   * Asks and tells.
   *
   * @throws CollectorFailure when nobody answers, or somebody else
   */
  void tell(Readings out) throws CollectorFailure, InterruptedException {
    boolean isReady = true;
    try {
      learn(peer.json("/health/readiness"));
    } catch (CollectorFailure e) {
      if (e.status() == 404) {
        throw new CollectorFailure(
            "%s answers, but has no /health/readiness".formatted(peer.address().shown()),
            "is this LiteLLM, and is the path that SERVER_ROOT_PATH gives it in the url?",
            404);
      }
      if (e.status() != 503) throw e;
      isReady = false; // it ends, or its check of the database failed
      database = Database.UNKNOWN;
    }
    out.tell(Metrics.READY, isReady ? 1 : 0);
    tellDatabase(out);
    if (!version.isEmpty()) out.tell(Metrics.INFO, version, 1);
  }

  private void tellDatabase(Readings out) {
    switch (database) {
      case CONNECTED -> out.tell(Metrics.DATABASE, 1);
      case LOST -> out.tell(Metrics.DATABASE, 0);
      case NONE -> out.missing(Metrics.DATABASE, Labels.EMPTY, "no database");
      case UNKNOWN -> out.missing(Metrics.DATABASE, Labels.EMPTY, "not told");
    }
  }

  private void learn(JsonNode told) throws InterruptedException {
    database = Database.of(told.path("db").asText(""));
    if (told.has("litellm_version")) {
      learnVersion(told);
    } else if (details.isDue()) {
      JsonNode more = details.ask("/health/readiness/details");
      if (more != null) learnVersion(more); // else the models say what is wrong with the key
    }
  }

  private void learnVersion(JsonNode told) {
    String said = told.path("litellm_version").asText("");
    if (!said.equals(version.valueOf("version"))) version = Labels.of("version", said);
  }
}
