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
 * @param goesOn whether the folder remembers the fleet, so that the next start goes on with it
 */
public record SimulationSettings(
    long seed,
    int basePort,
    Path folder,
    Scenario scenario,
    Duration past,
    double speed,
    boolean goesOn) {
  /** Enough for containers and counters to look lived in. */
  public static final Duration SHORT_PAST = Duration.ofHours(2);

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
    return new SimulationSettings(1, 0, folder, Scenario.NORMAL, SHORT_PAST, 1, false);
  }

  public SimulationSettings withBasePort(int port) {
    return new SimulationSettings(seed, port, folder, scenario, past, speed, goesOn);
  }

  public SimulationSettings withScenario(Scenario other) {
    return new SimulationSettings(seed, basePort, folder, other, past, speed, goesOn);
  }

  public SimulationSettings withPast(Duration other) {
    return new SimulationSettings(seed, basePort, folder, scenario, other, speed, goesOn);
  }

  /** The folder remembers the fleet. */
  public SimulationSettings goingOn() {
    return new SimulationSettings(seed, basePort, folder, scenario, past, speed, true);
  }
}
