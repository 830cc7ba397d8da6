package io.oriel.promql.plan;

import io.oriel.promql.series.Steps;
import io.oriel.promql.series.Windows;

/**
 * Which time a selector covers, relative to a step: its window's length, and where that ends.
 *
 * @param fixed whether it ends at {@code fixedMs - offsetMs} whatever the step
 * @param margin how much further the samples reach than the window
 */
public record Reach(
    long rangeMs, long offsetMs, boolean fixed, long fixedMs, Windows.Margin margin) {

  /** The same with another margin. */
  public Reach with(Windows.Margin other) {
    return new Reach(rangeMs, offsetMs, fixed, fixedMs, other);
  }

  public Windows.Frame over(Steps steps) {
    return new Windows.Frame(steps, rangeMs, offsetMs, fixed, fixedMs, margin);
  }
}
