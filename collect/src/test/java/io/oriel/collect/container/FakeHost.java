package io.oriel.collect.container;

import io.oriel.collect.node.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernel's files of a machine, written into a folder. */
final class FakeHost {
  private final Path folder;

  FakeHost(Path folder) throws IOException {
    this.folder = folder;
    write("proc/meminfo", "MemTotal: 16384 kB\nSwapTotal: 0 kB\n");
    write(
        "proc/cpuinfo",
        """
        processor\t: 0
        physical id\t: 0
        core id\t: 0

        processor\t: 1
        physical id\t: 0
        core id\t: 0
        """);
    write("sys/fs/cgroup/cgroup.controllers", "cpu io memory pids\n");
  }

  Roots roots() {
    return new Roots(folder.resolve("proc"), folder.resolve("sys"), folder);
  }

  FakeHost write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  /** A process of a container, in version 2's way with systemd. */
  FakeHost process(long pid, String id) throws IOException {
    String path = "/system.slice/docker-" + id + ".scope";
    write("proc/" + pid + "/cgroup", "0::" + path + "\n");
    write("sys/fs/cgroup" + path + "/cgroup.procs", pid + "\n");
    write("sys/fs/cgroup" + path + "/cpu.stat", "usage_usec 2500000\nuser_usec 2000000\n");
    write("sys/fs/cgroup" + path + "/memory.current", "1000000\n");
    write(
        "sys/fs/cgroup" + path + "/memory.stat",
        "anon 600000\nfile 400000\ninactive_file 300000\n");
    return write("sys/fs/cgroup" + path + "/memory.max", "max\n");
  }

  void remove(String path) throws IOException {
    Files.delete(folder.resolve(path));
  }
}
