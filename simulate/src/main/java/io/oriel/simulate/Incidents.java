package io.oriel.simulate;

import io.oriel.simulate.world.Scenario;
import io.oriel.simulate.world.World;
import java.util.List;

/**
 * What befell the fleet before the simulation was started: a past without any would teach little.
 */
final class Incidents {
  private static final long MINUTE_MS = 60_000;
  private static final long HOUR_MS = 60 * MINUTE_MS;

  /** One incident: when it began, in hours before the start, and how long it lasted. */
  private record Incident(double hoursBefore, int minutes, Scenario scenario) {}

  private static final List<Incident> ALL =
      List.of(
          new Incident(24 * 27.3, 25, Scenario.RESTART_LOOP),
          new Incident(24 * 23.6, 90, Scenario.HIGH_LOAD),
          new Incident(24 * 19.4, 40, Scenario.GPU_OVERHEAT),
          new Incident(24 * 16.9, 12, Scenario.NODE_DOWN),
          new Incident(24 * 13.5, 45, Scenario.MAINTENANCE),
          new Incident(24 * 10.2, 120, Scenario.COST_OVERRUN),
          new Incident(24 * 7.7, 30, Scenario.MODEL_LOAD_FAILURE),
          new Incident(24 * 5.4, 35, Scenario.GPU_MEMORY_LEAK),
          new Incident(24 * 3.6, 60, Scenario.TRAINING_DIVERGENCE),
          new Incident(24 * 1.9, 30, Scenario.DEGRADED),
          new Incident(9.5, 20, Scenario.ERROR_BURST),
          new Incident(4.5, 30, Scenario.HIGH_LOAD));

  private Incidents() {}

  /** Plans those that fall into the world's past. */
  static void plan(World world, long startMs) {
    for (Incident each : ALL) {
      long begin = startMs - Math.round(each.hoursBefore() * HOUR_MS);
      if (begin <= world.nowMs()) continue;
      world.plan(begin, each.scenario());
      world.plan(begin + each.minutes() * MINUTE_MS, Scenario.NORMAL);
    }
  }
}
