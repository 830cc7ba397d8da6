package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.GoNumber;
import io.oriel.promql.expr.Quoting;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.SeriesSink;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A series for each value, and at each step how many series have it. */
final class CountValues implements GroupFold {
  private final FoldContext context;
  private final Map<String, Column> counts = new LinkedHashMap<>();

  private CountValues(FoldContext context) {
    this.context = context;
  }

  static Supplier<GroupFold> of(FoldContext context) {
    String label = context.text();
    if (label.isEmpty() || !Quoting.isUtf8(label)) {
      throw new Refusal.QueryFailed("invalid label name " + Quoting.quote(label));
    }
    context
        .budget()
        .limits()
        .check(Limit.LABEL_NAME_BYTES, label.length(), "the label name for count_values()");
    return () -> new CountValues(context);
  }

  @Override
  public void add(Labels labels, boolean nameless, Column column) {
    for (int i = 0; i < column.steps(); i++) {
      Histogram histogram = column.histogram(i);
      if (histogram == null && !column.has(i)) continue;
      String value =
          histogram == null ? GoNumber.plain(column.values[i]) : NativeText.of(histogram);
      Column count = counts.computeIfAbsent(value, this::column);
      count.set(i, count.has(i) ? count.get(i) + 1 : 1);
    }
  }

  private Column column(String value) {
    context.budget().hold(context.steps().count());
    return new Column(context.steps().count());
  }

  /**
   * Adds up what comes with equal labels: the value's label may overwrite one that was grouped by.
   */
  static void addUp(java.util.function.Consumer<SeriesSink> counts, SeriesSink out) {
    var sums = new LinkedHashMap<Labels, Column>();
    counts.accept((labels, nameless, column) -> {
      Column sum = sums.putIfAbsent(labels, column.copy());
      for (int i = 0; sum != null && i < column.steps(); i++) {
        if (column.has(i)) sum.set(i, sum.has(i) ? sum.get(i) + column.get(i) : column.get(i));
      }
    });
    sums.forEach((labels, column) -> out.take(labels, false, column));
  }

  @Override
  public void handOn(Labels group, boolean nameless, SeriesSink out) {
    counts.forEach(
        (value, column) -> out.take(group.with(context.text(), value), nameless, column));
    context.budget().release((long) counts.size() * context.steps().count());
  }
}
