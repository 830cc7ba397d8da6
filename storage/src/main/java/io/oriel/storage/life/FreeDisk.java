package io.oriel.storage.life;

import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate before intake: closed while the disk has less free than the floor, open again by itself.
 * What is left below the floor is for what is on its way, checkpoints and the blocks that free the
 * log. Any thread may ask, as often as it likes: the disk is asked once a second.
 */
public final class FreeDisk {
  private static final Logger log = LoggerFactory.getLogger(FreeDisk.class);
  private static final long ASK_EACH_NANOS = 1_000_000_000;

  private final Disk disk;
  private final Path folder;
  private final long floor;
  private final Clock clock;
  private volatile long askedNanos;
  private volatile @Nullable Refusal refusal;

  /**
   * @param folder on the disk that is watched
   * @param floor in bytes
   */
  public FreeDisk(Disk disk, Path folder, long floor, Clock clock) {
    this.disk = disk;
    this.folder = folder;
    this.floor = floor;
    this.clock = clock;
    this.askedNanos = clock.nanos() - ASK_EACH_NANOS;
  }

  /**
   * Lets the caller pass, or not.
   *
   * @throws Refusal.Unavailable while there is too little free
   */
  public void check() {
    if (clock.nanos() - askedNanos >= ASK_EACH_NANOS) ask();
    Refusal now = refusal;
    if (now != null) throw now;
  }

  private synchronized void ask() {
    if (clock.nanos() - askedNanos < ASK_EACH_NANOS) return; // another has just asked
    boolean wasFull = refusal != null;
    try {
      long free = disk.freeBytes(folder);
      refusal = free < floor ? full(free) : null;
      if (refusal != null && !wasFull) log.error("intake stopped: {}", refusal.getMessage());
      if (refusal == null && wasFull) log.info("intake goes on folder={} free={}", folder, free);
    } catch (IOException e) {
      if (!disk.exists(folder)) refusal = gone();
      if (refusal == null || !wasFull) {
        log.warn("free space unknown folder={} reason={}", folder, e.toString());
      }
    }
    askedNanos = clock.nanos();
  }

  private Refusal gone() {
    return new Refusal.Unavailable(
        "the data folder %s is gone".formatted(folder),
        "put it back, or start Oriel again to begin with an empty one");
  }

  private Refusal full(long free) {
    return new Refusal.Unavailable(
        "the disk of %s has %d MiB free, less than the floor of %d MiB"
            .formatted(folder, free >> 20, floor >> 20),
        "free some space or shorten storage.retention; intake then goes on by itself");
  }
}
