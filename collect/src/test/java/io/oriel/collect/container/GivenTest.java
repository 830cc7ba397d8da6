package io.oriel.collect.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.oriel.collect.peer.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a container was given: GPUs, secrets that stay inside; and where its daemon listens. */
class GivenTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static GpuRequest gpus(String hostConfig, String visible) throws JsonProcessingException {
    JsonNode host = JSON.readTree(hostConfig.replace('\'', '"'));
    return Gpus.of(host, visible.isEmpty() ? Map.of() : Map.of("NVIDIA_VISIBLE_DEVICES", visible));
  }

  @Test
  void all_gpus_are_asked_for_by_a_count_of_minus_one() throws IOException {
    assertThat(gpus("{'DeviceRequests':[{'Driver':'','Count':-1,'Capabilities':[['gpu']]}]}", "0"))
        .isEqualTo(new GpuRequest(true, 0, List.of(), "device request"));
  }

  @Test
  void a_number_of_gpus_says_not_which() throws IOException {
    GpuRequest two = gpus("{'DeviceRequests':[{'Count':2,'Capabilities':[['gpu','nvidia']]}]}", "");

    assertThat(two).isEqualTo(new GpuRequest(false, 2, List.of(), "device request"));
    assertThat(two.isGpu()).isTrue();
  }

  @Test
  void names_of_cdi_are_kept_as_they_are() throws IOException {
    assertThat(
            gpus("{'DeviceRequests':[{'Driver':'cdi','DeviceIDs':['nvidia.com/gpu=1']}]}", "")
                .devices())
        .containsExactly("nvidia.com/gpu=1");
    assertThat(
            gpus("{'DeviceRequests':[{'Driver':'cdi','DeviceIDs':['nvidia.com/gpu=all']}]}", "")
                .all())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "nvidia, all, true, ''",
    "nvidia, none, false, ''",
    "nvidia, void, false, ''",
    "nvidia, GPU-1, false, GPU-1",
    "runc, all, false, ''"
  })
  void the_environment_counts_with_nvidias_runtime_alone(
      String runtime, String visible, boolean all, String device) throws IOException {
    GpuRequest given = gpus("{'Runtime':'" + runtime + "'}", visible);

    assertThat(given.all()).isEqualTo(all);
    assertThat(String.join(",", given.devices())).isEqualTo(device);
  }

  @Test
  void device_files_are_gpus_too() throws IOException {
    assertThat(
            gpus("{'Devices':[{'PathOnHost':'/dev/nvidia3'},{'PathOnHost':'/dev/nvidiactl'}]}", "")
                .devices())
        .containsExactly("3");
    assertThat(gpus("{'Devices':[{'PathOnHost':'/dev/kfd'}]}", "").all()).isTrue();
    assertThat(gpus("{'Devices':null,'DeviceRequests':null}", "")).isEqualTo(GpuRequest.NONE);
  }

  @Test
  void keys_and_tokens_of_a_command_line_stay_inside() {
    assertThat(
            Secrets.command(
                List.of(
                    "vllm",
                    "--api-key",
                    "sk-1",
                    "--hf-token=hf_2",
                    "--max-num-batched-tokens",
                    "8192",
                    "--tokenizer",
                    "org/tok",
                    "--password",
                    "--verbose")))
        .containsExactly(
            "vllm",
            "--api-key",
            "<secret>",
            "--hf-token=<secret>",
            "--max-num-batched-tokens",
            "8192",
            "--tokenizer",
            "org/tok",
            "--password",
            "--verbose");
  }

  @Test
  void a_script_in_one_word_is_looked_through_too() {
    assertThat(Secrets.command(List.of("sh", "-c", "HF_TOKEN=hf_1 exec vllm serve --api-key sk-2")))
        .containsExactly("sh", "-c", "HF_TOKEN=<secret> exec vllm serve --api-key <secret>");
  }

  @Test
  void the_first_socket_that_is_there_is_taken(@TempDir Path root) throws IOException {
    var sockets = new Sockets(Map.of("XDG_RUNTIME_DIR", "/run/user/1000"), root);
    assertThat(sockets.find()).isNull();

    touch(root.resolve("run/user/1000/podman/podman.sock"));
    assertThat(found(sockets)).endsWith("run/user/1000/podman/podman.sock");
    touch(root.resolve("run/podman/podman.sock"));
    assertThat(found(sockets)).endsWith("/run/podman/podman.sock");
    touch(root.resolve("run/user/1001/docker.sock"));
    assertThat(found(sockets)).endsWith("run/user/1001/docker.sock");
    touch(root.resolve("var/run/docker.sock"));
    assertThat(found(sockets)).endsWith("var/run/docker.sock");
  }

  private static void touch(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
  }

  private static String found(Sockets sockets) {
    @Nullable Address address = sockets.find();
    return address == null ? "" : address.base().getPath();
  }

  @Test
  void certificates_of_dockers_own_tools_make_tls_of_tcp() {
    var sockets = new Sockets(Map.of("DOCKER_CERT_PATH", "/certs"), Path.of("/"));

    Address gpu1 = java.util.Objects.requireNonNull(sockets.address("tcp://gpu1:1234", "a test"));

    assertThat(gpu1.shown()).isEqualTo("https://gpu1:1234");
    assertThat(gpu1.http().tls().ca().file()).isEqualTo(Path.of("/certs/ca.pem"));
    assertThat(sockets.address("ssh://gpu1", "a test")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "unix:///run/docker.sock, unix:///run/docker.sock",
    "tcp://gpu1:2375, http://gpu1:2375",
    "tcp://gpu1:2376, https://gpu1:2376",
    "https://gpu1:2376, https://gpu1:2376",
    "ssh://gpu1, ",
    "unix://, ",
    "tcp://gp u1:2375, "
  })
  void docker_host_is_understood(String host, @Nullable String uri) {
    assertThat(String.valueOf(Sockets.uri(host))).isEqualTo(String.valueOf(uri));
  }
}
