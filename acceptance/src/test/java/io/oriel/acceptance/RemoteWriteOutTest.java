package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Oriel sends what it scrapes to a real Prometheus, as a copy or for good. */
@Timeout(150)
class RemoteWriteOutTest {
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final String UP = "up{job=\"self\"}";

  @TempDir Path folder;

  @Test
  void a_copy_is_whole_though_the_receiver_was_away_and_the_sender_was_killed() throws Exception {
    String program = Peer.program("prometheus", "prometheus");
    int receiver = Ports.free();
    int port = Ports.freePair();
    Path config = Files.writeString(folder.resolve("prometheus.yml"), sending(port, receiver));
    String[] options = {"--no-collectors", "--prometheus-config", config.toString()};
    long first;
    try (var oriel = OrielProcess.launch(folder, port, options)) {
      oriel.awaitReady();
      try (var _ = receiver(program, receiver)) {
        Await.until("samples arrive", PATIENCE, () -> count(oriel, receiver, 60) >= 3);
        first = System.currentTimeMillis() / 1000;
      }
      Await.until(
          "samples wait for the receiver",
          PATIENCE,
          () ->
              System.currentTimeMillis() / 1000 > first + 5
                  && Json.number(oriel, "count_over_time(" + UP + "[10s])") >= 5);
      oriel.kill();
    }
    try (var oriel = OrielProcess.launch(folder, port, options)) {
      oriel.awaitReady();
      try (var _ = receiver(program, receiver)) {
        Await.until("all has arrived", PATIENCE, () -> count(oriel, receiver, 5) >= 4);
        long moment = System.currentTimeMillis() / 1000 - 3;
        int window = (int) (moment - first + 4);
        Await.until(
            "the receiver has what Oriel has",
            PATIENCE,
            () -> own(oriel, window, moment) == there(oriel, receiver, window, moment));
        assertThat(there(oriel, receiver, window, moment))
            .isGreaterThan(5); // those of the outage among them
        // what was sent twice is refused by this receiver, and counted as failed
        assertThat(oriel.get("/metrics"))
            .containsPattern("oriel_remote_write_samples_total\\{name=\"copy\"} [1-9]")
            .doesNotContain("oriel_remote_write_dropped_samples_total{");
      }
    }
  }

  @Test
  void an_engine_in_the_stores_place_may_be_away_for_a_while() throws Exception {
    String program = Peer.program("prometheus", "prometheus");
    int engine = Ports.free();
    int port = Ports.freePair();
    Path scraped = Files.writeString(folder.resolve("prometheus.yml"), scraping(port));
    Path config =
        Files.writeString(
            folder.resolve("oriel.yaml"),
            "metrics: {engine: prometheus, url: \"http://127.0.0.1:%d\"}\n".formatted(engine));
    String[] options = {
      "--no-collectors", "--config", config.toString(), "--prometheus-config", scraped.toString()
    };
    try (var oriel = OrielProcess.launch(folder, port, options)) {
      oriel.awaitReady();
      HttpResponse<String> early = ask(oriel, UP);
      assertThat(early.statusCode()).isEqualTo(503);
      assertThat(early.body())
          .contains("unavailable", "the metrics engine at http://127.0.0.1:" + engine, "buffered");

      long began;
      try (var _ = receiver(program, engine)) {
        Await.until("Oriel answers from the engine", PATIENCE, () -> size(ask(oriel, UP)) == 1);
        began = System.currentTimeMillis() / 1000;
        assertThat(oriel.get("/api/v1/label/job/values")).contains("self");
        assertThat(oriel.get("/api/v1/series?match[]=up")).contains("self");
      }
      Await.until(
          "it is away for 6 s", PATIENCE, () -> System.currentTimeMillis() / 1000 > began + 6);
      assertThat(ask(oriel, UP).statusCode()).isEqualTo(503);

      try (var _ = receiver(program, engine)) {
        String sum = "sum(count_over_time(" + UP + "[10s]))";
        Await.until(
            "no second is missing",
            PATIENCE,
            () -> {
              HttpResponse<String> answer = ask(oriel, sum + "&time=" + (began + 8));
              return answer.statusCode() == 200 && size(answer) == 1 && value(answer) >= 9;
            });
      }
    }
  }

  private static String scraping(int port) {
    return """
    global: {scrape_interval: 1s}
    scrape_configs:
      - job_name: self
        static_configs: [{targets: ["127.0.0.1:%d"]}]
    """
        .formatted(port);
  }

  private static String sending(int port, int receiver) {
    return scraping(port)
        + """
        remote_write:
          - name: copy
            url: http://127.0.0.1:%d/api/v1/write
            queue_config: {batch_send_deadline: 200ms, max_backoff: 500ms}
        """
            .formatted(receiver);
  }

  /** The same data each time: what it had, it has again. */
  private Peer receiver(String program, int port) throws Exception {
    Path config = Files.writeString(folder.resolve("receiver.yml"), "scrape_configs: []\n");
    return Peer.start(
        folder,
        "http://127.0.0.1:" + port + "/-/ready",
        program,
        "--config.file=" + config,
        "--storage.tsdb.path=" + folder.resolve("receiver-data"),
        "--web.enable-remote-write-receiver",
        "--web.listen-address=127.0.0.1:" + port);
  }

  private static double count(OrielProcess oriel, int port, int seconds) throws Exception {
    return there(oriel, port, seconds, System.currentTimeMillis() / 1000);
  }

  private static double there(OrielProcess oriel, int port, int seconds, long at) throws Exception {
    String query = "count_over_time(%s[%ds])".formatted(UP, seconds);
    String url =
        "http://127.0.0.1:%d/api/v1/query?query=%s&time=%d".formatted(port, Json.encode(query), at);
    var request = HttpRequest.newBuilder(URI.create(url)).build();
    JsonNode rows =
        Json.read(oriel.http.send(request, BodyHandlers.ofString()).body()).at("/data/result");
    return rows.isEmpty() ? 0 : rows.get(0).at("/value/1").asDouble();
  }

  private static double own(OrielProcess oriel, int seconds, long at) throws Exception {
    return there(oriel, oriel.port, seconds, at);
  }

  private static HttpResponse<String> ask(OrielProcess oriel, String promqlAndMore)
      throws Exception {
    int and = promqlAndMore.indexOf("&time=");
    String promql = and < 0 ? promqlAndMore : promqlAndMore.substring(0, and);
    String more = and < 0 ? "" : promqlAndMore.substring(and);
    String url = oriel.url() + "/api/v1/query?query=" + Json.encode(promql) + more;
    return oriel.http.send(
        HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private static int size(HttpResponse<String> answer) throws Exception {
    return answer.statusCode() == 200 ? Json.read(answer.body()).at("/data/result").size() : 0;
  }

  private static double value(HttpResponse<String> answer) throws Exception {
    return Json.read(answer.body()).at("/data/result/0/value/1").asDouble();
  }
}
