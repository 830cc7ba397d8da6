package io.oriel.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** Somebody else's server, as Debian packages it, on loopback. Missing ones skip the test. */
final class Peer implements AutoCloseable {
  private final Process process;

  private Peer(Process process) {
    this.process = process;
  }

  /** The program's path; the test is skipped, with one line, where it is not installed. */
  static String program(String name, String debianPackage) {
    for (String folder : List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/bin")) {
      Path program = Path.of(folder, name);
      if (Files.isExecutable(program)) return program.toString();
    }
    throw new TestAbortedException(
        "skipped, nothing was checked: %s is not installed (Debian: apt-get install %s)"
            .formatted(name, debianPackage));
  }

  /** Starts a server and waits until an address answers. */
  static Peer start(Path folder, String readyUrl, String... command) throws Exception {
    Path log = Files.createTempFile(folder, "peer", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    var peer = new Peer(process);
    Await.until(
        command[0] + " answers at " + readyUrl,
        Duration.ofSeconds(30),
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError(command[0] + " ended:\n" + Files.readString(log));
          }
          return answers(readyUrl);
        });
    return peer;
  }

  private static boolean answers(String url) throws InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() < 400;
    } catch (IOException _) {
      return false;
    }
  }

  /** Ends a process by its own id: asked first, then made to. */
  static void end(Process process) {
    process.destroy();
    process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
    if (process.isAlive()) process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    end(process);
  }
}
