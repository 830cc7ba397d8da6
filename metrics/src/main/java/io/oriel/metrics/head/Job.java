package io.oriel.metrics.head;

import io.oriel.model.Labels;
import java.util.HashMap;
import java.util.Map;

/** What is counted of one job. Thread-safe. */
final class Job {
  private static final int MOST_LABELS = 256; // names; what grows has few

  private final Map<String, Long> newValues = new HashMap<>();
  private final LastHour created = new LastHour();
  private long series;
  private long refused;
  private boolean warned;
  private boolean refusing;

  /**
   * One more series.
   *
   * @param isNew not one of an earlier run
   */
  synchronized Job add(Labels labels, long fresh, boolean isNew) {
    series++;
    if (isNew) created.add();
    for (long left = fresh; left != 0; left &= left - 1) {
      String name = labels.nameAt(Long.numberOfTrailingZeros(left));
      if (newValues.size() < MOST_LABELS || newValues.containsKey(name)) {
        newValues.merge(name, 1L, Long::sum);
      }
    }
    return this;
  }

  /** One series less; how many are left. */
  synchronized long remove() {
    return --series;
  }

  synchronized long series() {
    return series;
  }

  /** Counts a refusal; true where it is the first. */
  synchronized boolean refuse() {
    refused++;
    boolean isFirst = !refusing;
    refusing = true;
    return isFirst;
  }

  /** True where it was refusing. */
  synchronized boolean mayRefuseAgain() {
    boolean was = refusing;
    refusing = false;
    return was;
  }

  /** True the first time. */
  synchronized boolean warn() {
    boolean isFirst = !warned;
    warned = true;
    return isFirst;
  }

  synchronized void mayWarnAgain() {
    warned = false;
  }

  synchronized Growth growth() {
    return newValues.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(most -> new Growth(most.getKey(), most.getValue()))
        .orElse(Growth.NONE);
  }

  /** What grew an hour ago counts half: the label that grows now comes to the front. */
  synchronized void nextSlice() {
    if (!created.nextSlice() || refusing) return; // what is refused can't show that it grows
    newValues.replaceAll((_, count) -> count / 2);
    newValues.values().removeIf(count -> count == 0);
  }

  synchronized JobSeries told(String name) {
    Growth growth = growth();
    return new JobSeries(name, series, refused, created.sum(), growth.label(), growth.values());
  }
}
