package io.oriel.engines.prometheus;

import io.oriel.model.Clock;
import java.util.Optional;

/** Whether the engine answers, as was heard last. Thread-safe. */
final class Reach {
  /**
   * It does not.
   *
   * @param why what was heard in place of an answer
   */
  record Silence(long sinceMs, String why) {}

  private static final long NEVER = Long.MIN_VALUE;

  private final Clock clock;
  private Optional<Silence> silence = Optional.empty();
  private long heardMs = NEVER;

  Reach(Clock clock) {
    this.clock = clock;
  }

  synchronized void answered() {
    heardMs = clock.millis();
    silence = Optional.empty();
  }

  synchronized void isSilent(String why) {
    heardMs = clock.millis();
    silence = Optional.of(new Silence(silence.map(Silence::sinceMs).orElse(heardMs), why));
  }

  synchronized Optional<Silence> silence() {
    return silence;
  }

  /** Whether what is known is not older than that. */
  synchronized boolean isRecent(long ageMs) {
    return heardMs != NEVER && clock.millis() - heardMs < ageMs;
  }
}
