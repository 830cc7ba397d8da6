package io.oriel.collect.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemsTest {
  private static final Space SPACE = new Space(4096, 100, 40, 30, 1000, 900);
  private static final String MOUNTS =
      """
      22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
      23 22 8:2 / /my\\040data ro,relatime - xfs /dev/sdb rw
      24 22 0:50 / /far rw - nfs4 server:/export rw
      25 22 0:51 / /farther rw - nfs4 server:/other rw
      26 22 0:5 / /proc rw - proc proc rw
      27 22 0:60 / /var/lib/docker/overlay2/x/merged rw - overlay overlay rw
      """;

  @TempDir Path folder;
  private final Readings readings = new Readings();

  private Told round(FileSystems part) throws Unreadable {
    readings.begin();
    part.read(readings);
    return Told.of(readings);
  }

  private FileSystems part(KernelFiles files, Space.Asking asking, Duration patience) {
    var tree = new Tree(folder).with("proc/1/mountinfo", MOUNTS);
    return new FileSystems(files, tree.roots, () -> asking, patience);
  }

  @Test
  void space_is_told_of_real_file_systems_with_their_names_unescaped() throws Unreadable {
    try (var files = new KernelFiles()) {
      Told told = round(part(files, _ -> SPACE, Duration.ofSeconds(10)));

      String root = "{device=\"/dev/sda1\", fstype=\"ext4\", mountpoint=\"/\"}";
      String data = "{device=\"/dev/sdb\", fstype=\"xfs\", mountpoint=\"/my data\"}";
      assertThat(told.of("node_filesystem_size_bytes" + root)).isEqualTo(409_600);
      assertThat(told.of("node_filesystem_avail_bytes" + root)).isEqualTo(30 * 4096);
      assertThat(told.of("node_filesystem_readonly" + root)).isZero();
      assertThat(told.of("node_filesystem_readonly" + data)).isEqualTo(1);
      assertThat(told.values().keySet())
          .noneMatch(labels -> labels.valueOf("mountpoint").startsWith("/var/lib/docker"));
    }
  }

  @Test
  void a_mount_that_hangs_is_waited_for_once_and_harms_no_other() throws Unreadable {
    var hanging = new CountDownLatch(1);
    Space.Asking asking =
        mount -> {
          if (mount.path.endsWith("/far")) await(hanging);
          return SPACE;
        };
    try (var files = new KernelFiles()) {
      FileSystems part = part(files, asking, Duration.ofMillis(200));

      Told first = round(part);
      long began = System.nanoTime();
      Told second = round(part);
      long secondTook = System.nanoTime() - began;

      String far =
          "{device=\"server:/export\", device_error=\"mountpoint timeout\", fstype=\"nfs4\","
              + " mountpoint=\"/far\"}";
      String farther = "{device=\"server:/other\", fstype=\"nfs4\", mountpoint=\"/farther\"}";
      for (Told told : List.of(first, second)) {
        assertThat(told.of("node_filesystem_device_error" + far)).isEqualTo(1);
        assertThat(told.of("node_filesystem_size_bytes" + farther)).isEqualTo(409_600);
      }
      assertThat(Duration.ofNanos(secondTook)).isLessThan(Duration.ofMillis(150));
    } finally {
      hanging.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_mount_that_refuses_says_why() throws Unreadable {
    Space.Asking asking =
        mount -> {
          if (mount.device.equals("/dev/sdb")) throw Unreadable.because("permission denied");
          return SPACE;
        };
    try (var files = new KernelFiles()) {
      Told told = round(part(files, asking, Duration.ofSeconds(10)));

      assertThat(
              told.of(
                  "node_filesystem_device_error{device=\"/dev/sdb\","
                      + " device_error=\"permission denied\", fstype=\"xfs\","
                      + " mountpoint=\"/my data\"}"))
          .isEqualTo(1);
    }
  }
}
