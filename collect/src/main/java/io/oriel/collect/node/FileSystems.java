package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Space of each mounted file system. One that hangs or refuses has only its error told. */
final class FileSystems implements Part {
  private static final Metric SIZE = gauge("size_bytes", "Size in bytes.");
  private static final Metric FREE = gauge("free_bytes", "Bytes that are free, for root.");
  private static final Metric AVAILABLE = gauge("avail_bytes", "Bytes that are free, for anybody.");
  private static final Metric FILES = gauge("files", "How many files there can be.");
  private static final Metric FILES_FREE = gauge("files_free", "How many more files there can be.");
  private static final Metric READ_ONLY = gauge("readonly", "1 when nothing can be written.");
  private static final Metric ERROR =
      gauge("device_error", "1 when the file system could not be asked; the label has the reason.");
  private static final Metric INFO = gauge("mount_info", "1, with the device's number as labels.");
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Mounts mounts;
  private final PatientStatfs statfs;

  FileSystems(KernelFiles files, Roots roots) {
    this(files, roots, Statfs::new, PATIENCE);
  }

  FileSystems(KernelFiles files, Roots roots, Supplier<Space.Asking> asking, Duration patience) {
    this.mounts = new Mounts(files, roots);
    this.statfs = new PatientStatfs(asking, patience);
    files.closeToo(statfs::close);
  }

  private static Metric gauge(String name, String help) {
    return Metric.gauge("node_filesystem_" + name, help);
  }

  @Override
  public String name() {
    return "filesystem";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(SIZE, FREE, AVAILABLE, FILES, FILES_FREE, READ_ONLY, ERROR, INFO);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    List<Mount> all = mounts.read();
    statfs.begin(all);
    for (int i = 0; i < all.size(); i++) {
      Mount mount = all.get(i);
      out.tell(INFO, mount.info, 1);
      try {
        tell(mount, statfs.of(mount), out);
      } catch (Unreadable e) {
        out.tell(ERROR, mount.failing(e.reason()), 1);
      }
    }
  }

  private static void tell(Mount mount, Space space, Readings out) {
    double block = space.blockSize();
    out.tell(SIZE, mount.labels, space.blocks() * block);
    out.tell(FREE, mount.labels, space.free() * block);
    out.tell(AVAILABLE, mount.labels, space.available() * block);
    out.tell(FILES, mount.labels, space.files());
    out.tell(FILES_FREE, mount.labels, space.filesFree());
    out.tell(READ_ONLY, mount.labels, mount.readOnly ? 1 : 0);
    out.tell(ERROR, mount.labels, 0);
  }
}
