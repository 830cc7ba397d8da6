package io.oriel.promql.series;

/** When a query is asked: from its start to its end by its step; an instant query has no step. */
public record QueryTime(long startMs, long endMs, long stepMs) {

  public static QueryTime at(long timeMs) {
    return new QueryTime(timeMs, timeMs, 0);
  }

  public boolean instant() {
    return stepMs == 0;
  }

  public long lengthMs() {
    return endMs - startMs;
  }

  public Steps steps() {
    return instant()
        ? Steps.at(startMs)
        : new Steps(startMs, stepMs, (int) (lengthMs() / stepMs) + 1);
  }
}
