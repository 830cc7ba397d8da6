package io.oriel.collect.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.container.Usage.DiskUse;
import io.oriel.model.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupFilesTest {
  private final KernelText text = new KernelText();
  private final Usage usage = new Usage();

  @Test
  void version_2_is_read_as_it_was_recorded() {
    Path recorded = SharedData.reference("metrics/samples/cgroup-v2");

    assertThat(new CgroupV2(text, recorded.toString()).read(usage)).isTrue();

    assertThat(usage.of(Figure.CPU_USAGE)).isEqualTo(98_701.325189);
    assertThat(usage.of(Figure.CPU_USER)).isEqualTo(61_355.716211);
    assertThat(usage.of(Figure.CPU_QUOTA)).isEqualTo(4_800_000);
    assertThat(usage.of(Figure.CPU_PERIOD)).isEqualTo(100_000);
    assertThat(usage.of(Figure.CPU_PERIODS)).isEqualTo(3_936_904);
    assertThat(usage.of(Figure.CPU_THROTTLED)).isEqualTo(19_175.137007);
    assertThat(usage.of(Figure.RSS)).isEqualTo(2_471_755_776.0);
    assertThat(usage.of(Figure.KERNEL)).isEqualTo(2_065_149_952.0);
    assertThat(usage.of(Figure.INACTIVE_FILE)).isEqualTo(2_935_459_840.0);
    assertThat(usage.of(Figure.MAJOR_FAULTS)).isEqualTo(8_497);
    assertThat(usage.of(Figure.WORKING_SET))
        .isEqualTo(usage.of(Figure.MEMORY) - usage.of(Figure.INACTIVE_FILE));
    assertThat(usage.of(Figure.MEMORY_LIMIT)).isEqualTo(103_079_215_104.0);
    assertThat(usage.of(Figure.OOM_KILLS)).isZero();
    assertThat(usage.of(Figure.CPU_WAITING)).isEqualTo(293.391454);
    assertThat(usage.of(Figure.CPU_STALLED)).isEqualTo(277.111656);
    assertThat(usage.disks())
        .containsExactly(new DiskUse("259:8", 74_526_720, 3_789_381_632.0, 2_936, 181_928));
  }

  @Test
  void every_recorded_limit_of_version_2_that_says_max_is_absent(@TempDir Path folder)
      throws IOException {
    write(folder, "cpu.stat", "usage_usec 1\nnr_periods 0\n");
    write(folder, "cpu.max", "max 100000\n");
    write(folder, "memory.max", "max\n");
    write(folder, "memory.swap.max", "max\n");
    write(folder, "memory.low", "0\n");
    write(folder, "pids.max", "max\n");
    write(folder, "io.stat", "8:0\n");

    assertThat(new CgroupV2(text, folder.toString()).read(usage)).isTrue();

    assertThat(usage.has(Figure.CPU_QUOTA)).isFalse();
    assertThat(usage.has(Figure.CPU_PERIODS)).isFalse();
    assertThat(usage.has(Figure.MEMORY_LIMIT)).isFalse();
    assertThat(usage.has(Figure.SWAP_LIMIT)).isFalse();
    assertThat(usage.has(Figure.RESERVATION)).isFalse();
    assertThat(usage.has(Figure.THREADS_MAX)).isFalse();
    assertThat(usage.has(Figure.MEMORY)).isFalse();
    assertThat(usage.has(Figure.WORKING_SET)).isFalse();
    assertThat(usage.disks()).isEmpty();
  }

  @Test
  void a_weight_of_version_2_is_told_as_shares(@TempDir Path folder) throws IOException {
    write(folder, "cpu.stat", "usage_usec 1\n");
    write(folder, "cpu.weight", "39\n");

    new CgroupV2(text, folder.toString()).read(usage);

    assertThat(usage.of(Figure.CPU_SHARES)).isEqualTo(998); // Docker makes 39 of 1024
  }

  @Test
  void version_1_is_read_from_a_folder_a_controller(@TempDir Path root) throws IOException {
    write(root, "cpuacct/docker/x/cpuacct.usage", "134595900\n");
    write(root, "cpuacct/docker/x/cpuacct.stat", "user 8\nsystem 5\n");
    write(root, "cpu/docker/x/cpu.cfs_quota_us", "50000\n");
    write(root, "cpu/docker/x/cpu.cfs_period_us", "100000\n");
    write(
        root,
        "cpu/docker/x/cpu.stat",
        "nr_periods 60\nnr_throttled 1\nthrottled_time 2000000000\n");
    write(root, "memory/docker/x/memory.usage_in_bytes", "741376\n");
    write(root, "memory/docker/x/memory.limit_in_bytes", "9223372036854771712\n");
    write(
        root,
        "memory/docker/x/memory.stat",
        "rss 1\ntotal_rss 114688\ntotal_inactive_file 102400\n");
    write(
        root,
        "blkio/docker/x/blkio.throttle.io_service_bytes_recursive",
        "259:0 Read 823296\n259:0 Write 122880\n259:0 Total 946176\nTotal 946176\n");
    var paths =
        Map.of(
            "cpu",
            "/docker/x",
            "cpuacct",
            "/docker/x",
            "memory",
            "/docker/x",
            "blkio",
            "/docker/x");

    assertThat(new CgroupV1(text, root.toString(), paths).read(usage)).isTrue();

    assertThat(usage.of(Figure.CPU_USAGE)).isEqualTo(0.1345959);
    assertThat(usage.of(Figure.CPU_SYSTEM)).isEqualTo(0.05);
    assertThat(usage.of(Figure.CPU_THROTTLED)).isEqualTo(2);
    assertThat(usage.of(Figure.CPU_QUOTA)).isEqualTo(50_000);
    assertThat(usage.of(Figure.RSS)).isEqualTo(114_688);
    assertThat(usage.of(Figure.WORKING_SET)).isEqualTo(638_976);
    assertThat(usage.has(Figure.MEMORY_LIMIT)).isFalse();
    assertThat(usage.disks()).containsExactly(new DiskUse("259:0", 823_296, 122_880, 0, 0));
  }

  @Test
  void without_a_quota_of_version_1_nothing_is_said_of_throttling(@TempDir Path root)
      throws IOException {
    write(root, "cpuacct/docker/x/cpuacct.usage", "1\n");
    write(root, "cpu/docker/x/cpu.cfs_quota_us", "-1\n");
    write(root, "cpu/docker/x/cpu.stat", "nr_periods 0\n");

    new CgroupV1(text, root.toString(), Map.of("cpu", "/docker/x", "cpuacct", "/docker/x"))
        .read(usage);

    assertThat(usage.has(Figure.CPU_QUOTA)).isFalse();
    assertThat(usage.has(Figure.CPU_PERIODS)).isFalse();
  }

  @Test
  void a_folder_that_is_gone_is_no_zero(@TempDir Path folder) {
    assertThat(new CgroupV2(text, folder + "/gone").read(usage)).isFalse();
    assertThat(new CgroupV1(text, folder + "/gone", Map.of()).read(usage)).isFalse();
  }

  @Test
  void interfaces_are_those_by_which_the_container_meets_others(@TempDir Path folder)
      throws IOException {
    write(
        folder,
        "dev",
        """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo:    1000      10    0    0    0     0          0         0     1000      10    0    0    0     0       0          0
          eth0:123456789      10    1    2    0     0          0         0     2000      20    3    4    0     0       0          0
        """);

    assertThat(NetDev.read(text, folder + "/dev", usage.networks())).isTrue();

    assertThat(usage.networks())
        .singleElement()
        .satisfies(eth0 -> {
          assertThat(eth0.name()).isEqualTo("eth0");
          assertThat(eth0.received()).containsExactly(123_456_789, 10, 1, 2);
          assertThat(eth0.sent()).containsExactly(2_000, 20, 3, 4);
        });
  }

  private static void write(Path folder, String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
