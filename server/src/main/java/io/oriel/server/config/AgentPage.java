package io.oriel.server.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pages of {@code oriel agent}: each on the port where its field looks for such an exporter,
 * with the collectors that tell it. A row a page; the last takes whatever no other does.
 */
@SuppressWarnings("ImmutableEnumChecker") // sets of Set.of()
public enum AgentPage {
  NODE(9100, "the machine, and the agent itself", Setting.AGENT_NODE_PORT, Set.of("node", "oriel")),
  GPU(9445, "its NVIDIA GPUs", Setting.AGENT_GPU_PORT, Set.of("gpu")),
  CONTAINER(8080, "its containers", Setting.AGENT_CONTAINER_PORT, Set.of("container")),
  LITELLM(9901, "LiteLLM", Setting.AGENT_LITELLM_PORT, Set.of("litellm")),
  VLLM(
      9902,
      "vLLM and the other model servers",
      Setting.AGENT_VLLM_PORT,
      Set.of("vllm", "sglang", "tgi", "triton", "llama.cpp", "ollama")),
  LANGFUSE(9903, "Langfuse", Setting.AGENT_LANGFUSE_PORT, Set.of("langfuse")),
  OTHER(9904, "whatever else is found", Setting.AGENT_OTHER_PORT, Set.of());

  private final int port;
  private final String what;
  private final Setting setting;
  private final Set<String> collectors;

  AgentPage(int port, String what, Setting setting, Set<String> collectors) {
    this.port = port;
    this.what = what;
    this.setting = setting;
    this.collectors = collectors;
  }

  /** As it is written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it tells, for people. */
  public String what() {
    return what;
  }

  int normalPort() {
    return port;
  }

  Setting setting() {
    return setting;
  }

  /** The page of that word. */
  public static Optional<AgentPage> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  /** All words, for messages. */
  public static String words() {
    return Arrays.stream(values()).map(AgentPage::word).collect(Collectors.joining(", "));
  }

  /** The page on which the collector of a name is told. */
  public static AgentPage ofCollector(String name) {
    List<AgentPage> pages = List.of(values());
    return pages.stream().filter(each -> each.collectors.contains(name)).findFirst().orElse(OTHER);
  }
}
