package io.oriel.collect.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The control groups of one process, as {@code /proc/PID/cgroup} names them.
 *
 * @param unified its path in version 2; empty where the machine has none
 * @param controllers its path by controller of version 1: {@code memory}, {@code cpuacct}
 */
record Cgroup(String unified, Map<String, String> controllers) {
  private static final int MOST_BYTES = 64 << 10; // a line a controller, 4096 bytes a path

  /** Null when the process is gone or the file can't be read. */
  static @Nullable Cgroup of(Path proc, long pid) {
    if (pid <= 0) return null;
    try (InputStream in = Files.newInputStream(proc.resolve(pid + "/cgroup"))) {
      return parse(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return null;
    }
  }

  /** Lines {@code number:controllers:path}; a path may hold colons. */
  static Cgroup parse(String text) {
    String unified = "";
    var controllers = new HashMap<String, String>();
    for (String line : text.split("\n", -1)) {
      String[] parts = line.split(":", 3);
      if (parts.length < 3) continue;
      if (parts[1].isEmpty()) unified = parts[2];
      else for (String controller : parts[1].split(",", -1)) controllers.put(controller, parts[2]);
    }
    return new Cgroup(unified, Map.copyOf(controllers));
  }

  /** Whose they are; null when they are no container's. */
  @Nullable CgroupName name() {
    CgroupName name = CgroupName.of(unified);
    if (name != null) return name;
    for (String path : controllers.values()) {
      name = CgroupName.of(path);
      if (name != null) return name;
    }
    return null;
  }

  /** The path that stands for it in the label {@code id}: of the controller that knows it. */
  String path() {
    if (CgroupName.of(unified) != null) return unified;
    return controllers.getOrDefault("memory", controllers.getOrDefault("cpu", unified));
  }
}
