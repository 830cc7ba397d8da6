package io.oriel.simulate;

import io.oriel.simulate.world.Scenario;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the simulation runs.
 *
 * @param seed what chance follows; equal seeds and starts give equal fleets
 * @param basePort the control port; the systems follow it. 0: each takes any that is free
 * @param folder where the daemon's socket and the simulated {@code /proc} lie; it is made
 * @param past how long the fleet has been running when the simulation starts
 * @param speed simulated seconds a second
 */
public record SimulationSettings(
    long seed, int basePort, Path folder, Scenario scenario, Duration past, double speed) {

  public SimulationSettings {
    if (basePort < 0 || basePort > 65_000) {
      throw new IllegalArgumentException(
          "the base port %d is none from 0 to 65000".formatted(basePort));
    }
    if (past.isNegative() || past.compareTo(Duration.ofDays(60)) > 0) {
      throw new IllegalArgumentException("a past of %s is none up to 60 days".formatted(past));
    }
    if (!(speed > 0) || speed > 10_000) {
      throw new IllegalArgumentException("a speed of %s is none up to 10000".formatted(speed));
    }
  }

  /** At the pace of the clock, on any ports, with two hours behind it. */
  public static SimulationSettings normal(Path folder) {
    return new SimulationSettings(1, 0, folder, Scenario.NORMAL, Duration.ofHours(2), 1);
  }

  public SimulationSettings withBasePort(int port) {
    return new SimulationSettings(seed, port, folder, scenario, past, speed);
  }

  public SimulationSettings withScenario(Scenario other) {
    return new SimulationSettings(seed, basePort, folder, other, past, speed);
  }

  public SimulationSettings withPast(Duration other) {
    return new SimulationSettings(seed, basePort, folder, scenario, other, speed);
  }
}
