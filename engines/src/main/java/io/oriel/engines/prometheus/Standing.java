package io.oriel.engines.prometheus;

import java.util.Optional;

/**
 * How it stands with the engine and with what is sent there.
 *
 * @param sinceMs since when the state lasts; 0 where all is well, or it is not known
 * @param answers whether queries are answered, as far as is known
 * @param takes whether samples are taken, as far as is known
 * @param why what was heard of it last; empty where it answers
 * @param stats what was sent, and what waits
 */
public record Standing(
    State state, long sinceMs, boolean answers, boolean takes, String why, OutStats stats) {
  /** What waits so long behind a well engine is on its way, and is told. */
  static final long LATE_MS = 15_000;

  /** From the best to the worst. */
  public enum State {
    /** It answers, and takes what comes. */
    WELL,
    /** It answers and takes, and what waited is on its way. */
    CATCHING_UP,
    /** It answers queries and takes no samples, or the other way round, or neither. */
    DOWN,
    /** The same, and there is no room to wait: new samples are refused. */
    FULL
  }

  static Standing of(Optional<Reach.Silence> silence, OutStats stats, long fullSinceMs) {
    boolean answers = silence.isEmpty();
    boolean takes = stats.downSinceMs() == 0;
    long sinceMs =
        Math.min(
            silence.map(Reach.Silence::sinceMs).orElse(Long.MAX_VALUE),
            takes ? Long.MAX_VALUE : stats.downSinceMs());
    String why = answers ? stats.why() : silence.get().why();
    if (fullSinceMs > 0) {
      return new Standing(State.FULL, fullSinceMs, answers, takes, why, stats);
    }
    if (!answers || !takes) return new Standing(State.DOWN, sinceMs, answers, takes, why, stats);
    boolean isLate = stats.pendingRecords() > 0 && stats.lagMs() > LATE_MS;
    State state = isLate ? State.CATCHING_UP : State.WELL;
    return new Standing(state, 0, true, true, "", stats);
  }
}
