package io.oriel.collect.peer;

import io.oriel.collect.CollectorFailure;
import io.oriel.model.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a system in peace that does not answer or does not let us in: after the third failure in a
 * row it is asked after 30 s, then 60 s, and so on up to five minutes. One that is asked too often
 * says itself how long it wants peace.
 */
final class BackOff {
  private static final int PATIENT = 3; // a restart of the system should be seen at once
  private static final long FIRST_MS = TimeUnit.SECONDS.toMillis(30);
  private static final long LONGEST_MS = TimeUnit.MINUTES.toMillis(5);
  private static final long LONGEST_PAUSE_MS = TimeUnit.HOURS.toMillis(1);

  private final Clock clock;
  private @Nullable CollectorFailure last;
  private int failures;
  private long notBeforeMs;
  private boolean isPaused;

  BackOff(Clock clock) {
    this.clock = clock;
  }

  /**
   * @throws CollectorFailure the last one, while it is too early to ask again
   */
  void begin() throws CollectorFailure {
    CollectorFailure failure = last;
    if (failure != null && clock.millis() < notBeforeMs) throw failure;
  }

  /** What a system in a pause still answers does not end the pause. */
  void good() {
    if (isPaused && clock.millis() < notBeforeMs) return;
    isPaused = false;
    last = null;
    failures = 0;
    notBeforeMs = 0;
  }

  void bad(CollectorFailure failure) {
    last = failure;
    failures++;
    if (failures < PATIENT) return;
    long wait = FIRST_MS << Math.min(failures - PATIENT, 10);
    notBeforeMs = clock.millis() + Math.min(wait, LONGEST_MS);
  }

  /**
   * The system asks for peace.
   *
   * @param ms how long; 0 when it does not say
   */
  void pause(CollectorFailure failure, long ms) {
    last = failure;
    isPaused = true;
    long wait = ms > 0 ? Math.min(ms, LONGEST_PAUSE_MS) : FIRST_MS;
    notBeforeMs = Math.max(notBeforeMs, clock.millis() + wait);
  }
}
