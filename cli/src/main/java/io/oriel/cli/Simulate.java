package io.oriel.cli;

import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import io.oriel.simulate.Endpoint;
import io.oriel.simulate.Simulation;
import io.oriel.simulate.SimulationSettings;
import io.oriel.simulate.world.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code oriel simulate}: the simulated fleet in a process of its own. */
@Command(
    name = "simulate",
    description = {
      "Runs the simulated fleet of AI servers alone, until Ctrl-C.",
      "",
      "Its systems answer as real ones do, each on a port of its own, for an Oriel started with"
          + " --demo-at or for any other reader. What befalls it is switched by oriel simulate"
          + " scenario NAME."
    },
    subcommands = SimulateScenario.class,
    sortOptions = false,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[scenario]",
    footer = {
      "",
      "Exit codes: 0 done, 1 it could not start, 2 wrong usage. More: docs/simulator.md"
    })
final class Simulate implements Callable<Integer> {
  static final int CONTROL_PORT = 24_000;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = PortValue.class,
      defaultValue = "" + CONTROL_PORT,
      description =
          "The control port; the systems take those after it (default: 24000). 0 takes free ones.")
  private int port;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "What befalls it at first (default: ORIEL_SCENARIO, or normal).")
  private @Nullable String scenario;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What chance follows: equal seeds, equal fleets (default: 1).")
  private long seed;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "1",
      description = "Simulated seconds a second, up to 10000 (default: 1).")
  private double speed;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--past",
      paramLabel = "TIME",
      defaultValue = "2h",
      converter = DurationValue.class,
      description = "How long it has been running at the start, up to 60d (default: 2h).")
  private Duration past;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--folder",
      paramLabel = "DIR",
      defaultValue = "data/simulated",
      description =
          "Where the daemon's socket and the simulated /proc lie (default: data/simulated).")
  private Path folder;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (var signals = Signals.listen();
        var fleet = Simulation.start(settings(), Clock.system())) {
      say(fleet, out);
      while (signals.next() != Signals.Asked.STOP) {} // there is no configuration to read again
      out.println("The simulated fleet stops.");
      return Main.DONE;
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the simulated fleet can't start (%s)".formatted(e.getMessage()),
          "choose other ports by --port, or another folder by --folder");
    }
  }

  private SimulationSettings settings() {
    try {
      String told = scenario == null ? System.getenv(Simulation.SCENARIO_VARIABLE) : scenario;
      Scenario first = Simulation.scenarioOf(told);
      return new SimulationSettings(seed, port, folder, first, past, speed, false);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private void say(Simulation fleet, PrintWriter out) {
    List<Endpoint> all = fleet.endpoints();
    out.println("The simulated fleet answers; Ctrl-C ends it.");
    for (Endpoint each : all)
      out.println("  %-22s %s%s".formatted(name(each), each.uri(), how(each)));
    out.println("Watch it:  oriel up --demo-at " + all.getFirst().uri());
    out.println("Switch it: oriel simulate scenario NAME --at " + all.getFirst().uri());
  }

  private static String name(Endpoint endpoint) {
    boolean isSaid = endpoint.name().startsWith(endpoint.kind());
    return isSaid ? endpoint.name() : endpoint.kind() + " " + endpoint.name();
  }

  private static String how(Endpoint endpoint) {
    String metrics = endpoint.metrics() ? "/metrics" : "";
    if (endpoint.secret().isEmpty()) return metrics;
    String user = endpoint.user();
    return user.isEmpty()
        ? "%s  bearer token %s".formatted(metrics, endpoint.secret())
        : "%s  user %s, password %s".formatted(metrics, user, endpoint.secret());
  }
}
