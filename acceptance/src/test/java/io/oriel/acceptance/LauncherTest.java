package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.acceptance.OrielProcess.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's search for a JDK, among Java homes that have only what it looks at. */
class LauncherTest {
  private static final Path LAUNCHER = Path.of(System.getProperty("oriel.root"), "oriel");

  @TempDir Path folder;

  @Test
  void a_jdk_25_elsewhere_is_found_though_the_default_java_is_a_17() throws Exception {
    Path old = javaHome("old", "17.0.15", true);
    javaHome("sdkman/candidates/java/25-tem", "25.0.3", true);

    Outcome outcome =
        launch(
            Map.of(
                "JAVA_HOME", old.toString(),
                "PATH", old.resolve("bin") + ":/usr/bin:/bin",
                "SDKMAN_DIR", folder.resolve("sdkman").toString()),
            "jdk");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.output().strip()).doesNotStartWith(old.toString()).isNotEmpty();
  }

  @Test
  void java_home_wins_where_it_is_new_enough() throws Exception {
    Path own = javaHome("own", "26.0.1", true);

    Outcome outcome = launch(Map.of("JAVA_HOME", own.toString()), "jdk");

    assertThat(outcome.output().strip()).isEqualTo(own.toString());
  }

  @Test
  void a_wrong_choice_of_ones_own_is_said_and_not_passed_over() throws Exception {
    Path old = javaHome("old", "17.0.15", true);

    Outcome outcome = launch(Map.of("ORIEL_JAVA_HOME", old.toString()), "jdk");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output()).contains("ORIEL_JAVA_HOME", old.toString(), "25").hasLineCount(1);
  }

  @Test
  void a_runtime_without_compiler_is_no_jdk() throws Exception {
    Path runtime = javaHome("runtime", "25.0.3", false);

    Outcome outcome = launch(Map.of("ORIEL_JAVA_HOME", runtime.toString()), "jdk");

    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  private Path javaHome(String name, String version, boolean compiler) throws IOException {
    Path home = folder.resolve(name);
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    program(bin.resolve("java"));
    if (compiler) program(bin.resolve("javac"));
    return home;
  }

  private static void program(Path file) throws IOException {
    Files.writeString(file, "#!/bin/sh\nexit 1\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Outcome launch(Map<String, String> environment, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(LAUNCHER.toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.contains("JAVA_HOME"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), text);
  }
}
