package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Oriel among the real servers of Debian's packages: they read it, it reads them. */
class PeersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  @TempDir Path folder;

  @Test
  void a_real_prometheus_scrapes_oriel() throws Exception {
    String prometheus = Peer.program("prometheus", "prometheus");
    int port = Ports.free();

    try (var oriel = OrielProcess.up(folder);
        var _ = startPrometheus(prometheus, port, "127.0.0.1:" + oriel.port)) {
      Await.until(
          "Prometheus has Oriel's own series",
          PATIENCE,
          () -> ask(oriel, port, "up{job=\"peer\"} == 1").contains("\"1\""));

      assertThat(ask(oriel, port, "count({__name__=~\"oriel_.*\",job=\"peer\"}) > 5"))
          .contains("value");
    }
  }

  @Test
  void oriel_scrapes_the_real_node_exporter_and_the_real_prometheus() throws Exception {
    String prometheus = Peer.program("prometheus", "prometheus");
    String exporter = Peer.program("prometheus-node-exporter", "prometheus-node-exporter");
    int port = Ports.free();
    int node = Ports.free();
    Path config = folder.resolve("oriel-prometheus.yml");
    Files.writeString(
        config,
        """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: exporter
            static_configs: [{targets: ["127.0.0.1:%d"]}]
          - job_name: prometheus
            static_configs: [{targets: ["127.0.0.1:%d"]}]
        """
            .formatted(node, port));

    try (var _ = startPrometheus(prometheus, port, "127.0.0.1:" + node);
        var _ =
            Peer.start(
                folder,
                "http://127.0.0.1:" + node + "/metrics",
                exporter,
                "--web.listen-address=127.0.0.1:" + node);
        var oriel =
            OrielProcess.up(
                folder,
                "--prometheus-config",
                config.toString(),
                "--no-collectors",
                "--config",
                everythingAsItComes().toString())) {
      Await.until("both are up", PATIENCE, () -> Json.number(oriel, "sum(up)") == 2);

      assertThat(Json.number(oriel, "count({job=\"exporter\",__name__=~\"node_.*\"})"))
          .isGreaterThan(100);
      assertThat(Json.number(oriel, "count({job=\"prometheus\",__name__=~\"prometheus_.*\"})"))
          .isGreaterThan(100);
      assertThat(Json.number(oriel, "scrape_samples_scraped{job=\"exporter\"}"))
          .isEqualTo(Json.number(oriel, "count({job=\"exporter\",__name__!~\"up|scrape_.*\"})"));
    }
  }

  /** A network link of unknown speed is no sample otherwise. */
  private Path everythingAsItComes() throws Exception {
    return Files.writeString(folder.resolve("oriel.yaml"), "intake: {repair: false}\n");
  }

  @Test
  void promtool_asks_the_prometheus_listener() throws Exception {
    String promtool = Peer.program("promtool", "prometheus");

    try (var oriel = OrielProcess.up(folder)) {
      Await.until("there is a first round", PATIENCE, () -> Json.number(oriel, "count(up)") > 0);
      String server = "http://127.0.0.1:" + (oriel.port + 1);

      assertThat(output(promtool, "query", "instant", server, "up")).contains("up{");
      assertThat(output(promtool, "query", "range", "--step=1s", server, "up")).contains("up{");
      assertThat(output(promtool, "query", "series", "--match=up", server)).contains("up");
      assertThat(output(promtool, "query", "labels", server, "job")).contains("node");
      assertThat(output(promtool, "query", "instant", "-o", "json", server, "1 + 1"))
          .contains("\"2\"");
      assertThat(output(promtool, "query", "range", "-o", "json", "--step=1s", server, "up"))
          .contains("\"values\"");
      String start = "--start=" + (System.currentTimeMillis() / 1000 - 3600);
      assertThat(output(promtool, "query", "series", start, "--match={job=\"node\"}", server))
          .contains("node_load1");
      assertThat(output(promtool, "query", "labels", start, "--match=up", server, "__name__"))
          .contains("up");
    }
  }

  private Peer startPrometheus(String program, int port, String target) throws Exception {
    Path config = folder.resolve("peer-prometheus.yml");
    Files.writeString(
        config,
        """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: peer
            static_configs: [{targets: ["%s"]}]
        """
            .formatted(target));
    return Peer.start(
        folder,
        "http://127.0.0.1:" + port + "/-/ready",
        program,
        "--config.file=" + config,
        "--storage.tsdb.path=" + folder.resolve("prometheus-data"),
        "--web.listen-address=127.0.0.1:" + port);
  }

  /** The raw answer of the real Prometheus to an instant query. */
  private static String ask(OrielProcess oriel, int port, String promql) throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + port + "/api/v1/query?query=" + Json.encode(promql)))
            .build();
    return oriel.http.send(request, BodyHandlers.ofString()).body();
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
