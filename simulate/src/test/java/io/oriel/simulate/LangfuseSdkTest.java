package io.oriel.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oriel.model.testing.ManualClock;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Langfuse's own Python SDK reads the simulated Langfuse: its models refuse an answer that lacks a
 * field. It is found in the folder of peers (ORIEL_PEERS, else ~/.cache/oriel/peers), where {@code
 * python3 -m venv langfuse && langfuse/bin/pip install langfuse} puts it.
 */
class LangfuseSdkTest {
  private static final long START = Instant.parse("2026-03-04T11:00:00Z").toEpochMilli();

  @TempDir Path folder;

  private static Path python() {
    String told = System.getenv("ORIEL_PEERS");
    Path peers =
        told == null
            ? Path.of(System.getProperty("user.home"), ".cache", "oriel", "peers")
            : Path.of(told);
    return peers.resolve("langfuse/bin/python");
  }

  @Test
  void its_models_accept_every_answer() throws Exception {
    Path python = python();
    assumeTrue(
        Files.isExecutable(python),
        "Langfuse's SDK is not installed (no %s): left out".formatted(python));
    var clock = new ManualClock(START);
    try (var simulation = Simulation.start(SimulationSettings.normal(folder.resolve("s")), clock)) {
      clock.advance(2 * 3_600_000);

      String said = run(python, simulation);

      assertThat(said)
          .contains("health 4.", "projects fleet", "observations 20", "next page 20")
          .contains("plain observations 20", "scores 10", "wrong key 401")
          .containsPattern("metrics [1-9]")
          .containsPattern("models [1-9]");
    }
  }

  private String run(Path python, Simulation simulation) throws Exception {
    Endpoint langfuse =
        simulation.endpoints().stream()
            .filter(each -> each.kind().equals("langfuse"))
            .findFirst()
            .orElseThrow();
    Path script = folder.resolve("check.py");
    try (InputStream in = getClass().getResourceAsStream("/langfuse/check.py")) {
      Files.copy(Objects.requireNonNull(in), script);
    }
    Path said = folder.resolve("said");
    var command =
        new ProcessBuilder(
                python.toString(),
                script.toString(),
                langfuse.uri().toString(),
                langfuse.user(),
                langfuse.secret())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    command.environment().put("NO_PROXY", "127.0.0.1");
    Process process = command.start();
    try {
      assertThat(process.waitFor(55, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(said);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
