package io.oriel.collect.container;

import io.oriel.collect.node.Roots;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures containers by what the kernel accounts for: cheap, and without asking the daemon. */
final class Measuring {
  private static final int MOST_COUNTED = 256; // processes whose open files are counted

  private final Path proc;
  private final Path root;
  private final KernelText text = new KernelText();
  private final CgroupFolders folders;

  Measuring(Roots roots) {
    this.proc = roots.proc();
    this.root = roots.root();
    this.folders = new CgroupFolders(roots, text);
  }

  KernelText text() {
    return text;
  }

  CgroupFolders folders() {
    return folders;
  }

  /** How large the file of its output is; it lies where root alone may look, mostly. */
  void measureLog(Tracked one) {
    Inspected told = one.inspected;
    String path = told == null ? "" : told.log().path();
    one.logBytes = -1;
    if (!path.startsWith("/")) return;
    File file = root.resolve(path.substring(1)).toFile();
    if (file.isFile()) one.logBytes = file.length();
  }

  /** Fills in the container's figures; false where the kernel's files can't be seen from here. */
  boolean measure(Tracked one) {
    one.usage.clear();
    CgroupReader reader = reader(one);
    if (reader == null || !reader.read(one.usage)) {
      one.cgroup = null;
      one.isChanged |= reader != null; // it was there: started anew, perhaps
      one.pids = List.of();
      return false;
    }
    one.pids = folders.pids(reader);
    one.usage.set(Figure.PROCESSES, one.pids.size());
    one.usage.set(Figure.FILES, openFiles(one));
    if (!one.pids.isEmpty() && hasNetwork(one, one.pids.getFirst())) {
      NetDev.read(text, proc + "/" + one.pids.getFirst() + "/net/dev", one.usage.networks());
    }
    return true;
  }

  /** Without a daemon's word the network namespace says it, to those who may look. */
  private boolean hasNetwork(Tracked one, long pid) {
    if (one.inspected != null) return !sharesNetwork(one);
    try {
      Path own = Files.readSymbolicLink(proc.resolve(pid + "/ns/net"));
      return !own.equals(Files.readSymbolicLink(proc.resolve("1/ns/net")));
    } catch (IOException e) {
      return false;
    }
  }

  private @Nullable CgroupReader reader(Tracked one) {
    Inspected told = one.inspected;
    long pid = told == null ? 0 : told.container().mainPid();
    boolean isKnown = one.cgroup != null && (pid == 0 || pid == one.cgroupPid);
    if (isKnown) return one.cgroup;
    CgroupFolders.Place place = folders.of(one.id, pid);
    if (place == null) return null;
    settle(one, place, pid);
    return place.reader();
  }

  /** From now on the container is measured there. */
  static void settle(Tracked one, CgroupFolders.Place place, long pid) {
    if (!place.path().equals(one.cgroupPath)) one.labels = null;
    one.cgroup = place.reader();
    one.cgroupPath = place.path();
    one.cgroupPid = pid;
  }

  /** With the host's network, or another container's, the traffic is not its own. */
  static boolean sharesNetwork(Tracked one) {
    Inspected told = one.inspected;
    if (told == null) return false;
    String mode = told.container().networkMode();
    return mode.equals("host") || mode.startsWith("container:");
  }

  /** NaN where a process may not be looked at: that is root's right, or its user's. */
  private double openFiles(Tracked one) {
    if (one.pids.size() > MOST_COUNTED) return Double.NaN;
    long files = 0;
    for (long pid : one.pids) {
      String[] open = new File(proc + "/" + pid + "/fd").list();
      if (open == null) {
        if (new File(proc + "/" + pid).exists()) return Double.NaN;
        continue; // it has ended meanwhile
      }
      files += open.length;
    }
    return files;
  }
}
