package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.oriel.model.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same questions to Oriel and to Debian's Prometheus, which hold the same awkward data: the
 * public compliance list, and random queries by a fresh seed until the time is over. What changed
 * between that Prometheus (2.42) and 3 is known to the tester; what else differs, down to the ninth
 * digit, fails. {@code -Doriel.seed=N} asks again what an earlier run asked.
 */
class DifferentialTest {
  private static final int ASKING_SECONDS = 40;
  private static final int MOST_SECONDS = 180; // start, filling, and making a failing query small
  private static final int FEWEST_QUESTIONS = 1100; // the compliance list, and some random ones

  private static final String COMPLIANCE = "queries/promql-test-queries.yml";

  @TempDir Path folder;

  @Test
  void oriel_answers_as_prometheus_does() throws Exception {
    Path bench = SharedData.bench("");
    Peer.program("prometheus", "prometheus");
    var command = new ArrayList<>(List.of(Peer.program("python3", "python3")));
    command.addAll(List.of(own("compare.py"), bench.toString(), "--servers", "prometheus,oriel"));
    command.addAll(List.of("--servers-file", servers().toString()));
    command.addAll(List.of("--work", folder.resolve("work").toString()));
    command.addAll(List.of("--queries", bench.resolve(COMPLIANCE).toString()));
    command.addAll(List.of("--random", "1000000", "--seconds", String.valueOf(ASKING_SECONDS)));
    command.addAll(List.of("--api", "0"));
    command.addAll(List.of("--expect-file", bench.resolve("known_differences.json").toString()));
    command.addAll(List.of("--expect-file", own("known.json")));
    String seed = System.getProperty("oriel.seed", "");
    if (!seed.isEmpty()) command.addAll(List.of("--seed", seed));

    Told told = run(command);

    told.text.lines().filter(line -> line.startsWith("seed ")).forEach(System.out::println);
    assertThat(told.exitCode).as(told.text).isZero();
    assertThat(questions(told.text)).as(told.text).isGreaterThan(FEWEST_QUESTIONS);
  }

  /** How the tester starts Oriel: from the class path of this test run. */
  private Path servers() throws IOException {
    Path config = folder.resolve("oriel.yaml"); // the tester knows of one port alone
    Files.writeString(
        config, "listen: {prometheus_port: %d}\nquery: {aliases: false}\n".formatted(Ports.free()));
    List<String> start =
        OrielProcess.words(
            List.of(
                "up",
                "--no-collectors",
                "--config=" + config,
                "--retention=10y",
                "--data={data}",
                "--port={port}",
                "--prometheus-config={config}"));
    var oriel =
        Map.of(
            "command", start,
            "version", OrielProcess.words(List.of("version")),
            "ready", "/-/ready",
            "write", "/api/v1/write",
            "api", "/api/v1",
            "pid", "child");
    Path file = folder.resolve("servers.json");
    new ObjectMapper().writeValue(file.toFile(), Map.of("oriel", oriel));
    return file;
  }

  private static String own(String name) throws Exception {
    return Path.of(DifferentialTest.class.getResource("/differential/" + name).toURI()).toString();
  }

  private record Told(int exitCode, String text) {}

  private Told run(List<String> command) throws Exception {
    Path log = Files.createTempFile(folder, "compare", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
      return new Told(ended ? process.exitValue() : -1, Files.readString(log));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly); // the two servers, if any
      Peer.end(process);
    }
  }

  private static int questions(String text) {
    return text.lines()
        .filter(line -> line.matches("\\d+ questions, .*"))
        .mapToInt(line -> Integer.parseInt(line.substring(0, line.indexOf(' '))))
        .findFirst()
        .orElse(0);
  }
}
