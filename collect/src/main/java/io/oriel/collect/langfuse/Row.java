package io.oriel.collect.langfuse;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.peer.JsonNumber;

/** A row of an answer. Numbers may come as text; null is not known, which is not zero. */
record Row(JsonNode json) {
  /** NaN where it is not told. */
  double number(String name) {
    JsonNode value = json.path(name);
    if (!value.isTextual()) return JsonNumber.of(value);
    try {
      return Double.parseDouble(value.asText());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Empty where it is not told. */
  String text(String name) {
    JsonNode value = json.path(name);
    return value.isNull() ? "" : value.asText();
  }
}
