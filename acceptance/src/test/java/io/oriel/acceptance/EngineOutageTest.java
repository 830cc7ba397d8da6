package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.SnappyBlock;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus keeps the metrics, another one pushes, Oriel stands between and scrapes too.
 * The engine goes away until the queue before it is full, and comes back. What is compared are
 * pages by their numbers, so that a machine that is slow loses none by being slow.
 */
@Timeout(400)
class EngineOutageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PUSHED_SERIES = 2_000;

  @TempDir Path folder;
  private String program;
  private int enginePort;
  private int senderPort;
  private CountedPages pages;
  private OrielProcess oriel;

  @BeforeEach
  void start() throws Exception {
    program = Peer.program("prometheus", "prometheus");
    enginePort = Ports.free();
    senderPort = Ports.free();
    pages = new CountedPages().with("few", 10).with("many", PUSHED_SERIES);
    oriel =
        OrielProcess.up(
            folder, "--no-collectors", "--config", config(), "--prometheus-config", scraping());
  }

  @AfterEach
  void stop() {
    if (oriel != null) oriel.close();
    if (pages != null) pages.close();
  }

  @Test
  void what_waits_is_caught_up_whole_and_when_nothing_more_can_wait_senders_are_told_to()
      throws Exception {
    try (var _ = sender()) {
      long begin;
      long leavingMs;
      try (var _ = engine()) {
        assertWell();
        begin = now();
        leavingMs = System.currentTimeMillis();
      }
      assertToldAsDown(leavingMs);
      long fullSinceMs = assertFull();
      assertThat(askedBetween(leavingMs, fullSinceMs)).as("pages that had room").isPositive();

      try (var _ = engine()) {
        Await.until("it is well again", PATIENCE, () -> state().equals("well"));
        assertEngineHasWhatTheSenderHas(begin);
        assertNoPageIsMissingBefore(fullSinceMs);
      }
    }
  }

  private void assertWell() throws Exception {
    Await.until(
        "all is well and some rounds went there",
        PATIENCE,
        () -> value(oriel.port, "count(many)") == PUSHED_SERIES && few().size() > 3);
    assertThat(engineFacts().at("/state").asText()).isEqualTo("well");
    JsonNode head = Json.read(oriel.get("/api/v1/status/tsdb")).at("/data/headStats");
    assertThat(head.at("/numSeries").asInt())
        .as("the engine's own count, not that of the empty store")
        .isGreaterThan(PUSHED_SERIES);
  }

  private void assertToldAsDown(long leavingMs) throws Exception {
    Await.until("it is told", PATIENCE, () -> !engineFacts().at("/answers").asBoolean());
    JsonNode down = engineFacts();
    assertThat(down.at("/state").asText()).isIn("down", "full");
    assertThat(down.at("/why").asText()).isEqualTo("the connection was refused");
    assertThat(down.at("/sinceMs").asLong()).isBetween(leavingMs, System.currentTimeMillis());
    for (String path :
        new String[] {
          "/api/v1/query?query=up",
          "/api/v1/query_range?query=up&start=1&end=2&step=1",
          "/api/v1/labels",
          "/api/v1/label/job/values",
          "/api/v1/series?match[]=up",
          "/api/v1/metadata",
          "/api/v1/query_exemplars?query=up",
          "/api/v1/status/tsdb",
          "/api/v1/oriel/cardinality"
        }) {
      HttpResponse<String> answer = get(oriel.port, path);
      assertThat(answer.statusCode()).as("nothing is told from the empty store").isEqualTo(503);
      assertThat(answer.body())
          .as(path)
          .contains("the metrics engine at http://127.0.0.1:" + enginePort + " gives no answers")
          .contains("buffered");
    }
  }

  /** Since when the queue is full. */
  private long assertFull() throws Exception {
    Await.until("the queue is full", PATIENCE, () -> state().equals("full"));
    JsonNode full = engineFacts();
    assertThat(full.at("/pendingBytes").asLong()).isGreaterThan(500_000);
    assertPushedBack();
    Await.until(
        "what was scraped and lost is counted",
        PATIENCE,
        () -> engineFacts().at("/lost").asInt() > 20);
    assertThat(oriel.get("/metrics"))
        .containsPattern("oriel_intake_lost_samples_total\\{reason=\"queue_full\"} [1-9]");
    assertThat(oriel.get("/api/v1/oriel/targets"))
        .contains("\"reason\":\"queue_full\"")
        .contains("nothing of the page is stored: the queue engine is full since");
    return full.at("/sinceMs").asLong();
  }

  private void assertPushedBack() throws Exception {
    var pushed = new FieldWriter();
    for (int i = 0; i < 5_000; i++) {
      var sample =
          new FieldWriter().eightBytes(1, Math.random()).number(2, System.currentTimeMillis());
      var label = new FieldWriter().text(1, "__name__").text(2, "by_hand_" + i);
      pushed.message(1, new FieldWriter().message(1, label).message(2, sample));
    }
    byte[] message = pushed.toBytes();
    byte[] body = SnappyBlock.pack(message, message.length);
    var request =
        HttpRequest.newBuilder(URI.create(oriel.url() + "/api/v1/write"))
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> answer = oriel.http.send(request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.body()).contains("the queue engine is full since");
  }

  /** Of the time up to now, in which the queue was well, filled, was full, and emptied. */
  private void assertEngineHasWhatTheSenderHas(long begin) throws Exception {
    long end = now();
    String over = "(many[%ds])) &time=%d".formatted(end - begin, end);
    String samples = "sum(count_over_time" + over;
    String pageNumbers = "sum(sum_over_time" + over;
    Await.until(
        "nothing of that time comes to the sender any more",
        PATIENCE,
        () -> value(senderPort, "min(timestamp(many))") > end);
    double sent = value(senderPort, samples);
    assertThat(sent).isGreaterThan(3 * PUSHED_SERIES);

    Await.until(
        "the engine has the %.0f samples that the sender has".formatted(sent),
        PATIENCE,
        () -> value(enginePort, samples) >= sent);
    assertThat(value(enginePort, samples)).isEqualTo(sent);
    assertThat(value(enginePort, pageNumbers)).isEqualTo(value(senderPort, pageNumbers));
  }

  /**
   * Each page that Oriel has asked for is there once, but for one that was on its way when the
   * queue became full, and those that did not come in time: they are told as such.
   */
  private void assertNoPageIsMissingBefore(long fullSinceMs) throws Exception {
    NavigableMap<Long, Integer> found = few();
    var missing = new ArrayList<Integer>();
    for (var page : pages.asked("few").entrySet()) {
      boolean hadRoom = page.getValue() < fullSinceMs;
      if (hadRoom && !found.containsValue(page.getKey())) missing.add(page.getKey());
    }
    String up = "_over_time(up{job=\"pulled\"}[10m])";
    double failed =
        value(enginePort, "count%s - sum%s &time=%d".formatted(up, up, fullSinceMs / 1000));
    assertThat(new ArrayList<>(found.values())).doesNotHaveDuplicates().isSorted();
    assertThat(missing)
        .as("of %s, found %s", pages.asked("few"), found)
        .hasSizeLessThanOrEqualTo(1 + (int) failed);
  }

  private long askedBetween(long fromMs, long toMs) {
    return pages.asked("few").values().stream().filter(ms -> ms > fromMs && ms < toMs).count();
  }

  /** The numbers of the pages of which the engine has a sample, by their times. */
  private NavigableMap<Long, Integer> few() throws Exception {
    var found = new TreeMap<Long, Integer>();
    for (JsonNode row : rows(enginePort, "few{n=\"3\"}[10m]")) {
      for (JsonNode pair : row.at("/values")) {
        found.put((long) (1000 * pair.get(0).asDouble()), pair.get(1).asInt());
      }
    }
    return found;
  }

  private String config() throws Exception {
    return Files.writeString(
            folder.resolve("oriel.yaml"),
            "metrics: {engine: prometheus, url: \"http://127.0.0.1:%d\", queue_bytes: 1MiB}\n"
                .formatted(enginePort))
        .toString();
  }

  private String scraping() throws Exception {
    return Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s}
            scrape_configs:
              - job_name: pulled
                metrics_path: /few
                static_configs: [{targets: ["127.0.0.1:%d"]}]
            """
                .formatted(pages.port()))
        .toString();
  }

  private Peer sender() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("sender.yml"),
            """
            global: {scrape_interval: 1s}
            scrape_configs:
              - job_name: pushed
                metrics_path: /many
                static_configs: [{targets: ["127.0.0.1:%d"]}]
            remote_write:
              - url: %s/api/v1/write
                queue_config: {batch_send_deadline: 200ms, max_backoff: 500ms}
            """
                .formatted(pages.port(), oriel.url()));
    return prometheus(senderPort, config, "sender-data");
  }

  /** The same data each time: what it had, it has again. */
  private Peer engine() throws Exception {
    Path config = Files.writeString(folder.resolve("engine.yml"), "scrape_configs: []\n");
    return prometheus(enginePort, config, "engine-data", "--web.enable-remote-write-receiver");
  }

  private Peer prometheus(int port, Path config, String data, String... more) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                program,
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve(data),
                "--web.listen-address=127.0.0.1:" + port));
    command.addAll(List.of(more));
    return Peer.start(
        folder, "http://127.0.0.1:" + port + "/-/ready", command.toArray(String[]::new));
  }

  private JsonNode engineFacts() throws Exception {
    return Json.read(oriel.get("/api/v1/oriel/engine"));
  }

  private String state() throws Exception {
    return engineFacts().at("/state").asText();
  }

  /** The one number that a query gives, NaN where it gives none; more parameters may follow. */
  private double value(int port, String promqlAndMore) throws Exception {
    JsonNode rows = rows(port, promqlAndMore);
    return rows.isEmpty() ? Double.NaN : rows.get(0).at("/value/1").asDouble();
  }

  private JsonNode rows(int port, String promqlAndMore) throws Exception {
    String[] parts = promqlAndMore.split(" &", 2);
    String more = parts.length == 1 ? "" : "&" + parts[1];
    String body = get(port, "/api/v1/query?query=" + Json.encode(parts[0]) + more).body();
    return Json.read(body).at("/data/result");
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return oriel.http.send(request, BodyHandlers.ofString());
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }
}
