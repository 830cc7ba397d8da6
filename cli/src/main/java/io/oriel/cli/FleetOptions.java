package io.oriel.cli;

import io.oriel.server.config.Demo;
import io.oriel.simulate.Simulation;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which simulated fleet is watched; the same words for everything that runs collectors. */
final class FleetOptions {
  @Option(
      names = "--demo",
      description =
          "Watch a simulated fleet of AI servers, 8 GPUs, vLLM and what is around it, in place of"
              + " this machine's own GPUs, containers and model servers.")
  private boolean demo;

  @Option(
      names = "--demo-at",
      paramLabel = "URL",
      converter = UrlValue.class,
      description = "The same, of the simulator that oriel simulate runs, by its control port.")
  private @Nullable URI demoAt;

  /**
   * The fleet that is asked for; the environment says its first scenario.
   *
   * @param past how much of its past is written, where it is simulated in this process
   */
  Optional<Demo> demo(Duration past) {
    if (!demo && demoAt == null) return Optional.empty();
    String scenario = System.getenv().getOrDefault(Simulation.SCENARIO_VARIABLE, "");
    Duration written = demoAt == null ? past : Duration.ZERO;
    return Optional.of(new Demo(Optional.ofNullable(demoAt), scenario, written));
  }
}
