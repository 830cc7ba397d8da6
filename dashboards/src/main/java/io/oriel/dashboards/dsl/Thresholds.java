package io.oriel.dashboards.dsl;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a value begins to matter. Below the first step it is well.
 *
 * @param lines whether a chart draws them
 */
public record Thresholds(List<Step> steps, boolean lines) {
  public static final Thresholds NONE = new Thresholds(List.of(), false);

  /** From a value on, a colour by its name in Grafana. */
  public record Step(double from, String colour) {}

  public Thresholds {
    steps = List.copyOf(steps);
  }

  /** Look at it today. */
  public static Thresholds warn(double from) {
    return NONE.and(from, "yellow");
  }

  /** Act now. */
  public Thresholds critical(double from) {
    return and(from, "red");
  }

  public Thresholds drawn() {
    return new Thresholds(steps, true);
  }

  private Thresholds and(double from, String colour) {
    var more = new ArrayList<>(steps);
    if (!more.isEmpty() && more.getLast().from >= from) {
      throw new IllegalArgumentException("thresholds must rise: " + more.getLast() + ", " + from);
    }
    more.add(new Step(from, colour));
    return new Thresholds(more, lines);
  }
}
