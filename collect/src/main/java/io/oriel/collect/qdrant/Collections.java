package io.oriel.collect.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.peer.JsonNumber;
import io.oriel.collect.peer.Peer;
import io.oriel.model.Labels;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What Qdrant's API says of each collection beyond its page of metrics. */
final class Collections {
  static final Metric POINTS =
      Metric.gauge(
          "oriel_qdrant_collection_points",
          "Points of a collection, approximate; only where the page of metrics does not say.");
  static final Metric SEGMENTS =
      Metric.gauge("oriel_qdrant_collection_segments", "Segments that a collection consists of.");
  static final Metric INDEXED =
      Metric.gauge(
          "oriel_qdrant_collection_indexed_vectors",
          "Vectors that are in an index; the others are searched one by one.");
  static final Metric STATUS =
      Metric.gauge(
          "oriel_qdrant_collection_status",
          "1 for the status of a collection: green, yellow (optimising), grey (optimisation waits), red.");
  static final Metric OPTIMIZER =
      Metric.gauge(
          "oriel_qdrant_collection_optimizer_ok",
          "1 when the optimiser of a collection works, 0 when it ended by an error.");
  static final Metric DIMENSIONS =
      Metric.gauge(
          "oriel_qdrant_collection_vector_dimensions", "How many numbers a vector consists of.");
  static final Metric SHARDS =
      Metric.gauge("oriel_qdrant_collection_shards", "Shards that a collection is divided into.");
  static final Metric REPLICAS =
      Metric.gauge(
          "oriel_qdrant_collection_replication_factor",
          "How many copies of a shard there are to be.");
  static final List<Metric> METRICS =
      List.of(POINTS, SEGMENTS, INDEXED, STATUS, OPTIMIZER, DIMENSIONS, SHARDS, REPLICAS);

  private static final int MOST_COLLECTIONS = 100; // a question each
  private static final int MOST_VECTORS = 20; // named ones of a collection

  private record Figure(Metric metric, Labels labels, double value) {}

  private List<Figure> figures = List.of();
  private int unread;

  /** Asks; what was kept before stays when that fails. */
  void ask(Peer peer) throws CollectorFailure, InterruptedException {
    var found = new ArrayList<Figure>();
    int seen = 0;
    for (JsonNode each : peer.json("/collections").path("result").path("collections")) {
      String name = each.path("name").asText();
      if (name.isEmpty() || ++seen > MOST_COLLECTIONS) continue;
      JsonNode described = describe(peer, name);
      if (described.isObject()) read(name, described, found);
    }
    figures = List.copyOf(found);
    unread = Math.max(0, seen - MOST_COLLECTIONS);
  }

  /** Missing when it has just gone. */
  private static JsonNode describe(Peer peer, String name)
      throws CollectorFailure, InterruptedException {
    String path = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    try {
      return peer.json("/collections/" + path).path("result");
    } catch (CollectorFailure e) {
      if (e.status() == 404) return MissingNode.getInstance();
      throw e;
    }
  }

  private static void read(String name, JsonNode described, List<Figure> into) {
    Labels labels = Labels.of("collection", name);
    add(POINTS, labels, described.path("points_count"), into);
    add(SEGMENTS, labels, described.path("segments_count"), into);
    add(INDEXED, labels, described.path("indexed_vectors_count"), into);
    String status = described.path("status").asText("");
    if (!status.isEmpty()) into.add(new Figure(STATUS, labels.with("status", status), 1));
    JsonNode optimizer = described.path("optimizer_status");
    if (!optimizer.isMissingNode()) {
      into.add(new Figure(OPTIMIZER, labels, optimizer.asText("").equals("ok") ? 1 : 0));
    }
    JsonNode params = described.path("config").path("params");
    add(SHARDS, labels, params.path("shard_number"), into);
    add(REPLICAS, labels, params.path("replication_factor"), into);
    vectors(labels, params.path("vectors"), into);
  }

  /** One nameless vector, or several with names. */
  private static void vectors(Labels labels, JsonNode vectors, List<Figure> into) {
    if (vectors.has("size")) {
      vector(labels, "", vectors, into);
      return;
    }
    int seen = 0;
    for (var each : vectors.properties()) {
      if (++seen <= MOST_VECTORS) vector(labels, each.getKey(), each.getValue(), into);
    }
  }

  private static void vector(Labels labels, String name, JsonNode vector, List<Figure> into) {
    Labels.Builder all = labels.toBuilder().set("distance", vector.path("distance").asText(""));
    if (!name.isEmpty()) all.set("vector", name);
    add(DIMENSIONS, all.build(), vector.path("size"), into);
  }

  /** What is not told, or null, stays a hole. */
  private static void add(Metric metric, Labels labels, JsonNode value, List<Figure> into) {
    double number = JsonNumber.of(value);
    if (!Double.isNaN(number)) into.add(new Figure(metric, labels, number));
  }

  /**
   * Tells what is kept.
   *
   * @param withPoints whether nobody else tells them
   */
  void tell(Readings out, boolean withPoints) {
    for (Figure each : figures) {
      if (withPoints || !each.metric().equals(POINTS)) {
        out.tell(each.metric(), each.labels(), each.value());
      }
    }
    for (int i = 0; i < unread; i++) {
      out.missing(SEGMENTS, Labels.EMPTY, "more than " + MOST_COLLECTIONS + " collections");
    }
  }
}
