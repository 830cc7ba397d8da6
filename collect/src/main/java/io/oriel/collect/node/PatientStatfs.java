package io.oriel.collect.node;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks file systems without being held up by them. A local disk answers at once and is asked
 * directly. Any other (NFS, FUSE...) may hang for ever, so each of those has a thread of its own:
 * all are asked at the same time, and one that hangs is waited for once, then reported as timed out
 * until its thread comes back.
 */
final class PatientStatfs implements AutoCloseable {
  private static final Set<String> LOCAL =
      Set.of(
          "ext2",
          "ext3",
          "ext4",
          "xfs",
          "btrfs",
          "zfs",
          "f2fs",
          "vfat",
          "exfat",
          "ntfs3",
          "tmpfs",
          "ramfs",
          "udf",
          "bcachefs");

  private final Supplier<Space.Asking> asking;
  private final Space.Asking direct;
  private final long patienceNanos;
  private final Map<Mount, StatfsThread> threads = new HashMap<>();
  private long deadline;

  PatientStatfs(Supplier<Space.Asking> asking, Duration patience) {
    this.asking = asking;
    this.direct = asking.get();
    this.patienceNanos = patience.toNanos();
  }

  /** Begins a round: those that may hang are asked. */
  void begin(List<Mount> mounts) {
    deadline = System.nanoTime() + patienceNanos;
    for (int i = 0; i < mounts.size(); i++) {
      Mount mount = mounts.get(i);
      if (LOCAL.contains(mount.type)) continue;
      threads.computeIfAbsent(mount, m -> new StatfsThread(m, asking)).ask();
    }
    if (threads.size() > mounts.size()) leave(mounts);
  }

  /** Lets go of the threads of mounts that have gone. */
  private void leave(List<Mount> mounts) {
    threads
        .entrySet()
        .removeIf(each -> {
          boolean gone = !mounts.contains(each.getKey());
          if (gone) each.getValue().close();
          return gone;
        });
  }

  /**
   * The answer for one of the round's mounts.
   *
   * @throws Unreadable with the reason, "mountpoint timeout" where it hangs
   */
  Space of(Mount mount) throws Unreadable {
    StatfsThread thread = threads.get(mount);
    return thread == null ? direct.of(mount) : thread.answer(deadline);
  }

  @Override
  public void close() {
    direct.close();
    threads.values().forEach(StatfsThread::close);
  }
}
