package io.oriel.server;

import io.oriel.collect.Collecting;
import io.oriel.collect.Collector;
import io.oriel.collect.discover.Discovery;
import io.oriel.model.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the running collectors in step with the systems that there are, until closed. */
final class Systems implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Systems.class);
  private static final long LOOK_MS = 15_000; // how soon a new container is seen

  private final Collecting collecting;
  private final List<Collector> always;
  private final Discovery discovery;
  private final Clock clock;
  private final Thread looking;

  private Systems(Collecting collecting, List<Collector> always, Discovery discovery, Clock clock) {
    this.collecting = collecting;
    this.always = List.copyOf(always);
    this.discovery = discovery;
    this.clock = clock;
    this.looking = Thread.ofVirtual().name("systems").unstarted(this::look);
  }

  /**
   * Begins to look.
   *
   * @param always collectors that run whatever is found
   */
  static Systems start(
      Collecting collecting, List<Collector> always, Discovery discovery, Clock clock) {
    var systems = new Systems(collecting, always, discovery, clock);
    systems.looking.start();
    return systems;
  }

  private void look() {
    try {
      while (true) {
        try {
          var wanted = new ArrayList<>(always);
          wanted.addAll(discovery.find());
          collecting.sync(wanted);
        } catch (RuntimeException | Error e) { // the next look is tried
          log.error("systems not found; this is a defect of Oriel", e);
        }
        clock.sleepUntil(clock.millis() + LOOK_MS);
      }
    } catch (InterruptedException e) {
      // closing
    }
  }

  /** Ends looking; the collectors go on until {@link Collecting} is closed. */
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
