package io.oriel.collect.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.peer.JsonNumber;

/**
 * A model on an Ollama server's disk.
 *
 * @param bytes on disk
 * @param parameters as Ollama writes it: {@code 8.0B}
 * @param quantization as Ollama writes it: {@code Q4_K_M}
 */
public record StoredModel(
    String name,
    String digest,
    double bytes,
    String family,
    String format,
    String parameters,
    String quantization) {

  static StoredModel of(JsonNode json) {
    JsonNode details = json.path("details");
    return new StoredModel(
        json.path("name").asText(),
        json.path("digest").asText(),
        JsonNumber.of(json.path("size"), 0),
        details.path("family").asText(),
        details.path("format").asText(),
        details.path("parameter_size").asText(),
        details.path("quantization_level").asText());
  }
}
