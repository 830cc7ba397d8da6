package io.oriel.simulate.serve;

import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.GpuProcess;
import io.oriel.simulate.world.GpuState;
import io.oriel.simulate.world.SimContainer;
import io.oriel.simulate.world.Watcher;
import io.oriel.simulate.world.World;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is looked at as files: {@code proc/PID/} of each simulated process, as far as its container
 * is found by it, the cache of models that containers mount, and the logs of containers. A log is
 * as long as it would be, and empty inside: holes take no space on disk.
 */
public final class FleetFiles implements Watcher {
  private static final Logger log = LoggerFactory.getLogger(FleetFiles.class);

  private static final int SOCKET_CORES = Fleet.CPUS / 4; // of two sockets

  private final World world;
  private final Path folder;
  private boolean isBroken;
  private boolean isChanged;

  /**
   * @param folder is made and emptied
   */
  public FleetFiles(World world, Path folder) {
    this.world = world;
    this.folder = folder;
    lay();
    machine();
    models();
    world.watch(this);
  }

  /** Stands for the host's {@code /proc}. */
  public Path proc() {
    return folder.resolve("proc");
  }

  /** Stands for the host's file system: {@code proc} lies beside it. */
  public Path root() {
    return folder.resolve("root");
  }

  Path log(SimContainer container) {
    return folder
        .resolve("containers")
        .resolve(container.id())
        .resolve(container.id() + "-json.log");
  }

  @Override
  public void began(SimContainer container) {
    isChanged = true;
  }

  @Override
  public void stopped(SimContainer container) {
    isChanged = true;
  }

  /** Once after many steps: what came and went between them nobody could have seen. */
  public void settle() {
    if (isChanged) lay();
    isChanged = false;
  }

  /** All processes anew: they are few, and change seldom. */
  private void lay() {
    try {
      Files.createDirectories(proc());
      try (DirectoryStream<Path> old = Files.newDirectoryStream(proc())) {
        for (Path each : old) remove(each);
      }
      for (SimContainer each : world.daemon().containers()) {
        if (each.isRunning()) process(each.pid(), each, each.spec().command());
      }
      for (GpuState gpu : world.gpus()) {
        for (GpuProcess each : gpu.processes()) {
          SimContainer container = world.daemon().container(each.container());
          if (each.pid() != container.pid()) process(each.pid(), container, List.of(each.name()));
        }
      }
    } catch (IOException e) {
      say(e);
    }
  }

  /** What the machine has, as far as shares of it are reckoned by. */
  private void machine() {
    var processors = new StringBuilder();
    for (int i = 0; i < Fleet.CPUS; i++) {
      int core = i % (Fleet.CPUS / 2); // two threads a core
      processors.append("processor\t: %d\nphysical id\t: %d\n".formatted(i, core / SOCKET_CORES));
      processors.append("core id\t\t: %d\n\n".formatted(core % SOCKET_CORES));
    }
    try {
      Files.writeString(proc().resolve("cpuinfo"), processors);
      Files.writeString(
          proc().resolve("meminfo"),
          "MemTotal: %d kB\nSwapTotal: 0 kB\n".formatted(Fleet.MEMORY / 1024));
    } catch (IOException e) {
      say(e);
    }
  }

  private void models() {
    try {
      new HubFiles(root()).lay();
    } catch (IOException e) {
      say(e);
    }
  }

  private void say(IOException e) {
    if (!isBroken)
      log.warn("simulated files can't be written folder={} reason={}", folder, e.toString());
    isBroken = true;
  }

  private static void remove(Path process) throws IOException {
    if (!Files.isDirectory(process)) return;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process)) {
      for (Path each : files) Files.delete(each);
    }
    Files.delete(process);
  }

  private void process(int pid, SimContainer container, List<String> command) throws IOException {
    Path process = Files.createDirectories(proc().resolve(String.valueOf(pid)));
    Files.writeString(
        process.resolve("cgroup"), "0::/system.slice/docker-%s.scope\n".formatted(container.id()));
    Files.writeString(process.resolve("cmdline"), String.join("\0", command) + "\0");
    String name = command.getFirst().substring(command.getFirst().lastIndexOf('/') + 1);
    String comm = name.substring(0, Math.min(15, name.length()));
    Files.writeString(process.resolve("comm"), comm + "\n");
    Files.writeString(process.resolve("stat"), stat(pid, comm, container));
  }

  private String stat(int pid, String comm, SimContainer container) {
    long sinceBoot = Math.max(0, container.startedMs() - world.bootMs()) / 10;
    return "%d (%s) S 1 %d %d 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 %d 0 %d 0 0 0\n"
        .formatted(pid, comm, pid, pid, 16, sinceBoot);
  }

  /** Makes a container's log as long as it is by now. */
  void settle(SimContainer container) {
    Path path = log(container);
    try {
      if (Files.exists(path) && Files.size(path) == container.loggedBytes()) return;
      Files.createDirectories(path.getParent());
      try (var file = new RandomAccessFile(path.toFile(), "rw")) {
        file.setLength(container.loggedBytes());
      }
    } catch (IOException e) {
      say(e);
    }
  }
}
