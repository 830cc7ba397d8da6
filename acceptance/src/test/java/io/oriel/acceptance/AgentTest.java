package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent, scraped by a real Prometheus and pushing into an Oriel that is away for a while. */
@Timeout(240)
class AgentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** What promtool says of node_exporter's, dcgm-exporter's and vLLM's own names. */
  private static final List<String> KNOWN_LINT =
      List.of(
          "should be written in 'snake_case'",
          "use base unit",
          "should have \"_total\" suffix",
          "should not have \"_total\" suffix",
          "should not have \"_count\" suffix",
          "should not include type",
          "should not contain ':'",
          "should not contain abbreviated units",
          "no help text");

  @TempDir Path folder;

  @Test
  void every_page_is_well_formed_and_debians_prometheus_scrapes_them() throws Exception {
    String prometheus = Peer.program("prometheus", "prometheus");
    String promtool = Peer.program("promtool", "prometheus");
    int node = Ports.free();
    int gpu = Ports.free();
    int container = Ports.free();
    int vllm = Ports.free();
    try (var agent =
        agent(
            "--demo",
            "--port=node=" + node,
            "--port=gpu=" + gpu,
            "--port=container=" + container,
            "--port=vllm=" + vllm,
            "--port=langfuse=0",
            "--port=litellm=0",
            "--port=other=0")) {
      for (int port : List.of(node, gpu, container, vllm)) {
        agent.await("http://127.0.0.1:" + port + "/-/ready");
        Path page = folder.resolve("page" + port);
        Files.writeString(page, agent.get("http://127.0.0.1:" + port + "/metrics"));
        assertThat(lint(promtool, page)).as("of %s", port).isEmpty();
      }

      int own = Ports.free();
      Path config =
          Files.writeString(
              folder.resolve("scrape.yml"),
              """
              global: {scrape_interval: 2s, scrape_timeout: 2s}
              scrape_configs:
                - job_name: agent
                  honor_labels: true
                  static_configs: [{targets: ["127.0.0.1:%d", "127.0.0.1:%d", "127.0.0.1:%d", "127.0.0.1:%d"]}]
              """
                  .formatted(node, gpu, container, vllm));
      try (var _ =
          Peer.start(
              folder,
              "http://127.0.0.1:" + own + "/-/ready",
              prometheus,
              "--config.file=" + config,
              "--storage.tsdb.path=" + folder.resolve("tsdb"),
              "--web.listen-address=127.0.0.1:" + own)) {
        for (String query :
            List.of(
                "sum(up{job=\"agent\"}) == 4",
                "sum(rate(node_cpu_seconds_total[1m])) > 0",
                "DCGM_FI_DEV_GPU_TEMP",
                "container_memory_usage_bytes",
                "oriel_model_requests_running",
                "oriel_http_request_seconds_bucket{le=\"+Inf\"}")) {
          Await.until(query, PATIENCE, () -> count(own, query) > 0);
        }
      }
    }
  }

  @Test
  void what_is_pushed_while_oriel_is_away_arrives_afterwards() throws Exception {
    int port = Ports.freePair();
    int node = Ports.free();
    Path config =
        Files.writeString(
            folder.resolve("oriel.yaml"),
            """
            collectors: {interval: 1s, discover: false, instance: far-away}
            agent:
              node_port: %d
              gpu_port: 0
              container_port: 0
              push:
                - url: http://127.0.0.1:%d/api/v1/write
                  queue_config: {batch_send_deadline: 200ms, max_backoff: 500ms}
            """
                .formatted(node, port));
    try (var agent = agent("--config=" + config)) {
      agent.await("http://127.0.0.1:" + node + "/-/ready");
      try (var central = central(port)) {
        central.awaitReady();
        Await.until("samples arrive", PATIENCE, () -> pushed(port, 60, now()) >= 2);
      }
      long left = now();
      Await.until("it is away for 8 s", PATIENCE, () -> now() > left + 8);
      try (var central = central(port)) {
        central.awaitReady();
        long back = now();
        // a round a second: of those seconds without Oriel hardly one is missing
        Await.until("the outage has arrived", PATIENCE, () -> pushed(port, 8, left + 8) >= 6);
        Await.until("the present arrives too", PATIENCE, () -> pushed(port, 3600, now()) > 0);
        assertThat(count(port, "node_load1{instance=\"far-away\",job=\"node\"}")).isPositive();
        assertThat(back).isGreaterThan(left + 8);
      }
    }
  }

  @Test
  void beyond_loopback_it_does_not_start_unguarded() throws Exception {
    OrielProcess.Outcome outcome =
        OrielProcess.run(folder, "agent", "--listen", "0.0.0.0", "--data", folder + "/data");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output()).contains("0.0.0.0", "--web-config").hasLineCount(1);
  }

  private OrielProcess central(int port) throws IOException {
    return OrielProcess.launch(folder, port, "--no-collectors");
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }

  private static double pushed(int port, int seconds, long at) throws Exception {
    JsonNode rows =
        ask(
            port,
            "count_over_time(node_load1{instance=\"far-away\"}[%ds])".formatted(seconds),
            "&time=" + at);
    return rows.isEmpty() ? 0 : rows.get(0).at("/value/1").asDouble();
  }

  private static int count(int port, String query) throws Exception {
    return ask(port, query, "").size();
  }

  private static JsonNode ask(int port, String query, String more) throws Exception {
    String url =
        "http://127.0.0.1:%d/api/v1/query?query=%s%s".formatted(port, Json.encode(query), more);
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
      return Json.read(http.send(request, BodyHandlers.ofString()).body()).at("/data/result");
    }
  }

  /** What promtool says beside what it says of the field's own names. */
  private List<String> lint(String promtool, Path page) throws Exception {
    Path said = Files.createTempFile(folder, "promtool", ".log");
    Process process =
        new ProcessBuilder(promtool, "check", "metrics")
            .redirectInput(page.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    try (Stream<String> lines = Files.lines(said)) {
      return lines.filter(line -> KNOWN_LINT.stream().noneMatch(line::contains)).toList();
    }
  }

  private Running agent(String... options) throws IOException {
    var words = new ArrayList<>(List.of("agent", "--data=" + folder.resolve("agent")));
    words.addAll(List.of(options));
    Path log = folder.resolve("agent.log");
    Process process =
        new ProcessBuilder(OrielProcess.words(words))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Running(process, log);
  }

  /** An agent in a process of its own. */
  private record Running(Process process, Path log) implements AutoCloseable {
    void await(String url) throws Exception {
      Await.until(
          url,
          PATIENCE,
          () -> {
            if (!process.isAlive()) throw new AssertionError(Files.readString(log));
            try {
              return !get(url).isEmpty();
            } catch (IOException _) {
              return false;
            }
          });
    }

    String get(String url) throws IOException, InterruptedException {
      try (var http = HttpClient.newHttpClient()) {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
        return http.send(request, BodyHandlers.ofString()).body();
      }
    }

    @Override
    public void close() {
      Peer.end(process);
    }
  }
}
