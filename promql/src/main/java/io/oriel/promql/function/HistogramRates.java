package io.oriel.promql.function;

import io.oriel.model.SampleColumns;
import io.oriel.model.histogram.CounterReset;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.histogram.HistogramSum;
import io.oriel.promql.expr.HistogramNotes;
import io.oriel.promql.expr.HistogramNotes.Operation;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.Windows;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How fast native histograms grow; the results are gauges. */
final class HistogramRates {
  private HistogramRates() {}

  private static Histogram at(SampleColumns samples, int sample) {
    return Objects.requireNonNull(samples.histogram(sample));
  }

  /** rate and increase: neighbours are compared once, however many windows they lie in. */
  record Counter(boolean perSecond) implements PureWindows.Each {
    @Override
    public PureWindows.Each over(SampleColumns samples) {
      HintedResets.tell(samples);
      var course = new Course(samples);
      return (windows, all, inputs, out) ->
          extrapolated(windows, all, inputs, out, course, perSecond);
    }

    @Override
    public void at(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
      over(samples).at(windows, samples, inputs, out);
    }
  }

  static void delta(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    extrapolated(windows, samples, inputs, out, null, false);
  }

  /** What happens along a counter's histograms: mostly nothing. */
  private static final class Course {
    final HistogramSum grown = new HistogramSum(); // over one window; written to again and again
    final Tally gauges;
    final Tally resets; // since the sample before
    final Tally changes; // of the schema, custom buckets included

    Course(SampleColumns samples) {
      gauges = new Tally(samples.size);
      resets = new Tally(samples.size);
      changes = new Tally(samples.size);
      for (int i = 0; i < samples.size; i++) {
        Histogram now = samples.histogram(i);
        Histogram before = i == 0 ? null : samples.histogram(i - 1);
        gauges.add(now != null && now.reset() == CounterReset.GAUGE);
        resets.add(now != null && before != null && Events.reset(samples, i));
        changes.add(now != null && before != null && now.schema() != before.schema());
      }
    }
  }

  private static void extrapolated(
      Windows windows,
      SampleColumns samples,
      Inputs inputs,
      Column out,
      @Nullable Course course,
      boolean perSecond) {
    boolean counter = course != null;
    boolean began = counter && Starts.beganInside(samples, windows);
    if (windows.count() < 2 && !began) return;
    if (counter && samples.starts != null) Starts.warnOfOverlap(samples, windows, inputs);
    Histogram first = at(samples, windows.from());
    HistogramSum grown = course == null ? new HistogramSum() : course.grown;
    grown.clear();
    if (windows.count() > 1 && !grow(grown, windows, samples, inputs, course)) return;
    if (began && !grown.add(first)) {
      inputs.histogramNotes(0).mixedSchemas(windows.metricName());
      return;
    }
    double factor =
        began
            ? Starts.stretch(samples, windows)
            : Rates.stretch(
                windows, samples, windows.count(), counter ? grown.count() : -1, first.count());
    if (perSecond) factor /= windows.rangeMs() / 1000.0;
    grown.scale(factor);
    out.set(windows.step(), grown.result(CounterReset.GAUGE));
  }

  /** The last less the first, and what was lost at each reset between; false where unlike. */
  private static boolean grow(
      HistogramSum sum,
      Windows windows,
      SampleColumns samples,
      Inputs inputs,
      @Nullable Course course) {
    HistogramNotes notes = inputs.histogramNotes(0);
    int from = windows.from();
    int to = windows.to() - 1;
    noteKind(windows, samples, notes, course);
    // what came before a reset right at the start is not looked at, of whatever layout it is
    boolean anew = course != null && course.resets.between(from + 1, from + 2) > 0;
    Histogram first = at(samples, anew ? from + 1 : from);
    int coarsest = coarsest(samples, first, anew ? from + 1 : from, to, course);
    if (coarsest == UNLIKE) {
      notes.mixedSchemas(windows.metricName());
      return false;
    }
    Histogram last = at(samples, to);
    sum.set(last.custom() ? last : last.reducedTo(coarsest));
    sum.subtract(anew ? first.emptied() : first);
    if (sum.reconciled()) notes.boundsReconciled(Operation.SUBTRACTION);
    sum.forgetReconciled();
    if (course != null) addResets(sum, samples, anew ? from + 2 : from + 1, to, course, notes);
    return true;
  }

  private static void noteKind(
      Windows windows, SampleColumns samples, HistogramNotes notes, @Nullable Course course) {
    if (course != null) {
      boolean any = course.gauges.between(windows.from(), windows.to()) > 0;
      if (any) notes.notCounter(windows.metricName());
    } else if (!isGauge(samples, windows.from()) || !isGauge(samples, windows.to() - 1)) {
      notes.notGauge(windows.metricName());
    }
  }

  private static boolean isGauge(SampleColumns samples, int sample) {
    return at(samples, sample).reset() == CounterReset.GAUGE;
  }

  private static final int UNLIKE = Integer.MAX_VALUE;

  /** The coarsest schema of the first, the last, and for a counter of those between, too. */
  private static int coarsest(
      SampleColumns samples, Histogram first, int from, int to, @Nullable Course course) {
    if (course != null && course.changes.between(from + 1, to + 1) == 0) return first.schema();
    int coarsest = first.schema();
    for (int i = course != null ? from + 1 : to; i <= to; i++) {
      Histogram histogram = at(samples, i);
      if (histogram.custom() != first.custom()) return UNLIKE;
      coarsest = Math.min(coarsest, histogram.schema());
    }
    return coarsest;
  }

  private static void addResets(
      HistogramSum sum,
      SampleColumns samples,
      int from,
      int to,
      Course course,
      HistogramNotes notes) {
    int left = course.resets.between(from, to + 1);
    for (int i = from; left > 0; i++) {
      if (course.resets.between(i, i + 1) == 0) continue;
      sum.add(at(samples, i - 1));
      left--;
    }
    if (sum.reconciled()) notes.boundsReconciled(Operation.ADDITION);
  }

  /** irate. */
  static void perSecond(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    lastTwo(windows, samples, inputs, out, true);
  }

  /** idelta. */
  static void difference(Windows windows, SampleColumns samples, Inputs inputs, Column out) {
    lastTwo(windows, samples, inputs, out, false);
  }

  private static void lastTwo(
      Windows windows, SampleColumns samples, Inputs inputs, Column out, boolean counter) {
    while (windows.next()) {
      if (windows.count() < 2) continue;
      int last = windows.to() - 1;
      Histogram now = samples.histogram(last);
      Histogram before = samples.histogram(last - 1);
      if (now == null && before == null) {
        out.set(windows.step(), Rates.lastTwo(samples, last, counter));
      } else if (now == null || before == null) {
        inputs.histogramNotes(0).mixedWithFloats(windows.metricName());
      } else {
        boolean reset = counter && Events.reset(samples, last);
        Histogram grown = grown(before, now, reset, inputs, windows, counter);
        if (grown == null) continue;
        double seconds = (samples.times[last] - samples.times[last - 1]) / 1000.0;
        out.set(windows.step(), counter ? grown.dividedBy(seconds) : grown);
      }
    }
  }

  private static @Nullable Histogram grown(
      Histogram before,
      Histogram now,
      boolean reset,
      Inputs inputs,
      Windows windows,
      boolean counter) {
    HistogramNotes notes = inputs.histogramNotes(0);
    boolean nowGauge = now.reset() == CounterReset.GAUGE;
    boolean beforeGauge = before.reset() == CounterReset.GAUGE;
    if (counter && (nowGauge || beforeGauge)) notes.notCounter(windows.metricName());
    if (!counter && !(nowGauge && beforeGauge)) notes.notGauge(windows.metricName());
    if (reset) return now.withReset(CounterReset.GAUGE);
    var sum = new HistogramSum();
    sum.set(now);
    if (!sum.subtract(before)) {
      notes.mixedSchemas(windows.metricName());
      return null;
    }
    if (sum.reconciled()) notes.boundsReconciled(Operation.SUBTRACTION);
    return sum.result(CounterReset.GAUGE);
  }
}
