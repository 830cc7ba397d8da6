package io.oriel.promql.function;

import static io.oriel.promql.expr.ValueType.MATRIX;
import static io.oriel.promql.expr.ValueType.SCALAR;
import static io.oriel.promql.expr.ValueType.VECTOR;

import io.oriel.model.SampleColumns;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.expr.Kernel;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.Windows;
import java.util.List;
import java.util.Locale;

/** The functions that look at one series through a window. */
final class OverTime {
  /** From the samples of one window to a value. */
  private interface Fold {
    double of(SampleColumns samples, int from, int to);
  }

  static final List<Function> FUNCTIONS =
      List.of(
          Row.window(
              "count_over_time",
              "How many samples the range holds.",
              new Kernel.OfAnyKind(OverTime::count)),
          ofAny("present_over_time", "1 where the range holds a sample.", (s, from, to) -> 1),
          Row.window(
              "sum_over_time",
              "The sum of all values in the range.",
              new PureWindows(OverTime::sum, HistogramsOverTime::sum)),
          Row.window(
              "avg_over_time",
              "The mean of all values in the range.",
              new PureWindows(OverTime::mean, HistogramsOverTime::mean)),
          Row.window(
              "max_over_time",
              "The largest value in the range; NaN only where there is nothing else.",
              (windows, samples, inputs, out) -> Extremes.walk(windows, samples, out, true)),
          Row.window(
              "min_over_time",
              "The smallest value in the range; NaN only where there is nothing else.",
              (windows, samples, inputs, out) -> Extremes.walk(windows, samples, out, false)),
          fold(
              "stddev_over_time",
              "The standard deviation (of the population) of the values in the range.",
              (samples, from, to) -> Math.sqrt(variance(samples, from, to))),
          fold(
              "stdvar_over_time",
              "The variance (of the population) of the values in the range.",
              OverTime::variance),
          Row.keepingName(
              Row.window(
                  "last_over_time",
                  "The newest value in the range.",
                  new Kernel.WithHistograms(
                      each((samples, from, to) -> samples.values[to - 1]),
                      HistogramsOverTime::last))),
          Row.keepingName(
              Row.experimental(
                  Row.window(
                      "first_over_time",
                      "The oldest value in the range.",
                      new Kernel.WithHistograms(
                          each((samples, from, to) -> samples.values[from]),
                          HistogramsOverTime::first)))),
          Row.of(
              "quantile_over_time",
              List.of(SCALAR, MATRIX),
              VECTOR,
              "The q-quantile (0 to 1) of the values in the range.",
              (Kernel.OverWindows) OverTime::quantile),
          Row.experimental(
              fold(
                  "mad_over_time",
                  "The median absolute deviation of the values in the range.",
                  OverTime::medianDeviation)),
          momentOfAny("ts_of_first_over_time", "oldest", (samples, from, to) -> from),
          momentOfAny("ts_of_last_over_time", "newest", (samples, from, to) -> to - 1),
          moment(
              "ts_of_max_over_time",
              "largest",
              (samples, from, to) -> extreme(samples.values, from, to, true)),
          moment(
              "ts_of_min_over_time",
              "smallest",
              (samples, from, to) -> extreme(samples.values, from, to, false)),
          Row.experimental(
              Row.of(
                  "double_exponential_smoothing",
                  List.of(MATRIX, SCALAR, SCALAR),
                  VECTOR,
                  "A smoothed value that follows the trend (Holt), by a smoothing and a trend"
                      + " factor between 0 and 1.",
                  (Kernel.OverWindows) OverTime::smooth)));

  private OverTime() {}

  private static Function fold(String name, String doc, Fold fold) {
    return Row.window(name, doc, each(fold));
  }

  /** Of floats and native histograms alike. */
  private static Function ofAny(String name, String doc, Fold fold) {
    return Row.window(name, doc, new Kernel.OfAnyKind(each(fold)));
  }

  private static Kernel.OverWindows each(Fold fold) {
    return (windows, samples, inputs, out) -> {
      while (windows.next()) {
        out.set(windows.step(), fold.of(samples, windows.from(), windows.to()));
      }
    };
  }

  /** The time of a sample that is found by its index. */
  private static Function moment(String name, String which, Fold index) {
    return Row.experimental(fold(name, momentDoc(which), time(index)));
  }

  private static Function momentOfAny(String name, String which, Fold index) {
    return Row.experimental(ofAny(name, momentDoc(which), time(index)));
  }

  private static String momentDoc(String which) {
    return "When the " + which + " value in the range was taken, in seconds since 1970.";
  }

  private static Fold time(Fold index) {
    return (samples, from, to) -> samples.times[(int) index.of(samples, from, to)] / 1000.0;
  }

  private static void count(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    var counts = new Counts(samples);
    while (windows.next()) {
      out.set(windows.step(), (double) counts.between(windows.from(), windows.to()));
    }
  }

  private static void sum(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    var sum = new SlidingSum(samples);
    while (windows.next()) {
      sum.slideTo(windows);
      out.set(windows.step(), sum.exact());
    }
  }

  private static void mean(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    var sum = new SlidingSum(samples);
    var counts = new Counts(samples);
    while (windows.next()) {
      sum.slideTo(windows);
      long count = counts.between(windows.from(), windows.to());
      double mean = sum.mean(count);
      // an overflow is seen to one value at a time
      boolean none = Double.isNaN(mean);
      out.set(windows.step(), none ? mean(samples, windows.from(), windows.to(), count) : mean);
    }
  }

  private static double mean(SampleColumns samples, int from, int to, long count) {
    var sum = new Sum();
    if (samples.extra != null) { // each value is a sum
      for (int i = from; i < to; i++) sum.add(samples.values[i] / count);
      return sum.exact();
    }
    for (int i = from; i < to; i++) sum.addToMean(samples.values[i]);
    return sum.mean();
  }

  private static double variance(SampleColumns samples, int from, int to) {
    var mean = new Sum();
    var squares = new Sum();
    for (int i = from; i < to; i++) {
      double distance = samples.values[i] - mean.exact();
      mean.add(distance / (i - from + 1));
      squares.add(distance * (samples.values[i] - mean.exact()));
    }
    return squares.exact() / (to - from);
  }

  private static int extreme(double[] values, int from, int to, boolean largest) {
    int best = from;
    for (int i = from + 1; i < to; i++) {
      boolean better = largest ? values[i] >= values[best] : values[i] <= values[best];
      if (better || Double.isNaN(values[best])) best = i;
    }
    return best;
  }

  private static double medianDeviation(SampleColumns samples, int from, int to) {
    double[] values = Quantiles.sorted(samples.values, from, to);
    if (Double.isNaN(values[0])) return Double.NaN; // the smallest: then nothing lies in the middle
    double median = Quantiles.of(0.5, values, values.length);
    for (int i = 0; i < values.length; i++) values[i] = Math.abs(values[i] - median);
    return Quantiles.of(0.5, Quantiles.sorted(values, 0, values.length), values.length);
  }

  private static void quantile(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    while (windows.next()) {
      double q = inputs.scalar(0, windows.step());
      if (!(q >= 0 && q <= 1)) inputs.notes().badQuantile(q, inputs.at(0));
      double[] sorted = Quantiles.sorted(samples.values, windows.from(), windows.to());
      out.set(windows.step(), Quantiles.of(q, sorted, sorted.length));
    }
  }

  private static void smooth(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    while (windows.next()) {
      double smoothing = factor("smoothing", "sf", inputs.scalar(1, windows.step()));
      double trend = factor("trend", "tf", inputs.scalar(2, windows.step()));
      if (windows.count() < 2) continue;
      out.set(
          windows.step(), smooth(samples.values, windows.from(), windows.to(), smoothing, trend));
    }
  }

  private static double factor(String name, String sign, double value) {
    if (value > 0 && value < 1) return value;
    throw new Refusal.QueryFailed(
        String.format(
            Locale.ROOT, "invalid %s factor. Expected: 0 < %s < 1, got: %f", name, sign, value));
  }

  private static double smooth(double[] values, int from, int to, double smoothing, double trend) {
    double before = 0;
    double level = values[from];
    double slope = values[from + 1] - values[from];
    for (int i = from + 1; i < to; i++) {
      if (i > from + 1) slope = trend * (level - before) + (1 - trend) * slope;
      double next = smoothing * values[i] + (1 - smoothing) * (level + slope);
      before = level;
      level = next;
    }
    return level;
  }
}
