package io.oriel.promql.eval;

import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramFold;
import io.oriel.promql.expr.Aggregator;
import io.oriel.promql.expr.HistogramNotes.Operation;
import io.oriel.promql.series.Column;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The native histograms of one group under {@code sum} or {@code avg}: at each step a sum that is
 * written to. Floats and histograms at the same step give nothing, nor do exponential and custom
 * buckets.
 */
final class NativeFold {
  private final FoldContext context;
  private final @Nullable HistogramFold[] sums;
  private final BitSet seen = new BitSet();
  private final BitSet unlike = new BitSet();
  private long held;

  NativeFold(FoldContext context) {
    this.context = context;
    this.sums = new @Nullable HistogramFold[context.steps().count()];
  }

  /** Adds the histograms of one series; where the group has a float there is nothing to add to. */
  void add(String metric, Column column, Column floats) {
    for (int i = 0; i < sums.length; i++) {
      Histogram histogram = column.histogram(i);
      if (histogram == null) continue;
      seen.set(i);
      if (floats.has(i) || unlike.get(i)) continue;
      if (sumAt(i, histogram).add(histogram)) continue;
      unlike.set(i);
      context.histogramNotes().mixedSchemas(metric);
    }
  }

  private HistogramFold sumAt(int step, Histogram first) {
    HistogramFold sum = sums[step];
    if (sum != null) return sum;
    context.budget().hold(first.weight());
    held += first.weight();
    sum = HistogramFold.of(context.aggregator() == Aggregator.AVG);
    sums[step] = sum;
    return sum;
  }

  /** Puts the results into the column that holds those of the floats. */
  void finish(Column result) {
    for (int i = seen.nextSetBit(0); i >= 0; i = seen.nextSetBit(i + 1)) {
      HistogramFold sum = sums[i];
      if (result.has(i)) {
        context.histogramNotes().mixedWithFloatsInAggregation();
        result.hole(i);
      } else if (sum != null && !unlike.get(i)) {
        note(sum);
        result.set(i, sum.result());
      }
      sums[i] = null;
    }
    context.budget().release(held);
  }

  private void note(HistogramFold sum) {
    if (sum.reconciled()) context.histogramNotes().boundsReconciled(Operation.AGGREGATION);
    if (sum.resetsCollide()) context.histogramNotes().resetsCollide(Operation.AGGREGATION);
  }
}
