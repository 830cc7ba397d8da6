package io.oriel.collect.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What of a container's environment and command line may leave this room: no keys, no tokens. */
final class Secrets {
  static final String HIDDEN = "<secret>";

  /** Say something about models and GPUs. By name, not by pattern: VLLM_API_KEY is a secret. */
  private static final Set<String> TOLD =
      Set.of(
          "CUDA_VERSION",
          "CUDA_VISIBLE_DEVICES",
          "NVIDIA_VISIBLE_DEVICES",
          "NVIDIA_DRIVER_CAPABILITIES",
          "NVIDIA_REQUIRE_CUDA",
          "NV_CUDA_CUDART_VERSION",
          "ROCM_VERSION",
          "HIP_VISIBLE_DEVICES",
          "HF_HOME",
          "HF_HUB_CACHE",
          "HF_HUB_OFFLINE",
          "HUGGINGFACE_HUB_CACHE",
          "TRANSFORMERS_CACHE",
          "MODEL",
          "MODEL_ID",
          "MODEL_NAME",
          "SERVED_MODEL_NAME",
          "REVISION",
          "QUANTIZE",
          "PORT",
          "OLLAMA_HOST",
          "OLLAMA_MODELS",
          "OLLAMA_CONTEXT_LENGTH",
          "LLAMA_ARG_MODEL",
          "LLAMA_ARG_ALIAS",
          "LLAMA_ARG_HF_REPO",
          "LLAMA_ARG_HF_FILE",
          "LLAMA_ARG_PORT",
          "VLLM_PORT",
          "VLLM_ATTENTION_BACKEND");

  private static final List<String> HIDING =
      List.of("key", "token", "secret", "password", "passwd", "credential", "auth");

  /** Hold a word of the list, and no secret. */
  private static final Set<String> HARMLESS =
      Set.of("--tokenizer", "--tokenizer-mode", "--tokenizer-revision", "--tokenizer-path");

  private Secrets() {}

  /** The variables that may be told, of a list of {@code NAME=value}. */
  static Map<String, String> environment(JsonNode list) {
    var told = new TreeMap<String, String>();
    for (String each : Words.list(list)) {
      int equals = each.indexOf('=');
      if (equals < 0 || !TOLD.contains(each.substring(0, equals))) continue;
      told.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return Map.copyOf(told);
  }

  /** The command line, with the values of options that name a secret taken out. */
  static List<String> command(List<String> words) {
    var told = new ArrayList<String>(words.size());
    boolean hides = false;
    for (String word : words) {
      int equals = word.indexOf('=');
      String option = equals < 0 ? word : word.substring(0, equals);
      if (hides && !word.startsWith("-")) told.add(HIDDEN);
      else if (word.indexOf(' ') >= 0) told.add(script(word));
      else if (equals >= 0 && isSecret(option)) told.add(option + "=" + HIDDEN);
      else told.add(word);
      hides = equals < 0 && word.startsWith("-") && isSecret(word);
    }
    return List.copyOf(told);
  }

  /** A whole command line in one word, as after {@code sh -c}. */
  private static String script(String word) {
    return String.join(" ", command(List.of(word.strip().split("\\s+"))));
  }

  private static boolean isSecret(String option) {
    String name = option.toLowerCase(Locale.ROOT);
    if (HARMLESS.contains(name)) return false;
    // --max-num-batched-tokens says a number: the word must not go on
    return HIDING.stream().anyMatch(word -> name.endsWith(word) || name.contains(word + "-"));
  }
}
