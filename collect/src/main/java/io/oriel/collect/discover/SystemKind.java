package io.oriel.collect.discover;

import io.oriel.collect.Collector;
import io.oriel.collect.container.CommandLine;
import io.oriel.collect.langfuse.LangfuseCollector;
import io.oriel.collect.litellm.LitellmCollector;
import io.oriel.collect.modelserver.Engine;
import io.oriel.collect.modelserver.ModelServerCollector;
import io.oriel.collect.n8n.N8nCollector;
import io.oriel.collect.ollama.OllamaCollector;
import io.oriel.collect.peer.Peer;
import io.oriel.collect.qdrant.QdrantCollector;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The kinds of systems that collectors read by HTTP: how one is recognised, where it listens by
 * default, and who reads it. A row a kind.
 */
@SuppressWarnings("ImmutableEnumChecker") // lists of List.of(), functions without state
public enum SystemKind {
  VLLM(
      "vllm",
      8000,
      List.of("vllm/vllm-", "/vllm-openai", "/vllm"),
      List.of("vllm serve", "vllm.entrypoints."),
      (peer, _) -> new ModelServerCollector(Engine.VLLM, peer, "/metrics")),
  SGLANG(
      "sglang",
      30_000,
      List.of("lmsysorg/sglang", "/sglang"),
      List.of("sglang.launch_server"),
      (peer, _) -> new ModelServerCollector(Engine.SGLANG, peer, "/metrics")),
  TGI(
      "tgi",
      80,
      List.of("text-generation-inference"),
      List.of("text-generation-launcher"),
      (peer, _) -> new ModelServerCollector(Engine.TGI, peer, "/metrics")),
  TRITON(
      "triton",
      8002,
      List.of("tritonserver"),
      List.of("tritonserver"),
      (peer, _) -> new ModelServerCollector(Engine.TRITON, peer, "/metrics")),
  LLAMA_CPP(
      "llama.cpp",
      8080,
      List.of("llama.cpp:", "/llama.cpp"),
      List.of("llama-server"),
      (peer, _) -> new ModelServerCollector(Engine.LLAMA_CPP, peer, "/metrics")),
  OLLAMA(
      "ollama",
      11_434,
      List.of("ollama/ollama"),
      List.of("ollama serve"),
      (peer, _) -> new OllamaCollector(peer)),
  LANGFUSE(
      "langfuse",
      3000,
      List.of("/langfuse/langfuse:", "/langfuse/langfuse@"), // its worker answers nothing
      List.of(),
      (peer, _) -> new LangfuseCollector(peer)),
  QDRANT(
      "qdrant",
      6333,
      List.of("qdrant/qdrant"),
      List.of("bin/qdrant"),
      (peer, _) -> new QdrantCollector(peer)),
  N8N("n8n", 5678, List.of("n8nio/n8n"), List.of("n8n start"), (peer, _) -> new N8nCollector(peer)),
  LITELLM(
      "litellm",
      4000,
      List.of("berriai/litellm", "/litellm:"),
      List.of("bin/litellm ", "litellm --config", "litellm --port", "litellm --host"),
      (peer, options) -> new LitellmCollector(peer, options.litellm()));

  private final String word;
  private final int port;
  private final List<String> images;
  private final List<String> commands;
  private final BiFunction<Peer, SystemOptions, Collector> reader;

  SystemKind(
      String word,
      int port,
      List<String> images,
      List<String> commands,
      BiFunction<Peer, SystemOptions, Collector> reader) {
    this.word = word;
    this.port = port;
    this.images = images;
    this.commands = commands;
    this.reader = reader;
  }

  /** As it is written in a configuration. */
  public String word() {
    return word;
  }

  /** Where it listens unless it was told otherwise. */
  public int port() {
    return port;
  }

  /** A collector of one such system. */
  public Collector reader(Peer peer) {
    return reader(peer, SystemOptions.NORMAL);
  }

  Collector reader(Peer peer, SystemOptions options) {
    return reader.apply(peer, options);
  }

  /** The kind of that word, in any case. */
  public static Optional<SystemKind> of(String word) {
    String small = word.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(each -> each.word.equals(small)).findFirst();
  }

  /** All words, for messages. */
  public static String words() {
    return Arrays.stream(values()).map(SystemKind::word).collect(Collectors.joining(", "));
  }

  /**
   * The kind that an image or a command line belongs to. The command line speaks first: images are
   * often built anew under other names.
   */
  static Optional<SystemKind> recognise(String image, CommandLine command) {
    String line = command.text();
    for (SystemKind each : values()) {
      if (each.commands.stream().anyMatch(line::contains)) return Optional.of(each);
    }
    String small = "/" + image.toLowerCase(Locale.ROOT) + ":"; // where there is no tag
    for (SystemKind each : values()) {
      if (each.images.stream().anyMatch(small::contains)) return Optional.of(each);
    }
    return Optional.empty();
  }
}
