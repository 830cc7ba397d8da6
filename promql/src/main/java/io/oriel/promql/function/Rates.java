package io.oriel.promql.function;

import static io.oriel.promql.expr.ValueType.MATRIX;
import static io.oriel.promql.expr.ValueType.SCALAR;
import static io.oriel.promql.expr.ValueType.VECTOR;

import io.oriel.model.SampleColumns;
import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.expr.Kernel;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.Windows;
import java.util.List;

/** How fast something changes. */
final class Rates {
  static final List<Function> FUNCTIONS =
      List.of(
          Row.window(
              "rate",
              "How much a counter grows per second, on average over the range; a fall counts as a"
                  + " reset, and the ends are extrapolated to the edges of the range.",
              new PureWindows(
                  (windows, samples, inputs, out) ->
                      extrapolated(windows, samples, inputs, out, true, true),
                  new HistogramRates.Counter(true))),
          Row.window(
              "increase",
              "How much a counter grew over the range; rate times the length of the range.",
              new PureWindows(
                  (windows, samples, inputs, out) ->
                      extrapolated(windows, samples, inputs, out, true, false),
                  new HistogramRates.Counter(false))),
          Row.window(
              "delta",
              "The difference between the last and the first value of a gauge in the range,"
                  + " extrapolated to its edges.",
              new PureWindows(
                  (windows, samples, inputs, out) ->
                      extrapolated(windows, samples, inputs, out, false, false),
                  HistogramRates::delta)),
          Row.window(
              "irate",
              "How much a counter grows per second, by the last two samples in the range.",
              new Kernel.WithHistograms(
                  (windows, samples, inputs, out) -> lastTwo(windows, samples, out, true),
                  HistogramRates::perSecond)),
          Row.window(
              "idelta",
              "The difference between the last two samples in the range.",
              new Kernel.WithHistograms(
                  (windows, samples, inputs, out) -> lastTwo(windows, samples, out, false),
                  HistogramRates::difference)),
          Row.window(
              "changes",
              "How often the value changed within the range.",
              new Kernel.OfAnyKind(Rates::changes)),
          Row.window(
              "resets",
              "How often a counter fell within the range.",
              new Kernel.OfAnyKind(Rates::resets)),
          Row.window(
              "deriv",
              "How much a gauge changes per second, by linear regression over the range.",
              Rates::deriv),
          Row.of(
              "predict_linear",
              List.of(MATRIX, SCALAR),
              VECTOR,
              "The value that a gauge will have in so many seconds, by linear regression over the"
                  + " range.",
              (Kernel.OverWindows) Rates::predict));

  private Rates() {}

  private static void extrapolated(
      Windows windows,
      SampleColumns samples,
      Inputs inputs,
      Column out,
      boolean counter,
      boolean perSecond) {
    double[] values = samples.values;
    var resets = new Resets(samples, counter);
    var counts = new Counts(samples);
    while (windows.next()) {
      int first = windows.from();
      int last = windows.to() - 1;
      boolean began = counter && Starts.beganInside(samples, windows);
      if (first == last && !began) continue;
      if (counter && samples.starts != null) Starts.warnOfOverlap(samples, windows, inputs);
      double grown = resets.addTo(values[last] - values[first], first, last);
      if (began) grown += values[first];
      double factor =
          began
              ? Starts.stretch(samples, windows)
              : stretch(
                  windows,
                  samples,
                  counts.between(first, last + 1),
                  counter ? grown : -1,
                  values[first]);
      if (perSecond) factor /= windows.rangeMs() / 1000.0;
      out.set(windows.step(), grown * factor);
    }
  }

  /**
   * By how much the difference over the samples is stretched to stand for the whole window: at
   * either end to the edge, or by half the mean distance between samples where the edge is further
   * than 1.1 of it; a counter (grown > 0) never to before it was zero.
   *
   * @param count of the samples in the window
   * @param firstValue of the counter, at the first sample in the window
   */
  static double stretch(
      Windows windows, SampleColumns samples, long count, double grown, double firstValue) {
    int first = windows.from();
    int last = windows.to() - 1;
    double sampled = (samples.times[last] - samples.times[first]) / 1000.0;
    double spacing = sampled / (count - 1);
    double toStart = (samples.times[first] - windows.startMs()) / 1000.0;
    double toEnd = (windows.endMs() - samples.times[last]) / 1000.0;
    double far = spacing * 1.1;
    if (toStart >= far) toStart = spacing / 2;
    if (grown > 0 && firstValue >= 0) {
      toStart = Math.min(toStart, sampled * (firstValue / grown));
    }
    if (toEnd >= far) toEnd = spacing / 2;
    return (sampled + toStart + toEnd) / sampled;
  }

  /**
   * The falls of a counter, found once for the series. Windows only move forward, so the first one
   * that still matters does too; without a fall, which is the rule, a window costs one comparison.
   */
  private static final class Resets {
    private final double[] values;
    private int[] falls = new int[4];
    private int count;
    private int next;

    Resets(SampleColumns samples, boolean counter) {
      values = samples.values;
      for (int i = 1; counter && i < samples.size; i++) {
        if (values[i] < values[i - 1] || Starts.reset(samples, i)) {
          if (count == falls.length) falls = java.util.Arrays.copyOf(falls, 2 * count);
          falls[count++] = i;
        }
      }
    }

    double addTo(double difference, int first, int last) {
      while (next < count && falls[next] <= first) next++;
      double grown = difference;
      for (int i = next; i < count && falls[i] <= last; i++) grown += values[falls[i] - 1];
      return grown;
    }
  }

  private static void lastTwo(
      Windows windows, SampleColumns samples, Column out, boolean counterPerSecond) {
    while (windows.next()) {
      if (windows.count() < 2) continue;
      int last = windows.to() - 1;
      out.set(windows.step(), lastTwo(samples, last, counterPerSecond));
    }
  }

  /** The difference of a sample and the one before; of a counter per second. */
  static double lastTwo(SampleColumns samples, int last, boolean counterPerSecond) {
    double value = samples.values[last];
    double before = samples.values[last - 1];
    if (!counterPerSecond) return value - before;
    long apart = samples.times[last] - samples.times[last - 1];
    boolean reset = value < before || Starts.reset(samples, last);
    return (reset ? value : value - before) / (apart / 1000.0);
  }

  private static void changes(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    count(windows, samples, out, false);
  }

  private static void resets(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    count(windows, samples, out, true);
  }

  /** Counts events between neighbours; each enters and leaves once. */
  private static void count(Windows windows, SampleColumns samples, Column out, boolean resets) {
    int count = 0;
    int seenFrom = 0;
    int seenTo = 0;
    while (windows.next()) {
      if (seenTo < windows.from()) {
        seenTo = windows.from(); // nothing in common with the window before
        count = 0;
      } else {
        for (int i = seenFrom + 1; i <= windows.from(); i++) {
          if (i < seenTo && event(samples, i, resets)) count--;
        }
      }
      for (int i = Math.max(seenTo, windows.from() + 1); i < windows.to(); i++) {
        if (event(samples, i, resets)) count++;
      }
      seenFrom = windows.from();
      seenTo = windows.to();
      out.set(windows.step(), count);
    }
  }

  private static boolean event(SampleColumns samples, int i, boolean resets) {
    return resets ? Events.reset(samples, i) : Events.changed(samples, i);
  }

  private static void deriv(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    var line = new Regression();
    while (windows.next()) {
      if (windows.count() < 2) continue;
      line.fit(samples, windows.from(), windows.to(), samples.times[windows.from()]);
      out.set(windows.step(), line.slope());
    }
  }

  private static void predict(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    var line = new Regression();
    while (windows.next()) {
      if (windows.count() < 2) continue;
      line.fit(samples, windows.from(), windows.to(), windows.stepMs());
      double ahead = inputs.scalar(1, windows.step());
      out.set(windows.step(), line.slope() * ahead + line.intercept());
    }
  }
}
