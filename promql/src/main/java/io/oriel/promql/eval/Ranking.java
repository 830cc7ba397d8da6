package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Aggregator;
import io.oriel.promql.expr.GoNumber;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.HeldSeries;
import io.oriel.promql.series.SeriesSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/** topk and bottomk: at each step the k best of the group, NaN only where there is nothing else. */
final class Ranking implements GroupFold {
  /** A series' value at one step; a later series loses against an earlier one of equal value. */
  private record Entry(double value, int series) {}

  private final FoldContext context;
  private final List<HeldSeries> series = new ArrayList<>();
  private final Comparator<Entry> worstFirst;

  private Ranking(FoldContext context) {
    this.context = context;
    boolean largest = context.aggregator() == Aggregator.TOPK;
    Comparator<Entry> byValue =
        (a, b) -> {
          boolean noA = Double.isNaN(a.value);
          boolean noB = Double.isNaN(b.value);
          if (noA || noB) return Boolean.compare(noB, noA);
          return largest ? Double.compare(a.value, b.value) : Double.compare(b.value, a.value);
        };
    this.worstFirst = byValue.thenComparing((a, b) -> Integer.compare(b.series, a.series));
  }

  static Supplier<GroupFold> of(FoldContext context) {
    for (int i = 0; i < context.steps().count(); i++) count(context.parameter(i), "k");
    return () -> new Ranking(context);
  }

  /** The whole number that a parameter stands for. */
  static long count(double value, String name) {
    if (Double.isNaN(value)) {
      throw new Refusal.QueryFailed("Parameter value is NaN");
    }
    if (value >= 0x1p63 || value <= -0x1p63) {
      throw new Refusal.QueryFailed("Scalar value " + GoNumber.general(value) + " overflows int64");
    }
    return (long) value;
  }

  @Override
  public void add(Labels labels, boolean nameless, Column column) {
    context.budget().hold(column.steps());
    if (column.histograms != null) noteIgnored(column);
    Column floats = column.copy();
    floats.histograms = null;
    series.add(new HeldSeries(labels, nameless, floats));
  }

  private void noteIgnored(Column column) {
    for (int i = 0; i < column.steps(); i++) {
      if (column.histogram(i) == null || count(context.parameter(i), "k") < 1) continue;
      context.histogramNotes().ignoredInAggregation(context.aggregator());
      break;
    }
  }

  @Override
  public void handOn(Labels group, boolean nameless, SeriesSink out) {
    var chosen = new Column[series.size()];
    var order = new ArrayList<Integer>();
    var best = new PriorityQueue<>(worstFirst);
    for (int step = 0; step < context.steps().count(); step++) {
      best.clear();
      choose(best, step);
      var ranked = new ArrayList<>(best);
      ranked.sort(worstFirst.reversed());
      for (Entry entry : ranked) {
        if (chosen[entry.series] == null) {
          chosen[entry.series] = new Column(context.steps().count());
          order.add(entry.series);
        }
        chosen[entry.series].set(step, entry.value);
      }
    }
    context.budget().release((long) series.size() * context.steps().count());
    for (int index : order) {
      HeldSeries held = series.get(index);
      out.take(held.labels(), held.nameless(), chosen[index]);
    }
  }

  private void choose(PriorityQueue<Entry> best, int step) {
    long k = count(context.parameter(step), "k");
    if (k < 1) return;
    for (int s = 0; s < series.size(); s++) {
      Column column = series.get(s).column();
      if (!column.has(step)) continue;
      var entry = new Entry(column.get(step), s);
      if (best.size() < k) {
        best.add(entry);
      } else if (worstFirst.compare(entry, best.element()) > 0) {
        best.remove();
        best.add(entry);
      }
    }
  }
}
