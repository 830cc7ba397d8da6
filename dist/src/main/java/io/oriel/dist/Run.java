package io.oriel.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another program, run to its end. */
final class Run {
  private static final long MINUTES = 10;
  private static final int SHOWN = 2_000; // characters of what it said last

  private Run() {}

  /**
   * Runs it and gives what it printed.
   *
   * @throws CannotMake when it fails or does not end
   */
  static String of(List<String> command) throws CannotMake, InterruptedException {
    String name = Path.of(command.getFirst()).getFileName().toString();
    try {
      Path log = Files.createTempFile("oriel-dist", ".log");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) process.destroyForcibly().waitFor();
        String said = Files.readString(log, StandardCharsets.UTF_8);
        if (ended && process.exitValue() == 0) return said;
        String last = said.substring(Math.max(0, said.length() - SHOWN)).strip();
        String how = ended ? "failed" : "did not end within %d minutes".formatted(MINUTES);
        throw new CannotMake("%s %s (%s)".formatted(name, how, last), "mend that, and try again");
      } finally {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      throw new CannotMake(
          "%s can't be run (%s)".formatted(name, e.getMessage()),
          "give the home of a JDK by --jdk");
    }
  }
}
