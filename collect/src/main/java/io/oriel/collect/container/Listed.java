package io.oriel.collect.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** A container as the list tells it: enough to see that it changed. */
record Listed(String id, String name, String image, String state, String health) {
  private static final List<String> HEALTHS = List.of("unhealthy", "healthy", "starting");

  static Listed of(JsonNode item) {
    String id = Words.of(item.path("Id"));
    String name = Words.name(Words.of(item.path("Names").path(0)));
    String status = Words.of(item.path("Status"));
    String state = Words.of(item.path("State")).toLowerCase(Locale.ROOT);
    return new Listed(
        id,
        name.isEmpty() ? Container.shortId(id) : name,
        Words.of(item.path("Image")),
        state.isEmpty() ? state(status) : ofDocker(state),
        health(Words.of(item.path("Health").path("Status")), status));
  }

  /** Podman has words of its own for two of the states. */
  static String ofDocker(String state) {
    return switch (state) {
      case "stopped" -> "exited";
      case "configured" -> "created";
      default -> state;
    };
  }

  /** Daemons before API 1.23 say it in words alone. */
  private static String state(String status) {
    if (status.startsWith("Up")) return status.endsWith("(Paused)") ? "paused" : "running";
    if (status.startsWith("Exited")) return "exited";
    if (status.startsWith("Restarting")) return "restarting";
    return status.equals("Created") ? "created" : "";
  }

  /** A field of its own since API 1.52; before, at the end of {@code Up 3 hours (healthy)}. */
  private static String health(String told, String status) {
    if (!told.isEmpty()) return told.equals("none") ? "" : told;
    for (String each : HEALTHS) {
      if (status.contains("(" + each + ")") || status.contains("(health: " + each + ")"))
        return each;
    }
    return "";
  }

  boolean isRunning() {
    return state.equals("running");
  }

  /** Whether the id is one: it goes into paths and labels. */
  boolean hasId() {
    return id.length() == 64
        && id.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }
}
