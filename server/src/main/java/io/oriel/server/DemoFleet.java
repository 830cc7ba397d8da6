package io.oriel.server;

import io.oriel.metrics.MetricStore;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.limit.Refusal;
import io.oriel.server.config.CollectorsConfig;
import io.oriel.server.config.Demo;
import io.oriel.server.config.OrielConfig;
import io.oriel.server.demo.DemoPast;
import io.oriel.simulate.SimulatedFleet;
import io.oriel.simulate.Simulation;
import io.oriel.simulate.SimulationSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
    Path folder = folder(data);
    try {
      var scenario = Simulation.scenarioOf(demo.scenario());
      var settings = SimulationSettings.normal(folder).withScenario(scenario).goingOn();
      boolean isLong = demo.past().compareTo(settings.past()) > 0;
      return Simulation.start(isLong ? settings.withPast(demo.past()) : settings, clock);
    } catch (IllegalArgumentException e) {
      throw new Refusal.CannotStart(
          Simulation.SCENARIO_VARIABLE + ": " + e.getMessage(), "set another, or none");
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the simulated fleet can't start (%s)".formatted(e.getMessage()),
          "see that %s can be written".formatted(folder));
    }
  }

  /**
   * Begins to write the fleet's past; empty where there is none to write.
   *
   * @throws Refusal.CannotStart when it can't be known what is missing
   */
  static Optional<DemoPast> past(
      OrielConfig config, SimulatedFleet fleet, MetricStore store, String host, Clock clock) {
    Duration wanted = config.collectors().demo().map(Demo::past).orElse(Duration.ZERO);
    if (!wanted.isPositive() || !(fleet instanceof Simulation here)) return Optional.empty();
    Path folder = folder(config.storage().folder());
    var setup =
        new DemoPast.Setup(
            folder,
            host,
            Labels.of("instance", config.collectors().instance().orElse(host)),
            config.collectors().interval(),
            config.storage().retention());
    try {
      return Optional.of(DemoPast.start(here, store, setup, clock));
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the fleet's past can't be written (%s)".formatted(e.getMessage()),
          "see that %s can be read and written".formatted(folder));
    }
  }

  private static Path folder(Path data) {
    return data.resolve("simulated");
  }
}
