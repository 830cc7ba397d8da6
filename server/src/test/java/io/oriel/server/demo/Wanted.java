package io.oriel.server.demo;

import io.oriel.model.testing.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What dashboards of the field ask for, and which of it pages of facts and captures know. */
final class Wanted {
  private static final Pattern WORD = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern SUFFIX = Pattern.compile("_(bucket|sum|count)$");

  /**
   * A system whose metrics Oriel tells.
   *
   * @param begins how its names begin
   * @param pages beginnings of the files that know its names, in the reference and its samples
   */
  record Of(String title, List<String> begins, List<String> pages) {
    boolean owns(String name) {
      return begins.stream().anyMatch(name::startsWith);
    }
  }

  static final List<Of> SYSTEMS =
      List.of(
          of("NVIDIA GPUs", "DCGM_,nvidia_smi_,nvidia_gpu_", "dcgm,nvidia,nvml"),
          of("The machine", "node_", "node_exporter"),
          of("Containers", "container_,machine_", "cadvisor,docker"),
          of("vLLM", "vllm:,vllm_", "vllm"),
          of("SGLang", "sglang", "sglang"),
          of("Text Generation Inference", "tgi_", "tgi"),
          of("Triton", "nv_", "triton"),
          of("llama.cpp", "llamacpp", "llama"),
          of("Ollama", "ollama_", "ollama"),
          of("LiteLLM", "litellm_", "litellm"),
          of("Langfuse", "langfuse_", "langfuse"),
          of("Qdrant", "qdrant_,collections_", "qdrant"),
          of("n8n", "n8n_", "n8n"));

  private Wanted() {}

  private static Of of(String title, String begins, String pages) {
    return new Of(title, List.of(begins.split(",", -1)), List.of(pages.split(",", -1)));
  }

  /** Every metric that a dashboard of the collection asks for. */
  static Set<String> all() throws IOException {
    var names = new TreeSet<String>();
    Path census = SharedData.conformance("dashboards/METRICS.tsv");
    for (String line : Files.readAllLines(census)) {
      int tab = line.indexOf('\t');
      if (tab > 0) names.add(line.substring(tab + 1).strip());
    }
    names.remove("metric"); // the head of the column
    return names;
  }

  /** Words of the files that know a system's names. */
  static Set<String> words(Of system) throws IOException {
    Path reference = SharedData.reference("metrics");
    var words = new HashSet<String>();
    try (Stream<Path> files = Files.walk(reference)) {
      files
          .filter(file -> Files.isRegularFile(file) && isAbout(system, file))
          .sorted()
          .forEach(file -> addWords(file, words));
    }
    return words;
  }

  private static boolean isAbout(Of system, Path file) {
    String name = file.getFileName().toString();
    return system.pages().stream().anyMatch(name::startsWith);
  }

  private static void addWords(Path file, Set<String> into) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      Matcher found = WORD.matcher(text);
      while (found.find()) into.add(found.group());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean knows(Set<String> words, String name) {
    return words.contains(name) || words.contains(SUFFIX.matcher(name).replaceFirst(""));
  }
}
