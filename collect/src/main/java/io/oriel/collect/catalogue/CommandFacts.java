package io.oriel.collect.catalogue;

import io.oriel.collect.container.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a container's command line says of the one model that it serves. */
final class CommandFacts {
  /** vLLM's words for what a model is to do; {@code generate} and {@code auto} say nothing. */
  private static final Map<String, String> TASKS =
      Map.of(
          "embed", "embedding",
          "embedding", "embedding",
          "score", "reranker",
          "reward", "reward",
          "transcription", "speech");

  private CommandFacts() {}

  static List<ModelFact> of(Container container) {
    var facts = new ArrayList<ModelFact>();
    add(container, "--quantization", ModelField.QUANTIZATION, facts);
    add(container, "--revision", ModelField.REVISION, facts);
    add(container, "--dtype", ModelField.DATA_TYPE, facts);
    String task = option(container, "--task");
    String type = TASKS.getOrDefault(task, "");
    if (!type.isEmpty()) facts.add(fact(container, ModelField.TYPE, type, "--task " + task));
    return List.copyOf(facts);
  }

  private static void add(
      Container container, String name, ModelField field, List<ModelFact> facts) {
    String value = option(container, name);
    if (!value.isEmpty() && !value.equals("auto")) facts.add(fact(container, field, value, name));
  }

  private static String option(Container container, String name) {
    String value = container.option(name);
    return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
  }

  private static ModelFact fact(
      Container container, ModelField field, String value, String option) {
    return new ModelFact(
        field, value, "command line of container " + container.name() + ", " + option);
  }
}
