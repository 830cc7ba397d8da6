package io.oriel.collect.langfuse;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures that are told again and again until they are asked for anew. */
final class Kept {
  private record Key(Metric metric, List<String> words) {}

  private static final class Figure {
    final Metric metric;
    final Labels labels;
    double value;

    Figure(Metric metric, Labels labels) {
      this.metric = metric;
      this.labels = labels;
    }
  }

  private final Map<Key, Figure> figures = new LinkedHashMap<>();

  /** Adds what is known; NaN is not. */
  void add(Metric metric, double more, String... namesAndValues) {
    if (!Double.isFinite(more) || more < 0) return;
    figure(metric, namesAndValues).value += more;
  }

  /** Sets what is known; NaN is not. */
  void set(Metric metric, double value, String... namesAndValues) {
    if (Double.isFinite(value)) figure(metric, namesAndValues).value = value;
  }

  private Figure figure(Metric metric, String... namesAndValues) {
    return figures.computeIfAbsent(
        new Key(metric, List.of(namesAndValues)),
        _ -> new Figure(metric, Labels.of(namesAndValues)));
  }

  void clear() {
    figures.clear();
  }

  void tell(Readings out) {
    for (Figure each : figures.values()) out.tell(each.metric, each.labels, each.value);
  }
}
