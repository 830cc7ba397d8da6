package io.oriel.promql.function;

import io.oriel.model.SampleColumns;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.expr.Kernel;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.WindowEdges;
import io.oriel.promql.series.Windows;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions that understand {@code anchored} and {@code smoothed}, by rows of their own. */
final class Extended {
  /** What is asked of the values on the edges. */
  private record Rate(boolean counter, boolean perSecond) {}

  /** A function with its kernels for extended ranges, null where it has none. */
  private record Row(
      String function,
      Kernel.@Nullable OverWindows anchored,
      Kernel.@Nullable OverWindows smoothed) {
    Kernel.@Nullable OverWindows kernel(Expr.Edges edges) {
      return edges == Expr.Edges.ANCHORED ? anchored : smoothed;
    }
  }

  private static final List<Row> ROWS =
      List.of(
          new Row("changes", (windows, s, i, out) -> count(windows, s, out, false), null),
          difference("delta", new Rate(false, false)),
          difference("increase", new Rate(true, false)),
          difference("rate", new Rate(true, true)),
          new Row("resets", (windows, s, i, out) -> count(windows, s, out, true), null));

  private Extended() {}

  private static Row difference(String function, Rate rate) {
    return new Row(
        function,
        (windows, samples, inputs, out) ->
            walk(windows, samples, inputs, out, new WindowEdges(samples, false), rate),
        (windows, samples, inputs, out) ->
            walk(windows, samples, inputs, out, new WindowEdges(samples, true), rate));
  }

  /**
   * The kernel of a function over a range with such edges.
   *
   * @throws Refusal.QueryFailed when the function has none, in Prometheus' words
   */
  static Kernel.OverWindows kernel(String function, Expr.Edges edges) {
    for (Row row : ROWS) {
      Kernel.OverWindows kernel = row.kernel(edges);
      if (row.function.equals(function) && kernel != null) return new Kernel.OfAnyKind(kernel);
    }
    Function<Row, String> name = Row::function;
    throw new Refusal.QueryFailed(
        edges.name().toLowerCase(Locale.ROOT)
            + " modifier can only be used with: "
            + ROWS.stream()
                .filter(row -> row.kernel(edges) != null)
                .map(name)
                .collect(Collectors.joining(", "))
            + " - not with "
            + function);
  }

  private static void walk(
      Windows windows,
      SampleColumns samples,
      Inputs inputs,
      Column out,
      WindowEdges edges,
      Rate rate) {
    while (windows.next()) {
      int histograms = histograms(samples, windows.from(), windows.to());
      if (histograms == 0) {
        if (edges.find(windows)) out.set(windows.step(), difference(windows, samples, edges, rate));
      } else if (histograms < windows.count()) {
        inputs.histogramNotes(0).mixedWithFloats(windows.metricName());
      } else {
        new ExtendedHistograms(windows, samples, inputs, edges, rate.counter)
            .at(windows, rate.perSecond, out);
      }
    }
  }

  private static int histograms(SampleColumns samples, int from, int to) {
    int count = 0;
    for (int i = from; samples.histograms != null && i < to; i++) {
      if (samples.histogram(i) != null) count++;
    }
    return count;
  }

  private static double difference(
      Windows windows, SampleColumns samples, WindowEdges edges, Rate rate) {
    double left = edges.left(rate.counter);
    double right = edges.right(rate.counter);
    double grown = right - left;
    if (rate.counter) grown += lost(samples, edges, left, right);
    return rate.perSecond ? grown / (windows.rangeMs() / 1000.0) : grown;
  }

  /** What a counter had counted each time it fell, from one edge to the other. */
  private static double lost(SampleColumns samples, WindowEdges edges, double left, double right) {
    double lost = 0;
    double before = left;
    for (int i = edges.innerFrom(); i < edges.innerTo(); i++) {
      if (samples.values[i] < before) lost += before;
      before = samples.values[i];
    }
    return right < before ? lost + before : lost;
  }

  /** Counts events between neighbours, from the last sample at or before the start on. */
  private static void count(Windows windows, SampleColumns samples, Column out, boolean resets) {
    while (windows.next()) {
      int last = windows.to() - 1;
      if (samples.times[last] <= windows.startMs()) continue;
      int anchor = windows.from();
      while (anchor < last && samples.times[anchor + 1] <= windows.startMs()) anchor++;
      int count = 0;
      for (int i = anchor + 1; i <= last; i++) {
        if (resets ? Events.reset(samples, i) : Events.changed(samples, i)) count++;
      }
      out.set(windows.step(), count);
    }
  }
}
