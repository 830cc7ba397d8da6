package io.oriel.collect.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.peer.JsonNumber;
import java.util.ArrayList;
import java.util.List;

/**
 * What Ollama shows of one model when asked for it: out of the head of its file.
 *
 * @param architecture {@code gemma3}; empty when it does not say
 * @param parameters how many, 0 when it does not say
 * @param madeFor the longest context, in tokens; 0 when it does not say
 * @param capabilities {@code completion}, {@code tools}, {@code embedding}
 */
record Shown(String architecture, double parameters, double madeFor, List<String> capabilities) {
  static final Shown NOTHING = new Shown("", 0, 0, List.of());
  private static final int MOST_CAPABILITIES = 20;

  static Shown of(JsonNode json) {
    JsonNode info = json.path("model_info");
    String architecture = info.path("general.architecture").asText("");
    var capabilities = new ArrayList<String>();
    for (JsonNode each : json.path("capabilities")) {
      if (capabilities.size() < MOST_CAPABILITIES) capabilities.add(each.asText(""));
    }
    return new Shown(
        architecture,
        JsonNumber.of(info.path("general.parameter_count"), 0),
        JsonNumber.of(info.path(architecture + ".context_length"), 0),
        List.copyOf(capabilities));
  }
}
