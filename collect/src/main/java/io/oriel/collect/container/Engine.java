package io.oriel.collect.container;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.peer.JsonNumber;
import io.oriel.collect.peer.Peer;
import io.oriel.wire.fetch.PageBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Engine API of Docker and Podman, as far as it is read: version, list, inspection, figures,
 * events. One thread at a time.
 */
final class Engine implements AutoCloseable {
  static final int MOST_CONTAINERS = 2_000;
  private static final int MOST_EVENTS = 10_000;

  /** Asked for by name: health checks alone would fill an answer with their own three. */
  static final List<String> ACTIONS =
      List.of(
          "create",
          "start",
          "restart",
          "stop",
          "kill",
          "die",
          "oom",
          "pause",
          "unpause",
          "destroy",
          "rename",
          "update",
          "health_status");

  private static final String EVENT_FILTER =
      "&filters=%7B%22type%22%3A%5B%22container%22%5D%2C%22event%22%3A%5B%22"
          + String.join("%22%2C%22", ACTIONS)
          + "%22%5D%7D";
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
              .build());

  private final Peer peer;
  private @Nullable ApiVersion version;
  private String prefix = "";
  private EngineFacts facts = EngineFacts.NONE;
  private boolean isGreeted;

  Engine(Peer peer) {
    this.peer = peer;
  }

  /**
   * Begins a round: agrees on a version where that was not done yet.
   *
   * @throws CollectorFailure when nobody answers, or nobody whom we understand
   */
  void begin() throws CollectorFailure, InterruptedException {
    peer.begin();
    if (isGreeted) return;
    JsonNode told;
    try {
      told = peer.json("/version");
    } catch (CollectorFailure e) {
      if (e.status() != 403 && e.status() != 404) throw e;
      prefix = ""; // a proxy keeps it back: without a version the daemon takes its newest
      isGreeted = true;
      return;
    }
    agree(told);
    facts = EngineFacts.ofVersion(told);
    isGreeted = true;
  }

  private void agree(JsonNode told) throws CollectorFailure {
    ApiVersion newest = ApiVersion.parse(Words.of(told.path("ApiVersion")));
    ApiVersion oldest = ApiVersion.parse(Words.of(told.path("MinAPIVersion")));
    if (newest == null) {
      throw new CollectorFailure(
          "%s does not say which API it speaks".formatted(where()),
          "is this the socket of Docker or Podman?");
    }
    ApiVersion chosen = newest.isAtLeast(ApiVersion.OWN) ? ApiVersion.OWN : newest;
    if (oldest != null && !chosen.isAtLeast(oldest)) {
      throw new CollectorFailure(
          "%s speaks the API from %s on, and this Oriel up to %s"
              .formatted(where(), oldest, ApiVersion.OWN),
          "take a newer Oriel, or lower the daemon's min-api-version");
    }
    version = chosen;
    prefix = "/v" + chosen;
  }

  /** Another line to the same daemon, which speaks what was agreed on here. */
  Engine twin(Peer other) {
    var twin = new Engine(other);
    twin.version = version;
    twin.prefix = prefix;
    twin.isGreeted = true;
    return twin;
  }

  /** Forgets what was agreed on: the daemon may be another one now. */
  void forget() {
    isGreeted = false;
    version = null;
    prefix = "";
  }

  String where() {
    return peer.address().shown();
  }

  /** Empty when a proxy keeps the version back. */
  String apiVersion() {
    return version == null ? "" : version.toString();
  }

  EngineFacts facts() {
    return facts;
  }

  /** Asks the daemon what it says of itself, and what its clock says. */
  void learn(long nowMs) throws CollectorFailure, InterruptedException {
    facts = facts.with(peer.json(prefix + "/info"), nowMs);
  }

  /** All containers, also those that don't run. */
  List<Listed> list() throws CollectorFailure, InterruptedException {
    JsonNode items = list("/containers/json?all=1");
    if (!items.isArray()) {
      throw new CollectorFailure(
          "%s answered the list of containers by something else".formatted(where()),
          "is this the socket of Docker or Podman?");
    }
    if (items.size() > MOST_CONTAINERS) {
      throw new CollectorFailure(
          "%s lists %d containers, more than %d".formatted(where(), items.size(), MOST_CONTAINERS),
          "remove those that ended: docker container prune");
    }
    var all = new ArrayList<Listed>(items.size());
    for (JsonNode item : items) {
      Listed listed = Listed.of(item);
      if (listed.hasId()) all.add(listed);
    }
    return all;
  }

  /** What each container wrote into its own layer, by id; slow: the daemon walks every file. */
  Map<String, Double> sizes() throws CollectorFailure, InterruptedException {
    var sizes = new HashMap<String, Double>();
    for (JsonNode item : peer.json(prefix + "/containers/json?size=1")) {
      double size = JsonNumber.of(item.path("SizeRw"));
      if (sizes.size() < MOST_CONTAINERS && size >= 0) {
        sizes.put(Words.of(item.path("Id")), size);
      }
    }
    return Map.copyOf(sizes);
  }

  private JsonNode list(String path) throws CollectorFailure, InterruptedException {
    try {
      return peer.json(prefix + path);
    } catch (CollectorFailure e) {
      if (e.status() != 400) throw e;
      String asked = apiVersion(); // the daemon was exchanged under us
      throw new CollectorFailure(
          "%s no longer speaks version %s of the API".formatted(where(), asked),
          "nothing: it is asked anew in the next round",
          400);
    }
  }

  Inspected inspect(String id) throws CollectorFailure, InterruptedException {
    return Inspected.of(peer.json(prefix + "/containers/" + id + "/json"));
  }

  /**
   * One reading of a container's figures. Before API 1.41 the daemon takes two and needs 1 to 2 s.
   */
  JsonNode stats(String id) throws CollectorFailure, InterruptedException {
    ApiVersion spoken = version;
    boolean atOnce = spoken == null || spoken.isAtLeast(ApiVersion.ONE_SHOT);
    String how = atOnce ? "stream=false&one-shot=true" : "stream=false";
    return peer.json(prefix + "/containers/" + id + "/stats?" + how);
  }

  /**
   * What happened in a span of time that is over, by the daemon's clock: it answers at once from
   * what it remembers (Docker: its last 256 events).
   */
  List<Event> events(long sinceMs, long untilMs) throws CollectorFailure, InterruptedException {
    PageBuffer page =
        peer.page(
            prefix
                + "/events?since="
                + seconds(sinceMs)
                + "&until="
                + seconds(untilMs)
                + EVENT_FILTER);
    var events = new ArrayList<Event>();
    try (MappingIterator<JsonNode> nodes =
        JSON.readerFor(JsonNode.class).readValues(page.bytes(), 0, page.length())) {
      while (events.size() < MOST_EVENTS && nodes.hasNextValue()) {
        JsonNode node = nodes.nextValue();
        String type = Words.of(node.path("Type"));
        if (type.isEmpty() || type.equals("container")) events.add(Event.of(node));
      }
    } catch (IOException e) {
      throw new CollectorFailure(
          "%s: the events are not JSON".formatted(where()), "see what answers in its place");
    } finally {
      page.trim();
    }
    return events;
  }

  private static String seconds(long ms) {
    return String.format(Locale.ROOT, "%d.%03d000000", ms / 1000, ms % 1000);
  }

  @Override
  public void close() {
    peer.close();
  }
}
