package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.promql.series.SeriesSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How metric names are dropped: at once, or marked and dropped at the very end. */
final class Names {
  private final Budget budget;
  private final boolean late;
  private final Set<String> dropped;

  Names(Options options, Budget budget) {
    this.budget = budget;
    this.late = options.lateNames();
    this.dropped =
        options.typeLabels() ? Set.of(Labels.NAME, "__type__", "__unit__") : Set.of(Labels.NAME);
  }

  boolean late() {
    return late;
  }

  /** Whether type and unit are labels, too. */
  boolean withTypes() {
    return dropped.size() > 1;
  }

  /** The labels without the name and what goes with it. */
  Labels without(Labels labels) {
    return labels.without(dropped);
  }

  /** These label names, and those that are dropped with the metric name. */
  List<String> and(List<String> names) {
    var all = new ArrayList<>(names);
    all.addAll(dropped);
    return all;
  }

  /** These label names and the metric name's: what series are not matched by. */
  static List<String> withName(List<String> names) {
    var all = new ArrayList<>(names);
    all.add(Labels.NAME);
    return all;
  }

  /**
   * Hands series on with their names dropped.
   *
   * @param oneName whether all of them have the same name, so that none can become equal
   */
  SeriesSink dropping(SeriesSink out, boolean oneName) {
    return dropping(late || oneName ? out : new Distinct(out, budget));
  }

  /** Hands series on with their names dropped, in the way that is set. */
  private SeriesSink dropping(SeriesSink out) {
    if (late) return (labels, nameless, column) -> out.take(labels, true, column);
    return (labels, nameless, column) -> out.take(without(labels), false, column);
  }

  /** The labels that an answer shows. */
  Labels shown(Labels labels, boolean nameless) {
    return nameless ? without(labels) : labels;
  }
}
