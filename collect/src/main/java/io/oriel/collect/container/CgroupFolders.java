package io.oriel.collect.container;

import io.oriel.collect.node.Roots;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the folders in which the kernel accounts for containers: of version 2, or of version 1. */
final class CgroupFolders {
  private static final int MOST_FOLDERS = 20_000;
  private static final int DEEPEST = 12;
  private static final int MOST_PIDS = 10_000;

  private final Path proc;
  private final String root;
  private final boolean isV2;
  private final KernelText text;

  /**
   * One container's place.
   *
   * @param path below the root, as the label {@code id} has it
   */
  record Place(CgroupName name, String path, CgroupReader reader) {}

  CgroupFolders(Roots roots, KernelText text) {
    this.proc = roots.proc();
    Path folder = roots.sys().resolve("fs/cgroup");
    this.root = folder.toString();
    this.isV2 = Files.exists(folder.resolve("cgroup.controllers"));
    this.text = text;
  }

  /**
   * Where a container is accounted for, by one of its processes; null where that can't be seen from
   * here. The daemon's word alone is not enough: it may live on another machine, whose process
   * numbers are others' here.
   */
  @Nullable Place of(String id, long pid) {
    Cgroup cgroup = Cgroup.of(proc, pid);
    if (cgroup == null) return null;
    CgroupName name = cgroup.name();
    if (name == null || !name.id().equals(id)) return null;
    return isV2 ? v2(name, cgroup.unified()) : v1(name, cgroup.controllers());
  }

  private Place v2(CgroupName name, String path) {
    String own = upTo(name.id(), path);
    return new Place(name, own, new CgroupV2(text, root + own));
  }

  private Place v1(CgroupName name, Map<String, String> controllers) {
    var own = new HashMap<String, String>();
    controllers.forEach((controller, path) -> own.put(controller, upTo(name.id(), path)));
    String path = own.getOrDefault("memory", own.getOrDefault("cpu", "/"));
    return new Place(name, path, new CgroupV1(text, root, own));
  }

  /** What runs inside may part its group further; the limits are at the folder with the id. */
  private static String upTo(String id, String path) {
    int at = path.lastIndexOf(id);
    int slash = at < 0 ? -1 : path.indexOf('/', at + id.length());
    return slash < 0 ? path : path.substring(0, slash);
  }

  /** Every container that the kernel accounts for, whoever started it. */
  List<Place> walk() {
    var found = new ArrayList<Place>();
    String top = isV2 ? root : root + "/memory";
    walk(new File(top), "", 0, new int[] {MOST_FOLDERS}, found);
    return found;
  }

  private void walk(File folder, String path, int depth, int[] left, List<Place> found) {
    File[] inner = folder.listFiles(File::isDirectory);
    if (inner == null || depth > DEEPEST) return;
    for (File each : inner) {
      if (--left[0] < 0) return;
      String own = path + "/" + each.getName();
      CgroupName name = CgroupName.of(own);
      if (name == null) walk(each, own, depth + 1, left, found);
      else found.add(isV2 ? v2(name, own) : v1(name, everywhere(own)));
    }
  }

  /** In version 1 each controller has the same tree. */
  private static Map<String, String> everywhere(String path) {
    var all = new HashMap<String, String>();
    for (String each : List.of("cpu", "cpuacct", "memory", "blkio", "pids")) all.put(each, path);
    return all;
  }

  /** The processes of a folder and of those below it, as the host counts. */
  List<Long> pids(CgroupReader reader) {
    var pids = new ArrayList<Long>();
    pids(new File(reader.folder()), 0, pids);
    return List.copyOf(pids);
  }

  private void pids(File folder, int depth, List<Long> into) {
    if (text.read(folder + "/cgroup.procs")) {
      for (String line : text.all().split("\n", -1)) {
        if (!line.isEmpty() && into.size() < MOST_PIDS) into.add(number(line));
      }
    }
    File[] inner = depth > DEEPEST ? null : folder.listFiles(File::isDirectory);
    if (inner == null) return;
    for (File each : inner) pids(each, depth + 1, into);
  }

  private static long number(String line) {
    try {
      return Long.parseLong(line.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
