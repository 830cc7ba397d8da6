package io.oriel.collect.langfuse;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.peer.Peer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The questions to a Langfuse's public API. */
final class Api {
  private static final Logger log = LoggerFactory.getLogger(Api.class);
  private static final String KEYS =
      "write the project's public key (pk-lf-...) as basic_auth username and its secret key"
          + " (sk-lf-...) as password or password_file under collectors.systems";

  private final Peer peer;
  private final Set<String> deprecated = new HashSet<>();
  private Dialect dialect = Dialect.V4;

  Api(Peer peer) {
    this.peer = peer;
  }

  void dialect(Dialect now) {
    dialect = now;
  }

  Dialect dialect() {
    return dialect;
  }

  /** The answer at a path, with what Langfuse itself would advise when it is refused. */
  JsonNode json(String target) throws CollectorFailure, InterruptedException {
    JsonNode answer;
    try {
      answer = peer.json(target);
    } catch (CollectorFailure e) {
      throw advised(e);
    }
    warn(target, answer.path("_deprecation"));
    return answer;
  }

  static CollectorFailure advised(CollectorFailure e) {
    boolean isRefused = e.status() == 401 || e.status() == 403;
    return isRefused ? new CollectorFailure(e.happened(), KEYS, e.status()) : e;
  }

  /** Once for each endpoint. */
  private void warn(String target, JsonNode deprecation) {
    String path = target.replaceFirst("\\?.*", "");
    if (!deprecation.isObject() || !deprecated.add(path)) return;
    log.warn(
        "langfuse will remove an endpoint where={} endpoint={} on={} instead=\"{}\"",
        peer.address().shown(),
        path,
        deprecation.path("sunsetAt").asText(),
        deprecation.path("replacement").asText());
  }

  /**
   * The rows that a query gives.
   *
   * @throws CollectorFailure also when there are more than one answer holds
   */
  List<Row> rows(Query query) throws CollectorFailure, InterruptedException {
    JsonNode answer = json(dialect.metrics() + "?query=" + query.encoded());
    List<Row> rows = data(answer);
    if (rows.size() < Query.MOST_ROWS) return rows;
    throw new CollectorFailure(
        "%s has more than %d rows for one query, and tells no more"
            .formatted(peer.address().shown(), Query.MOST_ROWS),
        "are there names of models or traces that change with each call?",
        200);
  }

  /** The rows of an answer of any kind. */
  List<Row> data(JsonNode answer) throws CollectorFailure {
    if (!answer.path("data").isArray()) {
      throw new CollectorFailure(
          "%s: an answer has no list of data".formatted(peer.address().shown()),
          "is this Langfuse?",
          200);
    }
    var rows = new ArrayList<Row>();
    for (JsonNode each : answer.path("data")) rows.add(new Row(each));
    return rows;
  }
}
