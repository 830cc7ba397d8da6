package io.oriel.collect.catalogue;

import static io.oriel.collect.catalogue.ModelField.Kind.NUMBER;
import static io.oriel.collect.catalogue.ModelField.Kind.PRICE;
import static io.oriel.collect.catalogue.ModelField.Kind.TEXT;
import static io.oriel.collect.catalogue.ModelField.Many.EACH;
import static io.oriel.collect.catalogue.ModelField.Many.ONE;
import static io.oriel.collect.catalogue.ModelSighting.Role.GATEWAY;
import static io.oriel.collect.catalogue.ModelSighting.Role.MAP;
import static io.oriel.collect.catalogue.ModelSighting.Role.SERVER;
import static io.oriel.collect.catalogue.ModelSighting.Role.STORE;

import io.oriel.collect.catalogue.ModelSighting.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What can be known of a model: a row each. */
@SuppressWarnings("ImmutableEnumChecker") // lists of List.of()
public enum ModelField {
  TYPE(
      "type",
      TEXT,
      ONE,
      "",
      "What it is for: llm, vision-language, embedding, reranker, classifier, reward, speech, "
          + "adapter, diffusion.",
      List.of(STORE, SERVER, MAP, GATEWAY)),
  PARAMETERS(
      "parameters",
      NUMBER,
      ONE,
      "",
      "How many parameters it has, those of all experts.",
      List.of(STORE, SERVER, GATEWAY)),
  DISK(
      "diskBytes",
      NUMBER,
      ONE,
      "bytes",
      "What its files take on the disk.",
      List.of(STORE, SERVER)),
  QUANTIZATION(
      "quantization",
      TEXT,
      ONE,
      "",
      "How its weights are packed: fp8, awq, gptq, Q4_K_M; none where they are not.",
      List.of(STORE, SERVER, MAP, GATEWAY)),
  DATA_TYPE(
      "dataType",
      TEXT,
      ONE,
      "",
      "Of weights that are not packed: bfloat16.",
      List.of(STORE, SERVER, MAP)),
  LONGEST_CONTEXT(
      "longestContext",
      NUMBER,
      ONE,
      "tokens",
      "The longest context that it was made for.",
      List.of(STORE, SERVER, GATEWAY)),
  CONTEXT(
      "contextLength",
      NUMBER,
      EACH,
      "tokens",
      "The longest context that a server takes, question and answer together.",
      List.of(SERVER, GATEWAY)),
  SOURCE(
      "source",
      TEXT,
      ONE,
      "",
      "What is loaded: the id of a repository at Hugging Face, or a path.",
      List.of(STORE, SERVER, MAP)),
  REVISION(
      "revision",
      TEXT,
      EACH,
      "",
      "Which state of that repository, or the digest of its files.",
      List.of(STORE, SERVER, MAP)),
  ARCHITECTURE(
      "architecture",
      TEXT,
      ONE,
      "",
      "The class or family that its code is: Qwen3ForCausalLM, llama.",
      List.of(STORE, SERVER)),
  FORMAT("format", TEXT, ONE, "", "Of its files: safetensors, gguf.", List.of(STORE, SERVER)),
  CAPABILITY(
      "capabilities",
      TEXT,
      EACH,
      "",
      "What it can do beside answering: tools, vision, thinking, insert.",
      List.of(SERVER, STORE, GATEWAY)),
  ENGINE("engine", TEXT, EACH, "", "What serves it: vllm, ollama.", List.of(SERVER, MAP)),
  ENGINE_VERSION("engineVersion", TEXT, EACH, "", "Of that engine.", List.of(SERVER, MAP)),
  ENDPOINT("endpoints", TEXT, EACH, "", "Where it is served.", List.of(SERVER)),
  STATE(
      "state",
      TEXT,
      EACH,
      "",
      "How it stands there: ready, loading, sleeping, failed, unloaded, unreachable; of files: "
          + "complete, incomplete.",
      List.of(SERVER, GATEWAY, STORE)),
  MEMORY(
      "memoryBytes",
      NUMBER,
      EACH,
      "bytes",
      "What it takes when loaded, on the GPU and beside it.",
      List.of(SERVER)),
  GPU_MEMORY(
      "gpuMemoryBytes",
      NUMBER,
      EACH,
      "bytes",
      "What its processes hold on a GPU.",
      List.of(MAP, SERVER)),
  CONTAINER("containers", TEXT, EACH, "", "The container that serves it.", List.of(MAP, SERVER)),
  IMAGE("images", TEXT, EACH, "", "That container's image.", List.of(MAP, SERVER)),
  GPU("gpus", TEXT, EACH, "", "The GPUs that it runs on, by index.", List.of(MAP)),
  GATEWAY_NAME(
      "gatewayNames", TEXT, EACH, "", "By which a gateway offers it to callers.", List.of(GATEWAY)),
  GATEWAY_ENDPOINT("gateways", TEXT, EACH, "", "Where that gateway is.", List.of(GATEWAY)),
  UPSTREAM(
      "upstream",
      TEXT,
      EACH,
      "",
      "Which model a gateway asks a server for, without the provider before it.",
      List.of(GATEWAY)),
  UPSTREAM_ENDPOINT(
      "upstreamEndpoints",
      TEXT,
      EACH,
      "",
      "The base address where a gateway asks for it.",
      List.of(GATEWAY)),
  PROVIDER("provider", TEXT, EACH, "", "Whose it is to a gateway: hosted_vllm.", List.of(GATEWAY)),
  MODE(
      "mode",
      TEXT,
      EACH,
      "",
      "How a gateway offers it: chat, embedding, rerank.",
      List.of(GATEWAY)),
  LONGEST_OUTPUT(
      "longestOutput",
      NUMBER,
      EACH,
      "tokens",
      "The longest answer that is given.",
      List.of(GATEWAY, SERVER)),
  INPUT_PRICE(
      "inputPrice",
      PRICE,
      EACH,
      "USD per token",
      "What a token of a question costs.",
      List.of(GATEWAY)),
  CACHED_INPUT_PRICE(
      "cachedInputPrice",
      PRICE,
      EACH,
      "USD per token",
      "What a token of a question costs that was in a cache.",
      List.of(GATEWAY)),
  OUTPUT_PRICE(
      "outputPrice",
      PRICE,
      EACH,
      "USD per token",
      "What a token of an answer costs.",
      List.of(GATEWAY));

  /** What its values are. */
  public enum Kind {
    TEXT,
    /** Above 0: a 0 says that it is not known. */
    NUMBER,
    /** 0 or above. */
    PRICE
  }

  /** Whether a model can have several of it. */
  public enum Many {
    /** Two values contradict each other. */
    ONE,
    /** One for each place where it is served, or several altogether. */
    EACH
  }

  /** Of a type, the types that say less and are true as well. */
  private static final Map<String, Set<String>> WIDER =
      Map.of(
          "vision-language", Set.of("llm"),
          "adapter", Set.of("llm", "vision-language"), // a name of its own for a changed model
          "reranker", Set.of("classifier"), // by its head, with one class
          "reward", Set.of("classifier"));

  private final String key;
  private final Kind kind;
  private final Many many;
  private final String unit;
  private final String help;
  private final List<Role> trusted;

  ModelField(String key, Kind kind, Many many, String unit, String help, List<Role> trusted) {
    this.key = key;
    this.kind = kind;
    this.many = many;
    this.unit = unit;
    this.help = help;
    this.trusted = trusted;
  }

  /** Its name in answers. */
  public String key() {
    return key;
  }

  public boolean isNumber() {
    return kind != Kind.TEXT;
  }

  /** Whether several values stand side by side; of another field they contradict each other. */
  public boolean isMany() {
    return many == Many.EACH;
  }

  /** {@code bytes}, {@code tokens}; empty for none. */
  public String unit() {
    return unit;
  }

  public String help() {
    return help;
  }

  /**
   * Whether who says the one says the other, too: a model that also sees is an llm, and whoever
   * calls it that is right.
   */
  boolean includes(String value, String other) {
    if (value.equalsIgnoreCase(other)) return true;
    return this == TYPE
        && WIDER
            .getOrDefault(value.toLowerCase(Locale.ROOT), Set.of())
            .contains(other.toLowerCase(Locale.ROOT));
  }

  /** Whether a number says something. */
  boolean can(double number) {
    return switch (kind) {
      case TEXT -> false;
      case NUMBER -> number > 0 && number < Double.POSITIVE_INFINITY;
      case PRICE -> number >= 0 && number < Double.POSITIVE_INFINITY;
    };
  }

  /** Whose word counts first: 0 is the best. */
  int rank(Role role) {
    int at = trusted.indexOf(role);
    return at < 0 ? trusted.size() : at;
  }
}
