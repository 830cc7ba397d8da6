package io.oriel.metrics.read;

import io.oriel.metrics.read.KeptAnswers.Found;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes series of several sources one where their labels are equal. They keep the order in which
 * they come, so that sums over them are the same each time.
 */
final class Joining {
  private final int sources;
  private final List<Labels> labels = new ArrayList<>();
  private final Map<Labels, Integer> numbers = new HashMap<>(); // filled when a second source comes
  private int[] ids = new int[0]; // of a series in each source, one series after another

  Joining(int sources) {
    this.sources = sources;
  }

  /** Adds what one source has; a source comes once. */
  void add(int source, Found found) {
    if (found.ids().length == 0) return;
    boolean first = labels.isEmpty();
    if (!first && numbers.isEmpty()) {
      for (int i = 0; i < labels.size(); i++) numbers.put(labels.get(i), i);
    }
    for (int i = 0; i < found.ids().length; i++) {
      Labels its = found.labels()[i];
      Integer known = first ? null : numbers.putIfAbsent(its, labels.size());
      int series = known == null ? next(its) : known;
      ids[series * sources + source] = found.ids()[i];
    }
  }

  private int next(Labels its) {
    int series = labels.size();
    labels.add(its);
    int end = (series + 1) * sources;
    if (end > ids.length) {
      int before = ids.length;
      ids = Arrays.copyOf(ids, Math.max(end, before + (before >> 1)));
      Arrays.fill(ids, before, ids.length, Selection.NOWHERE);
    }
    return series;
  }

  int count() {
    return labels.size();
  }

  int[] ids() {
    return Arrays.copyOf(ids, labels.size() * sources);
  }

  Labels[] labels() {
    return labels.toArray(Labels[]::new);
  }
}
