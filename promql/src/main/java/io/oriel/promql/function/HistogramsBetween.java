package io.oriel.promql.function;

import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramSum;
import io.oriel.promql.expr.HistogramNotes;
import io.oriel.promql.expr.HistogramNotes.Operation;
import org.jspecify.annotations.Nullable;

/** The native histogram on the line between two others. */
public final class HistogramsBetween {
  private HistogramsBetween() {}

  public static boolean areGauges(Histogram one, Histogram other) {
    return one.reset() == CounterReset.GAUGE && other.reset() == CounterReset.GAUGE;
  }

  /**
   * A counter that was reset in between began at nothing.
   *
   * @param share how far from the one before to the next, 0 to 1
   * @return null where one has exponential and the other custom buckets
   */
  public static @Nullable Histogram at(
      Histogram before,
      Histogram next,
      double share,
      boolean counter,
      HistogramNotes notes,
      String metric) {
    if (share == 0) return before;
    if (share == 1) return next;
    if (before.custom() != next.custom()) {
      notes.mixedSchemas(metric);
      return null;
    }
    if (counter && next.isResetAfter(before)) return next.times(share);
    var sum = new HistogramSum();
    sum.set(next);
    sum.subtract(before);
    if (sum.reconciled()) notes.boundsReconciled(Operation.SUBTRACTION);
    sum.forgetReconciled();
    sum.scale(share);
    sum.add(before);
    if (sum.reconciled()) notes.boundsReconciled(Operation.ADDITION);
    return sum.result();
  }
}
