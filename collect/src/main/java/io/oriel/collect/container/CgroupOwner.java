package io.oriel.collect.container;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a process's control group and asks the list of containers for the name behind its id. */
record CgroupOwner(Path proc, Containers containers) implements ProcessOwner {
  @Override
  public @Nullable Owner of(long pid) {
    Cgroup cgroup = Cgroup.of(proc, pid);
    CgroupName name = cgroup == null ? null : cgroup.name();
    if (name == null) return null;
    String foundBy = "/proc/" + pid + "/cgroup";
    Container known = containers.byId(name.id());
    return known == null
        ? new Owner(name.runtime(), name.id(), Container.shortId(name.id()), "", foundBy)
        : new Owner(name.runtime(), name.id(), known.name(), known.image(), foundBy);
  }
}
