package io.oriel.collect.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupNameTest {
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final String OTHER = "fedcba9876543210".repeat(4);

  @ParameterizedTest
  @CsvSource({
    "0::/system.slice/docker-ID.scope, docker",
    "0::/docker/ID, docker",
    "12:memory:/docker/ID, docker",
    "'4:cpu,cpuacct:/system.slice/docker-ID.scope', docker",
    "0::/machine.slice/libpod-ID.scope/container, podman",
    "0::/machine.slice/libpod-payload-ID, podman",
    "9:memory:/libpod_parent/libpod-ID, podman",
    "0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope/container, podman",
    "0::/kubepods.slice/kubepods-besteffort-pod1a_2b.slice/cri-containerd-ID.scope, containerd",
    "0::/kubepods/besteffort/pod1a-2b/ID, containerd",
    "0::/kubepods.slice/crio-ID.scope, cri-o",
    "0::/some.slice/ID, container"
  })
  void the_runtime_and_the_id_are_in_the_path(String line, String runtime) {
    CgroupName name = Cgroup.parse(line.replace("ID", ID)).name();

    assertThat(name).isEqualTo(new CgroupName(runtime, ID));
  }

  @Test
  void of_a_container_in_a_container_the_inner_one_counts() {
    assertThat(CgroupName.of("/docker/" + OTHER + "/docker/" + ID))
        .isEqualTo(new CgroupName("docker", ID));
  }

  @Test
  void an_lxc_container_is_known_by_its_number() {
    assertThat(CgroupName.of("/lxc/101/ns/init.scope")).isEqualTo(new CgroupName("lxc", "101"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/../..",
        "/user.slice/user-1000.slice/session-1.scope",
        "/system.slice/libpod-conmon-ID.scope",
        "/docker/IDa",
        "/docker/aID",
        "/docker/buildkit",
        "/lxc/"
      })
  void what_is_no_container_has_no_name(String path) {
    assertThat(CgroupName.of(path.replace("ID", ID))).isNull();
  }

  @Test
  void a_process_is_told_by_name_and_image_where_its_container_is_known(@TempDir Path proc)
      throws IOException {
    Path process = Files.createDirectories(proc.resolve("4711"));
    Files.writeString(process.resolve("cgroup"), "0::/system.slice/docker-" + ID + ".scope\n");
    Container known = container("vllm-qwen3", "vllm/vllm-openai:v0.10.0");

    assertThat(ProcessOwner.byCgroup(proc, () -> List.of(known)).of(4711))
        .isEqualTo(
            new ProcessOwner.Owner(
                "docker", ID, "vllm-qwen3", "vllm/vllm-openai:v0.10.0", "/proc/4711/cgroup"));
    assertThat(ProcessOwner.byCgroup(proc, Containers.NONE).of(4711))
        .isEqualTo(new ProcessOwner.Owner("docker", ID, "0123456789ab", "", "/proc/4711/cgroup"));
  }

  private static Container container(String name, String image) {
    return new Container(
        ID,
        name,
        image,
        "",
        "running",
        "",
        0,
        4711,
        List.of(4711L),
        List.of("vllm", "serve", "--port", "8000", "--served-model-name=qwen3"),
        Map.of(),
        Map.of(),
        "bridge",
        Map.of(),
        List.of(),
        GpuRequest.NONE,
        List.of(),
        "");
  }

  @Test
  void an_option_of_the_command_line_is_found_in_both_ways_of_writing() {
    Container vllm = container("vllm", "");

    assertThat(vllm.option("--port")).isEqualTo("8000");
    assertThat(vllm.option("--served-model-name")).isEqualTo("qwen3");
    assertThat(vllm.option("--served")).isNull();
  }

  @Test
  void of_a_fleet_elsewhere_the_daemon_says_whose_its_first_processes_are() {
    ProcessOwner owners =
        ProcessOwner.byDaemon(() -> List.of(container("vllm-qwen3", "vllm/vllm-openai:v0.10.0")));

    assertThat(owners.of(4711)).extracting(ProcessOwner.Owner::name).isEqualTo("vllm-qwen3");
    assertThat(owners.of(4712)).isNull();
    assertThat(owners.of(0)).isNull();
  }

  @Test
  void a_process_that_is_gone_belongs_to_nobody(@TempDir Path proc) {
    assertThat(ProcessOwner.byCgroup(proc, Containers.NONE).of(4711)).isNull();
  }

  @Test
  void a_process_of_the_machine_belongs_to_nobody(@TempDir Path proc) throws IOException {
    Path process = Files.createDirectories(proc.resolve("1"));
    Files.writeString(process.resolve("cgroup"), "0::/init.scope\nnonsense\n");

    assertThat(ProcessOwner.byCgroup(proc, Containers.NONE).of(1)).isNull();
  }
}
