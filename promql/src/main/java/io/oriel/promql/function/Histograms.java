package io.oriel.promql.function;

import static io.oriel.promql.expr.ValueType.SCALAR;
import static io.oriel.promql.expr.ValueType.STRING;
import static io.oriel.promql.expr.ValueType.VECTOR;

import io.oriel.model.histogram.Estimates;
import io.oriel.model.histogram.Histogram;
import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.GoNumber;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.expr.Kernel;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.HeldSeries;
import io.oriel.promql.series.SeriesSink;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What reads histograms: native ones, and classic ones, which are series with a label {@code le}.
 */
final class Histograms {
  static final List<Function> FUNCTIONS =
      List.of(
          Row.of(
              "histogram_quantile",
              List.of(SCALAR, VECTOR),
              VECTOR,
              "The q-quantile (0 to 1) of observations, estimated from the buckets of a histogram.",
              (Kernel.OverVector) Histograms::quantile),
          Row.experimental(
              Row.optional(
                  Function.REPEATS,
                  Row.of(
                      "histogram_quantiles",
                      List.of(VECTOR, STRING, SCALAR, SCALAR),
                      VECTOR,
                      "Several quantiles at once, told apart by a label (2nd).",
                      (Kernel.OverVector) Histograms::quantiles))),
          Row.of(
              "histogram_fraction",
              List.of(SCALAR, SCALAR, VECTOR),
              VECTOR,
              "The share of observations between two values, estimated from the buckets.",
              (Kernel.OverVector) Histograms::fraction),
          ofNative(
              "histogram_avg",
              "The mean of the observations in a native histogram.",
              histogram -> histogram.sum() / histogram.count()),
          ofNative(
              "histogram_count", "How many observations a native histogram has.", Histogram::count),
          ofNative(
              "histogram_sum",
              "The sum of the observations in a native histogram.",
              Histogram::sum),
          ofNative(
              "histogram_stddev",
              "The estimated standard deviation in a native histogram.",
              histogram -> Math.sqrt(Estimates.variance(histogram))),
          ofNative(
              "histogram_stdvar",
              "The estimated variance in a native histogram.",
              Estimates::variance));

  private Histograms() {}

  /** Floats are no native histograms: nothing comes of them. */
  private static Function ofNative(String name, String doc, ToDoubleFunction<Histogram> each) {
    return Row.of(name, List.of(VECTOR), VECTOR, doc, new Kernel.OverHistograms(each));
  }

  private static void quantile(List<HeldSeries> series, Inputs inputs, SeriesSink out) {
    var families = BucketFamily.group(series, inputs, 1);
    var fixes = new MonotonicityFixes(inputs, inputs.at(1));
    noteBadQuantiles(inputs, 0);
    new NativeQuantiles(series, families, inputs, 1).quantiles(0, labels -> labels, out);
    var column = new Column(inputs.steps().count());
    for (BucketFamily family : families.values()) {
      quantile(family, inputs, 0, fixes, column);
      out.take(family.labels(), true, column);
    }
    fixes.note();
  }

  private static void noteBadQuantiles(Inputs inputs, int argument) {
    for (int step = 0; step < inputs.steps().count(); step++) {
      double q = inputs.scalar(argument, step);
      if (!(q >= 0 && q <= 1)) inputs.notes().badQuantile(q, inputs.at(argument));
    }
  }

  private static void quantile(
      BucketFamily family, Inputs inputs, int argument, MonotonicityFixes fixes, Column out) {
    out.clear();
    for (int step = 0; step < out.steps(); step++) {
      if (!family.read(step)) continue;
      double q = inputs.scalar(argument, step);
      out.set(step, family.buckets().quantile(q, fixes.at(family.name(), step)));
    }
  }

  private static void quantiles(List<HeldSeries> series, Inputs inputs, SeriesSink out) {
    var families = BucketFamily.group(series, inputs, 0);
    var fixes = new MonotonicityFixes(inputs, inputs.at(0));
    String label = inputs.text(1);
    for (int argument = 2; argument < inputs.scalars().size(); argument++) {
      noteBadQuantiles(inputs, argument);
    }
    var column = new Column(inputs.steps().count());
    var natives = new NativeQuantiles(series, families, inputs, 0);
    for (int argument = 2; argument < inputs.scalars().size(); argument++) {
      String q = GoNumber.openMetrics(inputs.scalar(argument, 0));
      natives.quantiles(argument, labels -> labels.with(label, q), out);
      for (BucketFamily family : families.values()) {
        quantile(family, inputs, argument, fixes, column);
        out.take(family.labels().with(label, q), true, column);
      }
    }
    fixes.note();
  }

  private static void fraction(List<HeldSeries> series, Inputs inputs, SeriesSink out) {
    var families = BucketFamily.group(series, inputs, 2);
    new NativeQuantiles(series, families, inputs, 2).fractions(out);
    var column = new Column(inputs.steps().count());
    for (BucketFamily family : families.values()) {
      column.clear();
      for (int step = 0; step < column.steps(); step++) {
        if (!family.read(step)) continue;
        column.set(step, family.buckets().fraction(inputs.scalar(0, step), inputs.scalar(1, step)));
      }
      out.take(family.labels(), true, column);
    }
  }
}
