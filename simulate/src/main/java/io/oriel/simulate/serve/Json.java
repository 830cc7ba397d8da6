package io.oriel.simulate.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.http.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Makes JSON answers. */
final class Json {
  static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static Answer answer(JsonNode node) {
    try {
      return Answer.json(MAPPER.writeValueAsBytes(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of our own can't be written", e);
    }
  }

  /** {@code 2026-01-02T03:04:05.678Z}. */
  static String time(long us) {
    return Instant.ofEpochMilli(us / 1000).truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
