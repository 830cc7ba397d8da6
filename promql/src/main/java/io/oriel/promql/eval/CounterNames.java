package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.SeriesSink;
import java.util.Set;

/** Looks at the series that pass: is one a counter by its name, where the function asks for one? */
final class CounterNames implements SeriesSink {
  private static final Set<String> FOR_COUNTERS = Set.of("rate", "increase");
  private static final Set<String> COUNTER_TYPES = Set.of("counter", "histogram");

  private final Inputs inputs;
  private final SeriesSink out;
  private final boolean looks;
  private final boolean byType;
  private String last = "";

  CounterNames(Inputs inputs, SeriesSink out, boolean byType) {
    this.inputs = inputs;
    this.out = out;
    this.byType = byType;
    this.looks = FOR_COUNTERS.contains(inputs.call().function().name());
  }

  @Override
  public void take(Labels labels, boolean nameless, Column column) {
    if (looks && column.hasFloats()) look(labels);
    out.take(labels, nameless, column);
  }

  private void look(Labels labels) {
    String name = labels.metricName();
    String type = byType ? labels.valueOf("__type__") : "";
    if (name.isEmpty() || (name.equals(last) && type.isEmpty())) return;
    last = name;
    if (byType && !type.isEmpty() && !type.equals("unknown")) {
      if (COUNTER_TYPES.contains(type)) return;
      note("__type__ label is not set to \"counter\" or \"histogram\", got \"" + type + "\"", name);
    } else if (!isCounter(name)) {
      note("name does not end in _total/_sum/_count/_bucket", name);
    }
  }

  private void note(String reason, String name) {
    inputs
        .notes()
        .info("metric might not be a counter, " + reason + ": \"" + name + "\"", inputs.at(0));
  }

  private static boolean isCounter(String name) {
    return name.endsWith("_total")
        || name.endsWith("_sum")
        || name.endsWith("_count")
        || name.endsWith("_bucket");
  }
}
