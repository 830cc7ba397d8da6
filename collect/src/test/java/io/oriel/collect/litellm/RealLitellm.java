package io.oriel.collect.litellm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * A real LiteLLM on loopback whose providers are made up: it answers without asking anybody. It
 * runs where {@code ./dev real litellm} has installed it; elsewhere the test is skipped.
 */
final class RealLitellm implements AutoCloseable {
  static final String MASTER_KEY = "sk-master-of-a-test";
  private static final Duration PATIENCE = Duration.ofMinutes(3); // Python loads half a gigabyte
  private static final String CONFIG =
      """
      model_list:
        - model_name: small-chat
          litellm_params:
            model: openai/small-chat-upstream
            api_base: http://127.0.0.1:9/v1
            api_key: none
            mock_response: Four words are here.
          model_info: {mode: chat, max_input_tokens: 8192, input_cost_per_token: 0.000001, output_cost_per_token: 0.000002}
        - model_name: small-embedding
          litellm_params:
            model: hosted_vllm/small-embedding
            api_base: http://127.0.0.1:9/v1
            api_key: none
            mock_response: [0.1, 0.2]
          model_info: {mode: embedding}
        - model_name: refusing-chat
          litellm_params:
            model: openai/refusing-upstream
            api_base: http://127.0.0.1:9/v1
            api_key: none
            mock_response: litellm.RateLimitError
      litellm_settings:
        callbacks: [prometheus]
        num_retries: 0
      general_settings:
        master_key: %s
      """
          .formatted(MASTER_KEY);

  private final Process process;
  private final Path log;
  private final String base;
  private final String version;
  private final HttpClient http = HttpClient.newHttpClient();

  private RealLitellm(Process process, Path log, String base, String version) {
    this.process = process;
    this.log = log;
    this.base = base;
    this.version = version;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @throws TestAbortedException where it is not installed
   */
  static RealLitellm start(Path folder) throws Exception {
    Path home = home();
    Path marker = home.resolve("installed");
    if (!Files.isRegularFile(marker)) {
      throw new TestAbortedException(
          "skipped, nothing was checked: LiteLLM is not installed in %s (./dev real litellm)"
              .formatted(home));
    }
    Path config = Files.writeString(folder.resolve("litellm.yaml"), CONFIG);
    Path log = folder.resolve("litellm.log");
    int port = freePort();
    var builder =
        new ProcessBuilder(
            home.resolve("bin/litellm").toString(),
            "--config",
            config.toString(),
            "--host",
            "127.0.0.1",
            "--port",
            "" + port);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("LITELLM_LOCAL_MODEL_COST_MAP", "True"); // its prices are in it
    builder.environment().put("NO_PROXY", "127.0.0.1");
    builder.environment().remove("DATABASE_URL");
    String version = Files.readString(marker).strip();
    String base = "http://127.0.0.1:" + port;
    var real = new RealLitellm(builder.start(), log, base, version);
    real.awaitLife();
    return real;
  }

  private static Path home() {
    String given = System.getenv("ORIEL_REAL_LITELLM");
    if (given != null) return Path.of(given);
    String cache = System.getenv("XDG_CACHE_HOME");
    Path caches =
        cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return caches.resolve("oriel/real/litellm");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitLife() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        close();
        throw new AssertionError("LiteLLM did not begin to answer:\n" + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(200); // another process' start, seen by asking
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      var ask = HttpRequest.newBuilder(URI.create(base + "/health/liveliness"));
      return http.send(ask.build(), BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  String base() {
    return base;
  }

  String version() {
    return version;
  }

  /** A caller's request; the status of its answer. */
  int call(String path, String json) throws IOException, InterruptedException {
    var ask =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Bearer " + MASTER_KEY)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    return http.send(ask.build(), BodyHandlers.discarding()).statusCode();
  }

  @Override
  public void close() {
    http.close();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
