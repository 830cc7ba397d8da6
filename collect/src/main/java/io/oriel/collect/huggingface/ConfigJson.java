package io.oriel.collect.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.catalogue.ModelField;
import io.oriel.collect.catalogue.ModelSighting;
import java.util.Map;

/**
 * What a model's config.json says. Of models with eyes or ears the numbers of language stand in a
 * part of their own, {@code text_config}.
 */
record ConfigJson(JsonNode json) {
  private static final Map<String, Integer> BYTES =
      Map.of("bfloat16", 2, "float16", 2, "half", 2, "float32", 4, "float", 4, "float64", 8);

  private JsonNode either(String field) {
    JsonNode own = json.path(field);
    return own.isMissingNode() || own.isNull() ? json.path("text_config").path(field) : own;
  }

  /** {@code bfloat16}; empty where it does not say. */
  String dataType() {
    String newer = either("dtype").asText("");
    String said = newer.isEmpty() ? either("torch_dtype").asText("") : newer;
    return said.startsWith("torch.") ? said.substring("torch.".length()) : said;
  }

  /** Of one weight that is not packed; 0 where it is not known. */
  int bytesPerWeight() {
    return BYTES.getOrDefault(dataType(), 0);
  }

  /**
   * {@code awq}; {@code none} where weights are not packed, empty where there is no config.json.
   */
  String quantization() {
    JsonNode own = either("quantization_config");
    String method = own.path("quant_method").asText("");
    if (!method.isEmpty()) return method;
    if (own.path("load_in_4bit").asBoolean() || own.path("load_in_8bit").asBoolean()) {
      return "bitsandbytes";
    }
    return own.isObject() || !json.isObject() ? "" : "none";
  }

  /** In tokens: with what stretches it; 0 where it does not say. */
  double longestContext() {
    double plain = either("max_position_embeddings").asDouble();
    JsonNode stretch = either("rope_scaling");
    double stretched =
        stretch.path("original_max_position_embeddings").asDouble()
            * stretch.path("factor").asDouble();
    return Math.max(plain, stretched);
  }

  void tell(ModelSighting.Telling into, String source) {
    into.tell(ModelField.ARCHITECTURE, json.path("architectures").path(0).asText(""), source)
        .tell(ModelField.DATA_TYPE, dataType(), source)
        .tell(ModelField.QUANTIZATION, quantization(), source)
        .tell(ModelField.LONGEST_CONTEXT, longestContext(), source);
    if (json.path("vision_config").isObject()) into.tell(ModelField.CAPABILITY, "vision", source);
    if (json.path("audio_config").isObject()) into.tell(ModelField.CAPABILITY, "audio", source);
  }
}
