package io.oriel.collect.litellm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** By what LiteLLM's database sums up, and how each is called on a series. */
enum Dimension {
  MODEL("model", List.of("model_groups", "models")) {
    @Override
    String name(String key, JsonNode metadata) {
      return key;
    }
  },
  PROVIDER("provider", List.of("providers")) {
    @Override
    String name(String key, JsonNode metadata) {
      return key;
    }
  },
  KEY("key", List.of("api_keys")) {
    @Override
    String name(String key, JsonNode metadata) {
      return KeyName.of(key, metadata.path("key_alias").asText(""));
    }
  },
  USER("user", List.of("entities")) {
    @Override
    String name(String key, JsonNode metadata) {
      String alias = metadata.path("user_alias").asText("");
      return alias.isEmpty() ? key : alias;
    }
  },
  TEAM("team", List.of("entities")) {
    @Override
    String name(String key, JsonNode metadata) {
      String alias = metadata.path("team_alias").asText("");
      return alias.isEmpty() ? key : alias;
    }
  };

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // of List.of()
  private final List<String> fields;

  Dimension(String label, List<String> fields) {
    this.label = label;
    this.fields = fields;
  }

  String label() {
    return label;
  }

  /** Its part of a day's {@code breakdown}; older versions know fewer. */
  JsonNode in(JsonNode breakdown) {
    for (String field : fields) {
      if (!breakdown.path(field).isEmpty()) return breakdown.path(field);
    }
    return breakdown.path(fields.getFirst());
  }

  /**
   * What stands on the series.
   *
   * @param key LiteLLM's: a hash, an id
   */
  abstract String name(String key, JsonNode metadata);
}
