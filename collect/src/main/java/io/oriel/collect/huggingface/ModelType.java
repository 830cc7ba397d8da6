package io.oriel.collect.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What a model is for, by its files, the class of its code and, where these leave it open, its
 * name. The rules are asked in their order; the first that fits says it.
 */
record ModelType(CacheFiles files, Path snapshot, String id, JsonNode config) {
  private record Rule(String type, Predicate<ModelType> fits) {}

  private static final List<String> EMBEDDERS = List.of("embed", "e5-", "bge-", "gte-");

  private static final List<Rule> RULES =
      List.of(
          new Rule("adapter", it -> it.hasFile("adapter_config.json")),
          new Rule("diffusion", it -> it.hasFile("model_index.json")),
          new Rule("reranker", it -> it.small().contains("rerank")),
          new Rule(
              "embedding", it -> it.hasFile("modules.json") || it.hasFile("1_Pooling/config.json")),
          new Rule("reranker", it -> it.ends("ForSequenceClassification") && it.answers() == 1),
          new Rule("classifier", it -> it.ends("ForSequenceClassification")),
          new Rule("reward", it -> it.ends("ForRewardModel")),
          new Rule("speech", it -> it.ends("ForCTC") || it.ends("ForSpeechSeq2Seq")),
          new Rule("speech", it -> it.architecture().startsWith("Whisper")),
          new Rule("embedding", ModelType::isNamedEmbedder),
          new Rule("llm", it -> it.ends("ForCausalLM")),
          new Rule(
              "vision-language",
              it -> it.ends("ForConditionalGeneration") && it.config.has("vision_config")),
          new Rule("llm", it -> it.ends("ForConditionalGeneration")),
          new Rule("embedding", it -> it.ends("Model")),
          new Rule("vision-language", it -> it.config.has("vision_config")));

  /** Empty where no rule fits. */
  String word() {
    return RULES.stream()
        .filter(rule -> rule.fits().test(this))
        .map(Rule::type)
        .findFirst()
        .orElse("");
  }

  private boolean hasFile(String name) {
    return files.has(snapshot.resolve(name));
  }

  private String small() {
    return id.toLowerCase(Locale.ROOT);
  }

  private boolean isNamedEmbedder() {
    return EMBEDDERS.stream().anyMatch(small()::contains);
  }

  private String architecture() {
    return config.path("architectures").path(0).asText("");
  }

  private boolean ends(String with) {
    return architecture().endsWith(with);
  }

  /** How many answers a classifier knows; one is a score. */
  private int answers() {
    JsonNode words = config.path("id2label");
    return words.isObject() ? words.size() : config.path("num_labels").asInt();
  }
}
