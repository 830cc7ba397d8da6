package io.oriel.collect.container;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.node.Roots;
import io.oriel.collect.peer.Peer;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupFoldersTest {
  private static final String ID = "e5".repeat(32);
  @TempDir private Path folder;

  private void write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Roots roots() {
    return new Roots(folder.resolve("proc"), folder.resolve("sys"), folder);
  }

  private CgroupFolders folders() {
    return new CgroupFolders(roots(), new KernelText());
  }

  @Test
  void the_limits_are_at_the_folder_with_the_id_and_not_below_it() throws IOException {
    String scope = "/machine.slice/libpod-" + ID + ".scope";
    write("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
    write("sys/fs/cgroup" + scope + "/cgroup.procs", "");
    write("sys/fs/cgroup" + scope + "/container/cgroup.procs", "77\n78\n");
    write("proc/77/cgroup", "0::" + scope + "/container\n");

    CgroupFolders.Place place = requireNonNull(folders().of(ID, 77));

    assertThat(place.path()).isEqualTo(scope);
    assertThat(place.name().runtime()).isEqualTo("podman");
    assertThat(folders().pids(place.reader())).containsExactly(77L, 78L);
  }

  @Test
  void version_1_is_read_where_both_are_mounted() throws IOException {
    write(
        "proc/77/cgroup",
        "4:memory:/docker/ID\n2:cpuacct:/docker/ID\n0::/docker/ID\n".replace("ID", ID));
    write("sys/fs/cgroup/cpuacct/docker/" + ID + "/cpuacct.usage", "5000000000\n");
    write("sys/fs/cgroup/memory/docker/" + ID + "/memory.usage_in_bytes", "4096\n");
    var usage = new Usage();

    CgroupFolders.Place place = requireNonNull(folders().of(ID, 77));

    assertThat(place.reader().read(usage)).isTrue();
    assertThat(usage.of(Figure.CPU_USAGE)).isEqualTo(5);
    assertThat(usage.of(Figure.MEMORY)).isEqualTo(4_096);
  }

  @Test
  void a_walk_finds_containers_of_every_runtime_once_and_no_monitors() throws IOException {
    String other = "f6".repeat(32);
    write("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
    write("sys/fs/cgroup/system.slice/docker-" + ID + ".scope/init.scope/cgroup.procs", "1\n");
    write("sys/fs/cgroup/kubepods.slice/cri-containerd-" + other + ".scope/cgroup.procs", "2\n");
    write("sys/fs/cgroup/machine.slice/libpod-conmon-" + other + ".scope/cgroup.procs", "3\n");
    write("sys/fs/cgroup/lxc/101/ns/cgroup.procs", "4\n");
    write("sys/fs/cgroup/user.slice/cgroup.procs", "5\n");

    assertThat(folders().walk())
        .extracting(CgroupFolders.Place::name)
        .containsExactlyInAnyOrder(
            new CgroupName("docker", ID),
            new CgroupName("containerd", other),
            new CgroupName("lxc", "101"));
  }

  @Test
  void a_machine_without_control_groups_has_no_containers_and_no_failure() throws Exception {
    var clock = new ManualClock(1_000);
    var readings = new Readings();
    try (var collector =
        new ContainerCollector(
            () -> null,
            each -> Peer.at(each, 1_000, clock),
            roots(),
            clock,
            Duration.ofSeconds(15))) {
      readings.begin();
      collector.collect(readings);
    }

    assertThat(Told.of(readings).types()).containsOnlyKeys("oriel_container_discrepancies");
  }
}
