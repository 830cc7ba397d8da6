package io.oriel.collect.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Collector;
import io.oriel.collect.container.CommandLine;
import io.oriel.collect.container.Container;
import io.oriel.collect.container.GpuRequest;
import io.oriel.collect.peer.Address;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoveryTest {
  @TempDir Path proc;
  private final List<Container> containers = new ArrayList<>();
  private final List<FoundSystem> configured = new ArrayList<>();

  private Discovery discovery() {
    var here = new Discovery.Places(() -> List.copyOf(containers), proc);
    return new Discovery(configured, List.of(here), new ManualClock(0), 1000);
  }

  private static List<String> where(List<Collector> collectors) {
    return collectors.stream().map(each -> each.name() + " " + each.where()).toList();
  }

  private static Container container(
      String image, List<String> command, String network, Container.Port... ports) {
    return new Container(
        "c".repeat(64),
        "qwen",
        image,
        "",
        "running",
        "",
        0,
        7,
        List.of(),
        command,
        Map.of(),
        Map.of(),
        network,
        Map.of("bridge", "172.17.0.5"),
        List.of(ports),
        GpuRequest.NONE,
        List.of(),
        "");
  }

  @Test
  void a_server_in_a_container_is_asked_at_its_published_port() {
    var published = new Container.Port(8000, "tcp", 18_000, "0.0.0.0");
    containers.add(container("vllm/vllm-openai:v0.10.0", List.of(), "bridge", published));

    var found = discovery().find();

    assertThat(where(found)).containsExactly("vllm http://127.0.0.1:18000");
    assertThat(found.getFirst().foundBy()).isEqualTo("container qwen");
  }

  @Test
  void a_port_of_the_command_line_counts_and_without_publishing_the_containers_own_address() {
    var command = List.of("/usr/bin/python3", "-m", "sglang.launch_server", "--port=31000");
    containers.add(container("registry.example/our-own:1", command, "bridge"));

    assertThat(where(discovery().find())).containsExactly("sglang http://172.17.0.5:31000");
  }

  @Test
  void a_container_in_the_hosts_network_is_asked_at_the_hosts_address() {
    var command = List.of("llama-server", "--port", "9090", "--metrics");
    containers.add(container("ghcr.io/ggml-org/llama.cpp:server", command, "host"));

    assertThat(where(discovery().find())).containsExactly("llama.cpp http://127.0.0.1:9090");
  }

  @Test
  void a_process_is_found_by_its_command_line_unless_a_container_holds_it() throws Exception {
    process(10, "/opt/venv/bin/vllm\0serve\0Qwen/Qwen3-32B\0--port\08001\0", "0::/user.slice");
    process(11, "/usr/bin/ollama\0serve\0", "0::/system.slice/ollama.service");
    process(12, "/usr/bin/ollama\0serve\0", "0::/docker/" + "a".repeat(64));
    process(13, "vim\0vllm.md\0", "0::/user.slice");

    assertThat(where(discovery().find()))
        .containsExactlyInAnyOrder("vllm http://127.0.0.1:8001", "ollama http://127.0.0.1:11434");
  }

  @Test
  void a_system_that_stays_keeps_its_collector_and_one_that_goes_is_gone() {
    var discovery = discovery();
    containers.add(container("ollama/ollama:latest", List.of(), "host"));
    var first = discovery.find();
    var second = discovery.find();
    containers.clear();

    assertThat(second.getFirst()).isSameAs(first.getFirst());
    assertThat(discovery.find()).isEmpty();
  }

  @Test
  void what_is_configured_counts_before_what_is_found_there() {
    var address = Address.of(URI.create("http://127.0.0.1:11434"), "oriel.yaml");
    configured.add(new FoundSystem(SystemKind.OLLAMA, address));
    containers.add(container("ollama/ollama:latest", List.of(), "host"));

    var found = discovery().find();

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().foundBy()).isEqualTo("oriel.yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "vllm/vllm-openai:latest, VLLM",
    "registry.example/team/vllm:0.9, VLLM",
    "lmsysorg/sglang:v0.5, SGLANG",
    "ghcr.io/huggingface/text-generation-inference:3.3, TGI",
    "nvcr.io/nvidia/tritonserver:25.01-py3, TRITON",
    "ollama/ollama, OLLAMA",
    "ghcr.io/berriai/litellm:main-stable, LITELLM",
    "ghcr.io/berriai/litellm-database:v1.95.0, LITELLM"
  })
  void kinds_are_recognised_by_the_image(String image, SystemKind kind) {
    assertThat(SystemKind.recognise(image, new CommandLine(List.of()))).contains(kind);
  }

  @ParameterizedTest
  @CsvSource({"postgres:16", "litellm-dashboards", "grafana/grafana"})
  void other_images_are_left_in_peace(String image) {
    assertThat(SystemKind.recognise(image, new CommandLine(List.of()))).isEmpty();
  }

  private void process(int pid, String command, String cgroup) throws IOException {
    Path folder = Files.createDirectories(proc.resolve("" + pid));
    Files.writeString(folder.resolve("cmdline"), command);
    Files.writeString(folder.resolve("cgroup"), cgroup + "\n");
  }
}
