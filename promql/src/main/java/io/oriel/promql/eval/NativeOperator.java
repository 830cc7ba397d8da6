package io.oriel.promql.eval;

import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramSum;
import io.oriel.promql.expr.HistogramNotes;
import io.oriel.promql.expr.HistogramNotes.Operation;
import io.oriel.promql.expr.Notes;
import io.oriel.promql.expr.Operator;
import io.oriel.promql.expr.Place;
import io.oriel.promql.series.Column;
import org.jspecify.annotations.Nullable;

/**
 * What a binary operator makes of two values where native histograms are among them. Most operators
 * have no meaning then: the pair is dropped with an info.
 */
final class NativeOperator {
  private final Operator operator;
  private final HistogramNotes notes;
  private final HistogramSum sum = new HistogramSum();

  NativeOperator(Operator operator, Notes notes, Place at) {
    this.operator = operator;
    this.notes = new HistogramNotes(notes, at);
  }

  /** Turns the sign of each histogram. */
  static void negate(@Nullable Histogram[] histograms) {
    for (int i = 0; i < histograms.length; i++) {
      Histogram histogram = histograms[i];
      if (histogram != null) histograms[i] = histogram.times(-1);
    }
  }

  /** Replaces the histograms of a column by what comes of each and a number. */
  void apply(Column column, Column number, boolean numberLeft) {
    for (int i = 0; i < column.steps(); i++) {
      Histogram histogram = column.histogram(i);
      if (histogram == null) continue;
      Histogram result =
          numberLeft
              ? ofNumberAnd(number.values[i], histogram)
              : ofHistogramAnd(histogram, number.values[i]);
      if (result == null) column.hole(i);
      else column.set(i, result);
    }
  }

  /** An operator that cuts histograms has nothing to cut in floats. */
  void dropFloats(Column column) {
    for (int i = 0; i < column.steps(); i++) {
      if (!column.has(i)) continue;
      notes.typesDiffer(operator, false, false);
      column.hole(i);
    }
  }

  /** 1 or 0 where two histograms are compared for equality; NaN where nothing can be compared. */
  double holds(@Nullable Histogram left, @Nullable Histogram right) {
    boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
    if (left == null || right == null || !equality) {
      notes.typesDiffer(operator, left != null, right != null);
      return Double.NaN;
    }
    return left.sameAs(right) == (operator == Operator.EQUAL) ? 1 : 0;
  }

  /** The result on two values, null where there is none. */
  @Nullable Histogram of(
      double left, @Nullable Histogram leftOne, double right, @Nullable Histogram rightOne) {
    if (leftOne != null && rightOne != null) return ofTwo(leftOne, rightOne);
    if (leftOne != null) return ofHistogramAnd(leftOne, right);
    if (rightOne != null) return ofNumberAnd(left, rightOne);
    notes.typesDiffer(operator, false, false);
    return null;
  }

  private @Nullable Histogram ofNumberAnd(double number, Histogram histogram) {
    if (operator == Operator.MULTIPLY) return histogram.times(number);
    notes.typesDiffer(operator, false, true);
    return null;
  }

  private @Nullable Histogram ofHistogramAnd(Histogram histogram, double number) {
    return switch (operator) {
      case MULTIPLY -> histogram.times(number);
      case DIVIDE -> histogram.dividedBy(number);
      case TRIM_UPPER -> histogram.trimmed(number, true);
      case TRIM_LOWER -> histogram.trimmed(number, false);
      default -> {
        notes.typesDiffer(operator, true, false);
        yield null;
      }
    };
  }

  private @Nullable Histogram ofTwo(Histogram left, Histogram right) {
    boolean adds = operator == Operator.ADD;
    if (!adds && operator != Operator.SUBTRACT) {
      notes.typesDiffer(operator, true, true);
      return null;
    }
    sum.set(left);
    if (!(adds ? sum.add(right) : sum.subtract(right))) {
      notes.layoutsDiffer(operator);
      return null;
    }
    Operation operation = adds ? Operation.ADDITION : Operation.SUBTRACTION;
    if (sum.resetsCollide()) {
      notes.resetsCollide(operation);
      return null;
    }
    if (sum.reconciled()) notes.boundsReconciled(operation);
    return adds ? sum.result() : sum.result(CounterReset.GAUGE);
  }
}
