package io.oriel.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Oriel in a process of its own, with the class path of this test run. */
final class OrielProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  final int port;
  final HttpClient http = HttpClient.newHttpClient();

  private OrielProcess(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Starts {@code oriel up} on a free port and waits until it is ready. */
  static OrielProcess up(Path folder, String... options) throws Exception {
    int port = Ports.freePair();
    OrielProcess oriel = launch(folder, port, options);
    oriel.awaitReady();
    return oriel;
  }

  /** The same with options for the JVM, such as a small heap. */
  static OrielProcess upWith(List<String> jvm, Path folder, String... options) throws Exception {
    OrielProcess oriel = launch(jvm, folder, Ports.freePair(), options);
    oriel.awaitReady();
    return oriel;
  }

  /** Starts {@code oriel up} and returns at once. */
  static OrielProcess launch(Path folder, int port, String... options) throws IOException {
    return launch(List.of(), folder, port, options);
  }

  private static OrielProcess launch(List<String> jvm, Path folder, int port, String... options)
      throws IOException {
    var arguments = new ArrayList<>(List.of("up", "--port", String.valueOf(port)));
    if (!List.of(options).contains("--data")) {
      arguments.addAll(List.of("--data", folder.resolve("data").toString()));
    }
    arguments.addAll(List.of(options));
    Path log = Files.createTempFile(folder, "oriel", ".log");
    Process process =
        command(jvm, arguments).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new OrielProcess(process, log, port);
  }

  /** What {@code oriel ARGUMENT...} prints and how it ends, for runs that end by themselves. */
  static Outcome run(Path folder, String... arguments) throws Exception {
    Path log = Files.createTempFile(folder, "oriel", ".log");
    Process process =
        command(List.of(), List.of(arguments))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: oriel " + String.join(" ", arguments));
    }
    return new Outcome(process.exitValue(), Files.readString(log));
  }

  record Outcome(int exitCode, String output) {}

  private static ProcessBuilder command(List<String> jvm, List<String> arguments) {
    return new ProcessBuilder(words(jvm, arguments));
  }

  /** The words of the command that runs Oriel with such arguments. */
  static List<String> words(List<String> arguments) {
    return words(List.of(), arguments);
  }

  private static List<String> words(List<String> jvm, List<String> arguments) {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    words.addAll(jvm);
    words.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.oriel.cli.Main"));
    words.addAll(arguments);
    return words;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  long pid() {
    return process.pid();
  }

  /** Bytes of memory that the process has now, as the kernel counts them. */
  long residentBytes() throws IOException {
    return status("VmRSS:");
  }

  /** The most it ever had. */
  long mostResidentBytes() throws IOException {
    return status("VmHWM:");
  }

  private long status(String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
      if (line.startsWith(key)) return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
    }
    throw new IOException("no " + key + " of process " + pid());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The body of an answer with status 200. */
  String get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url() + path)).timeout(PATIENCE).build();
    var answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  String output() throws IOException {
    return Files.readString(log);
  }

  void awaitReady() throws Exception {
    Await.until(
        "ready at " + url(),
        PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("oriel ended with " + process.exitValue() + ":\n" + output());
          }
          try {
            get("/-/ready");
            return true;
          } catch (IOException | AssertionError _) {
            return false;
          }
        });
  }

  /** Ends it as power loss of the process would: nothing is told to it. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Asks it to stop, as Ctrl-C does, and gives its exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("oriel did not stop within 20 s after SIGTERM");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    http.close();
    Peer.end(process);
  }
}
