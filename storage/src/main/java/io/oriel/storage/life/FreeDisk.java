package io.oriel.storage.life;

import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate before intake: closed while the disk has less free than the floor, or while the store's
 * files are gone from under it; open again by itself. What is left below the floor is for what is
 * on its way, checkpoints and the blocks that free the log. Any thread may ask, as often as it
 * likes: the disk is asked once a second.
 */
public final class FreeDisk {
  private static final Logger log = LoggerFactory.getLogger(FreeDisk.class);
  private static final long ASK_EACH_NANOS = 1_000_000_000;

  private final Disk disk;
  private final Path folder;
  private final long floor;
  private final Clock clock;
  private final BooleanSupplier isThere;
  private volatile boolean gone;
  private volatile long askedNanos;
  private volatile @Nullable Refusal refusal;

  /**
   * @param folder on the disk that is watched
   * @param floor in bytes
   * @param isThere whether the files that the store writes are still in the folder
   */
  public FreeDisk(Disk disk, Path folder, long floor, Clock clock, BooleanSupplier isThere) {
    this.disk = disk;
    this.folder = folder;
    this.floor = floor;
    this.clock = clock;
    this.isThere = isThere;
    this.askedNanos = clock.nanos() - ASK_EACH_NANOS;
  }

  /**
   * Lets the caller pass, or not.
   *
   * @throws Refusal.Unavailable while there is too little free
   */
  public void check() {
    Refusal now = now();
    if (now != null) throw now;
  }

  /** Why the store's files can't be found, in a sentence; empty while they are there. */
  public Optional<String> lost() {
    Refusal now = now();
    return gone && now != null ? Optional.ofNullable(now.getMessage()) : Optional.empty();
  }

  private @Nullable Refusal now() {
    if (clock.nanos() - askedNanos >= ASK_EACH_NANOS) ask();
    return refusal;
  }

  private synchronized void ask() {
    if (clock.nanos() - askedNanos < ASK_EACH_NANOS) return; // another has just asked
    Refusal before = refusal;
    boolean wasGone = gone;
    gone = !isThere.getAsBoolean();
    if (gone) refusal = lostRefusal();
    else askFree(before == null || wasGone);
    if (refusal != null && (before == null || gone != wasGone)) {
      log.error("intake stopped: {}", refusal.getMessage());
    }
    if (refusal == null && before != null) log.info("intake goes on folder={}", folder);
    askedNanos = clock.nanos();
  }

  private void askFree(boolean wasOpen) {
    try {
      long free = disk.freeBytes(folder);
      refusal = free < floor ? full(free) : null;
    } catch (IOException e) {
      if (wasOpen) {
        refusal = null;
        log.warn("free space unknown folder={} reason={}", folder, e.toString());
      }
    }
  }

  private Refusal lostRefusal() {
    return new Refusal.Unavailable(
        "the data folder %s was deleted or moved away while Oriel runs".formatted(folder),
        "move it back, and intake goes on by itself; where it is lost, restart Oriel, which begins with an empty one");
  }

  private Refusal full(long free) {
    return new Refusal.Unavailable(
        "the disk of %s has %d MiB free, less than the floor of %d MiB"
            .formatted(folder, free >> 20, floor >> 20),
        "free some space or shorten storage.retention; intake then goes on by itself");
  }
}
