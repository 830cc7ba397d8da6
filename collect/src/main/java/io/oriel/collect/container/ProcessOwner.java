package io.oriel.collect.container;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells whose a process is. */
@FunctionalInterface
public interface ProcessOwner {
  /**
   * The container that a process belongs to.
   *
   * @param runtime {@code docker}, {@code podman}, {@code containerd}, {@code cri-o}, {@code lxc};
   *     {@code container} where the path does not say
   * @param id 64 digits; of {@code lxc} its number
   * @param name as in {@link Container#name}
   * @param image empty where no runtime was asked
   * @param foundBy in words, for the map: {@code /proc/4711/cgroup}
   */
  record Owner(String runtime, String id, String name, String image, String foundBy) {}

  /**
   * Null when the process is in no container, is gone, or its control group can't be read: when the
   * reader itself is in a namespace of control groups, it sees no more than {@code /}.
   *
   * @param pid as the host counts
   */
  @Nullable Owner of(long pid);

  /**
   * By the processes' control groups. Reads one small file a call.
   *
   * @param proc where the host's {@code /proc} is seen
   * @param containers who knows names and images by id
   */
  static ProcessOwner byCgroup(Path proc, Containers containers) {
    return new CgroupOwner(proc, containers);
  }

  /**
   * By what a daemon says of its containers' processes, where they are not this machine's: of a
   * simulated fleet, whose numbers would be others' here. Knows first processes only.
   */
  static ProcessOwner byDaemon(Containers containers) {
    return pid -> {
      for (Container each : containers.list()) {
        if (pid <= 0 || each.mainPid() != pid) continue;
        return new Owner(
            "container", each.id(), each.name(), each.image(), "State.Pid of the daemon");
      }
      return null;
    };
  }
}
