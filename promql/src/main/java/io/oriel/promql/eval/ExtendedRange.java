package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.series.WindowEdges;
import io.oriel.promql.series.Windows;
import java.util.Locale;

/**
 * The answer to {@code x[5m] anchored} and {@code x[5m] smoothed}, asked alone: the samples of the
 * window, and the values on its two edges as samples there.
 */
final class ExtendedRange {
  private final Expr.Edges kind;
  private final Evaluation.SampleSink out;

  ExtendedRange(Expr.Edges kind, Evaluation.SampleSink out) {
    this.kind = kind;
    this.out = out;
  }

  void walk(Labels labels, Windows windows, SampleColumns samples) {
    var edges = new WindowEdges(samples, kind == Expr.Edges.SMOOTHED);
    if (!windows.next() || !edges.find(windows)) return;
    for (int i = windows.from(); i < windows.to(); i++) {
      if (samples.histogram(i) != null) throw noHistograms();
    }
    var all = new SampleColumns(edges.innerTo() - edges.innerFrom() + 2);
    all.add(windows.startMs(), edges.left(false));
    all.addAll(samples, edges.innerFrom(), edges.innerTo());
    all.add(windows.endMs(), edges.right(false));
    out.take(labels, all, 0, all.size);
  }

  private Refusal.QueryFailed noHistograms() {
    return new Refusal.QueryFailed(
        kind.name().toLowerCase(Locale.ROOT) + " modifier is not supported with histograms");
  }
}
