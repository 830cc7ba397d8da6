package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.promql.function.Quantiles;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.SeriesSink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Quantiles need every value: the columns of the group are held. */
final class QuantileFold implements GroupFold {
  private final FoldContext context;
  private final List<Column> columns = new ArrayList<>();

  private QuantileFold(FoldContext context) {
    this.context = context;
  }

  static Supplier<GroupFold> of(FoldContext context) {
    for (int i = 0; i < context.steps().count(); i++) {
      double q = context.parameter(i);
      if (!(q >= 0 && q <= 1)) context.notes().badQuantile(q, context.parameterAt());
    }
    return () -> new QuantileFold(context);
  }

  @Override
  public void add(Labels labels, boolean nameless, Column column) {
    if (column.histograms != null) noteIgnored(column);
    context.budget().hold(column.steps());
    Column floats = column.copy();
    floats.histograms = null;
    columns.add(floats);
  }

  private void noteIgnored(Column column) {
    for (int i = 0; i < column.steps(); i++) {
      if (column.histogram(i) == null) continue;
      context.histogramNotes().ignoredInAggregation(context.aggregator());
      break;
    }
  }

  @Override
  public void handOn(Labels group, boolean nameless, SeriesSink out) {
    var result = new Column(context.steps().count());
    double[] values = new double[columns.size()];
    for (int i = 0; i < result.steps(); i++) {
      int n = 0;
      for (Column column : columns) if (column.has(i)) values[n++] = column.values[i];
      if (n == 0) continue;
      Quantiles.sort(values, n);
      result.set(i, Quantiles.of(context.parameter(i), values, n));
    }
    context.budget().release((long) columns.size() * result.steps());
    out.take(group, nameless, result);
  }
}
