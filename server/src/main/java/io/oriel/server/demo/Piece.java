package io.oriel.server.demo;

import io.oriel.simulate.History.Stretch;
import java.util.ArrayList;
import java.util.List;

/** A part of the past that is written in one step. */
record Piece(long fromMs, long toMs, long stepMs) {
  private static final long HOUR_MS = 3_600_000;

  /** So many rounds of every series are held in memory at most. */
  private static final int MOST_ROUNDS = 1_620;

  /**
   * Spans of blocks as the store merges them; a piece that is one of them is never merged again.
   */
  private static final List<Long> SPANS = List.of(54 * HOUR_MS, 18 * HOUR_MS, 6 * HOUR_MS);

  long rounds() {
    return (toMs - fromMs + stepMs - 1) / stepMs;
  }

  Stretch stretch() {
    return new Stretch(fromMs, toMs, stepMs);
  }

  /** Cuts a stretch; what lies before a moment is left out. */
  static List<Piece> of(Stretch stretch, long oldestMs) {
    long span =
        SPANS.stream()
            .filter(each -> each / stretch.stepMs() <= MOST_ROUNDS)
            .findFirst()
            .orElse(SPANS.getLast());
    var pieces = new ArrayList<Piece>();
    long from = stretch.fromMs();
    if (from < oldestMs)
      from += (oldestMs - from + stretch.stepMs() - 1) / stretch.stepMs() * stretch.stepMs();
    while (from < stretch.toMs()) {
      long end = Math.min(stretch.toMs(), Math.floorDiv(from, span) * span + span);
      pieces.add(new Piece(from, end, stretch.stepMs()));
      from += new Piece(from, end, stretch.stepMs()).rounds() * stretch.stepMs();
    }
    return pieces;
  }
}
