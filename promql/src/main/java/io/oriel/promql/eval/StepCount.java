package io.oriel.promql.eval;

import io.oriel.model.SampleColumns;
import io.oriel.model.backend.QueryAnswer.AtStep;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.Steps;
import io.oriel.promql.series.Windows;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts for each step of a query the samples that it looks at: all in its windows, one for each
 * series of an instant selector. What a subquery reads at moments of its own counts when its
 * windows are walked. Made only for who asks; thread-safe.
 */
final class StepCount {
  private final Steps steps;
  private final long[] counts;

  StepCount(Steps steps) {
    this.steps = steps;
    this.counts = new long[steps.count()];
  }

  /** Whether windows lie at the query's own steps. */
  private boolean isMine(Windows.Frame frame) {
    return frame.steps().equals(steps);
  }

  /** The windows are walked once more, over the samples that they were walked over. */
  synchronized void ofWindows(Windows.Frame frame, Windows windows, SampleColumns samples) {
    if (!isMine(frame)) return;
    windows.again(samples);
    while (windows.next()) counts[windows.step()] += windows.count();
  }

  synchronized void ofInstants(Windows.Frame frame, Column values) {
    if (!isMine(frame)) return;
    for (int i = 0; i < counts.length; i++) if (values.hasAny(i)) counts[i]++;
  }

  synchronized List<AtStep> told() {
    var told = new ArrayList<AtStep>(counts.length);
    for (int i = 0; i < counts.length; i++) told.add(new AtStep(steps.at(i), counts[i]));
    return told;
  }
}
