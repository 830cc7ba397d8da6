package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus pushes what it scrapes into Oriel. */
class RemoteWriteTest {
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  @TempDir Path folder;

  @Test
  void what_a_real_prometheus_pushes_is_here_as_it_is_there_and_ends_when_it_ends_there()
      throws Exception {
    String prometheus = Peer.program("prometheus", "prometheus");
    String exporter = Peer.program("prometheus-node-exporter", "prometheus-node-exporter");
    int port = Ports.free();
    int node = Ports.free();
    Path asItComes = // a network link of unknown speed is no sample otherwise
        Files.writeString(folder.resolve("oriel.yaml"), "intake: {repair: false}\n");
    try (var oriel = OrielProcess.up(folder, "--no-collectors", "--config", asItComes.toString());
        var _ = sender(prometheus, port, node, oriel.port + 1)) {
      try (var _ =
          Peer.start(
              folder,
              "http://127.0.0.1:" + node + "/metrics",
              exporter,
              "--web.listen-address=127.0.0.1:" + node)) {
        Await.until(
            "the exporter's series were pushed",
            PATIENCE,
            () ->
                Json.number(oriel, "count({job=\"exporter\",__name__=~\"node_.*\"})") > 100
                    && Json.number(oriel, "count(up)") == 2);
        long newest = (long) Json.number(oriel, "max(timestamp(up{job=\"exporter\"}))");
        Await.until(
            "a round after that one is whole",
            PATIENCE,
            () -> Json.number(oriel, "min(timestamp(up))") > newest + 2);

        long moment = newest + 1;
        assertThat(rows(oriel, oriel.port + 1, moment)).isEqualTo(rows(oriel, port, moment));
      }

      Await.until(
          "the series end by their stale markers",
          PATIENCE,
          () ->
              Json.number(oriel, "up{job=\"exporter\"}") == 0
                  && Json.query(oriel, "{job=\"exporter\",__name__=~\"node_.*\"}").isEmpty());
      assertThat(number(oriel, port, "sum(prometheus_remote_storage_samples_failed_total)"))
          .isZero();
      assertThat(oriel.get("/metrics"))
          .containsPattern("oriel_receive_samples_total\\{protocol=\"remote_write\"} [1-9]")
          .doesNotContain("oriel_receive_refused_samples_total{");
    }
  }

  private Peer sender(String program, int port, int node, int receiver) throws Exception {
    Path config = folder.resolve("sender.yml");
    Files.writeString(
        config,
        """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: exporter
            static_configs: [{targets: ["127.0.0.1:%d"]}]
          - job_name: sender
            static_configs: [{targets: ["127.0.0.1:%d"]}]
        remote_write:
          - url: http://127.0.0.1:%d/api/v1/write
            queue_config: {batch_send_deadline: 200ms}
            metadata_config: {send_interval: 1s}
        """
            .formatted(node, port, receiver));
    return Peer.start(
        folder,
        "http://127.0.0.1:" + port + "/-/ready",
        program,
        "--config.file=" + config,
        "--storage.tsdb.path=" + folder.resolve("sender-data"),
        "--web.listen-address=127.0.0.1:" + port);
  }

  /** What a server answers for all of the exporter's series at one moment, by labels. */
  private static Map<String, String> rows(OrielProcess oriel, int port, long second)
      throws Exception {
    var rows = new TreeMap<String, String>();
    for (JsonNode row : ask(oriel, port, "{job=\"exporter\"}&time=" + second)) {
      var labels = new TreeMap<String, String>();
      row.at("/metric").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      rows.put(labels.toString(), row.at("/value/1").asText());
    }
    assertThat(rows).hasSizeGreaterThan(100);
    return rows;
  }

  private static double number(OrielProcess oriel, int port, String promql) throws Exception {
    return ask(oriel, port, promql).get(0).at("/value/1").asDouble();
  }

  private static JsonNode ask(OrielProcess oriel, int port, String promqlAndMore) throws Exception {
    int and = promqlAndMore.indexOf('&');
    String promql = and < 0 ? promqlAndMore : promqlAndMore.substring(0, and);
    String more = and < 0 ? "" : promqlAndMore.substring(and);
    String address =
        "http://127.0.0.1:%d/api/v1/query?query=%s%s".formatted(port, Json.encode(promql), more);
    var request = HttpRequest.newBuilder(URI.create(address)).build();
    return Json.read(oriel.http.send(request, BodyHandlers.ofString()).body()).at("/data/result");
  }
}
