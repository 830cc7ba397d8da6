package io.oriel.collect.litellm;

import io.oriel.collect.catalogue.ModelField;
import io.oriel.collect.catalogue.ModelSighting;

/** A deployment as the catalogue of models hears of it. */
final class Sighting {
  private final String where;

  /**
   * @param where LiteLLM's address
   */
  Sighting(String where) {
    this.where = where;
  }

  ModelSighting of(Deployment one) {
    var telling =
        ModelSighting.of(
            ModelSighting.Role.GATEWAY, one.model(), "LiteLLM " + where + " /v1/model/info");
    telling.tell(ModelField.GATEWAY_NAME, one.model()).tell(ModelField.GATEWAY_ENDPOINT, where);
    telling.tell(ModelField.UPSTREAM, one.upstreamModel());
    telling.tell(ModelField.UPSTREAM_ENDPOINT, one.endpoint());
    telling.tell(ModelField.PROVIDER, one.provider());
    telling.tell(ModelField.MODE, one.mode()).tell(ModelField.TYPE, type(one.mode()));
    one.inputDollars().ifPresent(v -> telling.tell(ModelField.INPUT_PRICE, v));
    one.cachedDollars().ifPresent(v -> telling.tell(ModelField.CACHED_INPUT_PRICE, v));
    one.outputDollars().ifPresent(v -> telling.tell(ModelField.OUTPUT_PRICE, v));
    one.maxInputTokens().ifPresent(v -> telling.tell(ModelField.CONTEXT, v));
    one.maxOutputTokens().ifPresent(v -> telling.tell(ModelField.LONGEST_OUTPUT, v));
    one.abilities().forEach(each -> telling.tell(ModelField.CAPABILITY, each));
    return telling.done();
  }

  /** What a model is for, where the way it is offered says so; empty where it does not. */
  private static String type(String mode) {
    return switch (mode) {
      case "chat", "completion", "responses" -> "llm";
      case "embedding" -> "embedding";
      case "rerank" -> "reranker";
      case "audio_speech", "audio_transcription" -> "speech";
      default -> "";
    };
  }
}
