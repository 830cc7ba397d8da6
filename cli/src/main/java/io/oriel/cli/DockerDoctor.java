package io.oriel.cli;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.container.Checkup;
import io.oriel.collect.container.ContainerCollector;
import io.oriel.collect.container.Doctor;
import io.oriel.collect.container.KeepList;
import io.oriel.collect.container.Sockets;
import io.oriel.collect.node.Roots;
import io.oriel.model.Clock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code oriel docker doctor}: which containers are worth a look, and a script nobody runs. */
@Command(
    name = "doctor",
    description = {
      "Says which containers are worth a look, and prints a clean-up script.",
      "",
      "Looks for containers that are idle, unhealthy, restarting again and again, without limits,"
          + " writing a log that is never rotated, or not on the list of those to keep. Each is"
          + " looked at twice, some seconds apart. Nothing is changed: the script is printed, and"
          + " what needs a decision stands in it as a comment."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 nothing found, 1 something found, 2 wrong usage, 3 no daemon could be asked."
    })
final class DockerDoctor implements Callable<Integer> {
  private static final int FOUND = 1;
  private static final int NOT_ASKED = 3;
  private static final int MOST_KEEP_BYTES = 1 << 20;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "where the daemon listens: unix:///run/podman/podman.sock, tcp://gpu1:2376."
              + " Without it DOCKER_HOST, or the first socket found.")
  private @Nullable String host;

  @Option(
      names = "--keep",
      paramLabel = "NAME",
      description = "a container that is meant to be here; * stands for any letters. Repeatable.")
  private List<String> keep = new ArrayList<>();

  @Option(
      names = "--keep-list",
      paramLabel = "FILE",
      description = "a file of such names, one a line; # begins a comment.")
  private @Nullable Path keepList;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "between the two looks, 1 to 600 (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--script", description = "print the script alone.")
  private boolean scriptAlone;

  @Option(names = "--json", description = "print JSON in place of words and script.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (seconds < 1 || seconds > 600) throw wrong("--seconds is %d".formatted(seconds));
    var doctor = new Doctor(keep());
    PrintWriter out = spec.commandLine().getOut();
    try (ContainerCollector collector = collector()) {
      Checkup checkup = Checkup.of(collector, doctor, Clock.system(), seconds * 1_000L);
      out.print(json ? checkup.json() : scriptAlone ? checkup.script() : both(checkup));
      out.flush();
      return checkup.findings().isEmpty() ? Main.DONE : FOUND;
    } catch (CollectorFailure failure) {
      spec.commandLine().getErr().println("oriel: " + failure.happened() + "; " + failure.remedy());
      return NOT_ASKED;
    }
  }

  private static String both(Checkup checkup) {
    String script = checkup.script();
    return script.isEmpty() ? checkup.words() : checkup.words() + "\n" + script;
  }

  private ContainerCollector collector() {
    var interval = Duration.ofSeconds(60); // what is slow gets half of it
    if (host == null) return ContainerCollector.ofMachine(Roots.HOST, Clock.system(), interval);
    var address = new Sockets(System.getenv(), Path.of("/")).address(host, "--host");
    if (address == null) {
      throw wrong(
          "--host %s is no address of a daemon; write unix:///PATH or tcp://HOST:PORT"
              .formatted(host));
    }
    return ContainerCollector.at(address, Roots.HOST, Clock.system(), interval);
  }

  private KeepList keep() {
    var lines = new ArrayList<>(keep);
    Path file = keepList;
    if (file != null) {
      try {
        if (Files.size(file) > MOST_KEEP_BYTES) throw wrong(file + " is larger than 1 MiB");
        lines.addAll(Files.readAllLines(file));
      } catch (IOException e) {
        throw wrong("--keep-list %s can't be read (%s)".formatted(file, e.getMessage()));
      }
    }
    try {
      return KeepList.of(lines);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
