package io.oriel.promql.series;

/**
 * The moments at which an expression is evaluated: evenly spaced, milliseconds since 1970. An
 * instant query has one.
 */
public record Steps(long startMs, long stepMs, int count) {

  public static Steps at(long timeMs) {
    return new Steps(timeMs, 1, 1);
  }

  public long at(int step) {
    return startMs + step * stepMs;
  }

  public long endMs() {
    return at(count - 1);
  }

  /** Only the first moment: enough for what is the same at every step. */
  public Steps first() {
    return count == 1 ? this : at(startMs);
  }
}
