package io.oriel.collect.langfuse;

/** Cuts the past into windows that follow each other: what happens is in exactly one of them. */
final class Slices {
  private long takenMs; // up to here; 0 before the first

  /** The next one; the first is an hour long, so that there is something to see. */
  Window next(long nowMs) {
    Window hour = Window.hour(nowMs);
    return takenMs == 0 ? hour : new Window(Math.min(takenMs, hour.toMs()), hour.toMs());
  }

  /** Its figures are in: the next begins where it ends. */
  void taken(Window window) {
    takenMs = window.toMs();
  }
}
