package io.oriel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Clock;
import io.oriel.simulate.Simulation;
import io.oriel.simulate.SimulationSettings;
import io.oriel.simulate.world.Scenario;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The simulated fleet from the command line: alone in a process, switched from another. */
@Timeout(120)
class SimulateTest {
  private static final Pattern CONTROL =
      Pattern.compile("control\\s+(http://127\\.0\\.0\\.1:\\d+)");
  private static final Pattern PAGES = Pattern.compile("is ready.*: (http://127\\.0\\.0\\.1:\\d+)");

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @Test
  void a_running_simulation_is_asked_and_switched() throws Exception {
    var settings = SimulationSettings.normal(folder);
    try (var fleet = Simulation.start(settings, Clock.system())) {
      String at = fleet.endpoints().getFirst().uri().toString();

      assertThat(run("simulate", "scenario", "--at", at)).isZero();
      assertThat(run("simulate", "scenario", "gpu-overheat", "--at", at + "/")).isZero();

      assertThat(out.toString())
          .contains("* normal ", "  log-storm ", at + " plays gpu-overheat now");
      assertThat(fleet.scenario()).isEqualTo(Scenario.GPU_OVERHEAT);
      assertThat(run("simulate", "scenario", "earthquake", "--at", at)).isEqualTo(Main.FAILED);
      assertThat(err.toString()).contains("there is no such scenario");
    }
  }

  @Test
  void where_nothing_is_simulated_that_is_said_with_what_to_start() throws IOException {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    assertThat(run("simulate", "scenario", "normal", "--at", "http://127.0.0.1:" + free))
        .isEqualTo(Main.FAILED);
    assertThat(run("simulate", "scenario", "--at", "over there")).isEqualTo(Main.WRONG_USAGE);
    assertThat(run("simulate", "--scenario", "earthquake")).isEqualTo(Main.WRONG_USAGE);

    assertThat(err.toString())
        .contains("no simulated fleet answers at", "start oriel simulate or oriel up --demo")
        .contains("'over there' is no address")
        .contains("there is no scenario earthquake; choose one of normal,");
  }

  @Test
  void a_fleet_runs_in_a_process_of_its_own_until_it_is_interrupted() throws Exception {
    Process process =
        start(
            "log-storm",
            List.of("simulate", "--port", "0", "--folder", folder.resolve("s").toString()));
    try (BufferedReader lines = process.inputReader()) {
      String at = await(lines, CONTROL);

      assertThat(run("simulate", "scenario", "--at", at)).isZero();
      assertThat(out.toString()).contains("* log-storm");
      interrupt(process);
      assertThat(lines.lines().toList()).last().isEqualTo("The simulated fleet stops.");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void the_environment_names_the_scenario_of_a_demo_and_the_command_line_switches_it()
      throws Exception {
    Process process =
        start(
            "high-load",
            List.of(
                "up",
                "--demo",
                "--demo-past",
                "0s",
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString()));
    try (BufferedReader lines = process.inputReader()) {
      String at = await(lines, PAGES);

      assertThat(run("simulate", "scenario", "--at", at)).isZero();
      assertThat(run("simulate", "scenario", "normal", "--at", at)).isZero();

      assertThat(out.toString()).contains("* high-load", at + " plays normal now");
    } finally {
      process.destroyForcibly();
      process.waitFor(30, TimeUnit.SECONDS);
    }
  }

  private static Process start(String scenario, List<String> arguments) throws IOException {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String here =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    words.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            here,
            "io.oriel.cli.Main"));
    words.addAll(arguments);
    var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put(Simulation.SCENARIO_VARIABLE, scenario);
    return builder.start();
  }

  private static String await(BufferedReader lines, Pattern pattern) throws IOException {
    var read = new ArrayList<String>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      read.add(line);
      Matcher found = pattern.matcher(line);
      if (found.find()) return found.group(1);
    }
    throw new AssertionError("it ended, having said " + read);
  }

  private static void interrupt(Process process) throws Exception {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-INT", pid).start().waitFor()).isZero();
  }
}
