package io.oriel.collect.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.peer.JsonNumber;

/**
 * Something that happened to a container.
 *
 * @param action {@code start}, {@code die}, {@code health_status: unhealthy}
 * @param exitCode of {@code die}; of others it says nothing
 */
record Event(String id, String name, String action, String exitCode, long timeNanos) {
  /** Before API 1.22 the action and the id stand at the top. */
  static Event of(JsonNode node) {
    JsonNode attributes = node.path("Actor").path("Attributes");
    String id = Words.of(node.path("Actor").path("ID"));
    String action = Words.of(node.path("Action"));
    return new Event(
        id.isEmpty() ? Words.of(node.path("id")) : id,
        Words.of(attributes.path("name")),
        action.isEmpty() ? Words.of(node.path("status")) : action,
        Words.of(attributes.path(attributes.has("exitCode") ? "exitCode" : "containerExitCode")),
        JsonNumber.whole(
            node.path("timeNano"), JsonNumber.whole(node.path("time"), 0) * 1_000_000_000L));
  }
}
