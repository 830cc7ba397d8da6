package io.oriel.server;

import io.oriel.collect.Collector;
import io.oriel.model.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the running collectors in step with the systems that there are, until closed. */
final class Systems implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Systems.class);
  private static final long LOOK_MS = 15_000; // how soon a new container is seen

  private final Consumer<List<Collector>> sync;
  private final Readers readers;
  private final Clock clock;
  private final Thread looking;

  private Systems(Consumer<List<Collector>> sync, Readers readers, Clock clock) {
    this.sync = sync;
    this.readers = readers;
    this.clock = clock;
    this.looking = Thread.ofVirtual().name("systems").unstarted(this::look);
  }

  /**
   * Begins to look, at first at once.
   *
   * @param sync takes all that are to run
   */
  static Systems start(Consumer<List<Collector>> sync, Readers readers, Clock clock) {
    var systems = new Systems(sync, readers, clock);
    systems.looking.start();
    return systems;
  }

  private void look() {
    try {
      while (true) {
        try {
          sync.accept(readers.now());
        } catch (RuntimeException | Error e) { // the next look is tried
          log.error("systems not found; this is a defect of Oriel", e);
        }
        clock.sleepUntil(clock.millis() + LOOK_MS);
      }
    } catch (InterruptedException e) {
      // closing
    }
  }

  /** Ends looking; the collectors go on until {@link io.oriel.collect.Collecting} is closed. */
  @Override
  public void close() {
    looking.interrupt();
    try {
      looking.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
