package io.oriel.server;

import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import io.oriel.server.config.CollectorsConfig;
import io.oriel.server.config.Demo;
import io.oriel.server.config.OrielConfig;
import io.oriel.simulate.SimulatedFleet;
import io.oriel.simulate.Simulation;
import io.oriel.simulate.SimulationSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The simulated fleet of a demo, made as the configuration says. */
final class DemoFleet {
  private DemoFleet() {}

  /**
   * Empty where nothing is simulated.
   *
   * @throws Refusal.CannotStart when there is no such scenario, or the fleet can't start
   */
  static Optional<SimulatedFleet> open(OrielConfig config, Clock clock) {
    CollectorsConfig collectors = config.collectors();
    if (!collectors.enabled()) return Optional.empty();
    return collectors.demo().map(demo -> open(demo, config.storage().folder(), clock));
  }

  private static SimulatedFleet open(Demo demo, Path data, Clock clock) {
    Optional<URI> elsewhere = demo.at();
    if (elsewhere.isPresent()) return SimulatedFleet.at(elsewhere.get(), clock);
    Path folder = data.resolve("simulated");
    try {
      var scenario = Simulation.scenarioOf(demo.scenario());
      var settings = SimulationSettings.normal(folder).withScenario(scenario);
      return Simulation.start(settings, clock);
    } catch (IllegalArgumentException e) {
      throw new Refusal.CannotStart(
          Simulation.SCENARIO_VARIABLE + ": " + e.getMessage(), "set another, or none");
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the simulated fleet can't start (%s)".formatted(e.getMessage()),
          "see that %s can be written".formatted(folder));
    }
  }
}
