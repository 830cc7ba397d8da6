package io.oriel.storage.queue;

import io.oriel.model.limit.Refusal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a queue's files are still in its folder: what is written to a file that was deleted is
 * lost with the process. The disk is asked each time, since a record is a whole batch. Thread-safe.
 */
final class Presence {
  private static final Logger log = LoggerFactory.getLogger(Presence.class);

  private final Path folder;
  private final BooleanSupplier isThere;
  private final AtomicBoolean gone = new AtomicBoolean();

  Presence(Path folder, BooleanSupplier isThere) {
    this.folder = folder;
    this.isThere = isThere;
  }

  /**
   * Lets the caller pass, or not.
   *
   * @throws Refusal.Unavailable while the files are gone
   */
  void check() {
    boolean now = !isThere.getAsBoolean();
    boolean before = gone.getAndSet(now);
    if (now && !before) log.error("the queue takes nothing in: {}", refusal().getMessage());
    if (before && !now) log.info("the queue is back and takes in folder={}", folder);
    if (now) throw refusal();
  }

  /** Why they can't be found, in a sentence; empty while they are there. */
  Optional<String> lost() {
    try {
      check();
      return Optional.empty();
    } catch (Refusal lost) {
      return Optional.ofNullable(lost.getMessage());
    }
  }

  private Refusal refusal() {
    return new Refusal.Unavailable(
        "the folder %s, where samples wait to be sent, was deleted or moved away while Oriel runs"
            .formatted(folder),
        "move it back, and intake goes on by itself; where it is lost, restart Oriel, which begins with an empty one");
  }
}
