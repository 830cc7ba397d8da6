package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.SnappyBlock;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real Prometheus scrapes {@code /federate} by protocol buffers: native histograms arrive. */
@Timeout(120)
class FederationPeerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void native_histograms_arrive_whole_and_those_with_bounds_of_their_own_stay_away()
      throws Exception {
    String program = Peer.program("prometheus", "prometheus");
    int port = Ports.free();
    try (var oriel = OrielProcess.up(folder, "--no-collectors");
        var _ = federating(program, port, oriel.port)) {
      for (int push = 1; push <= 3; push++) {
        long now = System.currentTimeMillis();
        push(oriel, now, push);
        String at = "&time=" + now / 1000.0;
        for (String name : List.of("fed_latency", "fed_both_sides")) {
          JsonNode own =
              Json.read(oriel.get("/api/v1/query?query=" + name + at))
                  .at("/data/result/0/histogram/1");
          Await.until(
              name + " arrives",
              PATIENCE,
              () ->
                  theirs(oriel, port, name + at)
                      .at("/0/histogram/1/count")
                      .equals(own.get("count")));
          compare(
              theirs(oriel, port, name + at).at("/0/histogram/1"),
              own,
              "push %d of %s".formatted(push, name));
        }
      }

      assertThat(Json.query(oriel, "fed_custom")).hasSize(1);
      assertThat(theirs(oriel, port, "fed_custom")).isEmpty();
      assertThat(theirs(oriel, port, "fed_plain").get(0).at("/value/1").asText()).isEqualTo("3");
      assertThat(number(theirs(oriel, port, "histogram_sum(fed_latency)"))).isEqualTo(3.75);
      assertThat(theirs(oriel, port, "up{job=\"federated\"}").get(0).at("/value/1").asText())
          .isEqualTo("1");
    }
  }

  /** Counts to the last digit; bounds, which both compute, but for that. */
  private static void compare(JsonNode theirs, JsonNode own, String where) {
    for (String part : List.of("count", "sum")) {
      assertThat(theirs.path(part).asText())
          .as(where)
          .isNotEmpty()
          .isEqualTo(own.get(part).asText());
    }
    assertThat(theirs.get("buckets")).as(where).hasSameSizeAs(own.get("buckets"));
    for (int i = 0; i < own.get("buckets").size(); i++) {
      JsonNode there = theirs.get("buckets").get(i);
      JsonNode here = own.get("buckets").get(i);
      assertThat(there.get(0)).as(where).isEqualTo(here.get(0));
      assertThat(there.get(3)).as(where).isEqualTo(here.get(3));
      for (int bound = 1; bound <= 2; bound++) {
        assertThat(there.get(bound).asDouble())
            .as(where)
            .isCloseTo(here.get(bound).asDouble(), withPercentage(1e-12));
      }
    }
  }

  private static double number(JsonNode rows) {
    return rows.at("/0/value/1").asDouble();
  }

  private Peer federating(String program, int port, int oriel) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("federating.yml"),
            """
            global: {scrape_interval: 1s}
            scrape_configs:
              - job_name: federated
                honor_labels: true
                metrics_path: /federate
                params: {'match[]': ['{__name__=~"fed_.*"}']}
                static_configs: [{targets: ["127.0.0.1:%d"]}]
            """
                .formatted(oriel));
    return Peer.start(
        folder,
        "http://127.0.0.1:" + port + "/-/ready",
        program,
        "--enable-feature=native-histograms",
        "--config.file=" + config,
        "--storage.tsdb.path=" + folder.resolve("federating-data"),
        "--web.listen-address=127.0.0.1:" + port);
  }

  private static JsonNode theirs(OrielProcess oriel, int port, String promqlAndMore)
      throws Exception {
    int and = promqlAndMore.indexOf('&');
    String promql = and < 0 ? promqlAndMore : promqlAndMore.substring(0, and);
    String more = and < 0 ? "" : promqlAndMore.substring(and);
    String address =
        "http://127.0.0.1:%d/api/v1/query?query=%s%s".formatted(port, Json.encode(promql), more);
    var request = HttpRequest.newBuilder(URI.create(address)).build();
    return Json.read(oriel.http.send(request, BodyHandlers.ofString()).body()).at("/data/result");
  }

  private static FieldWriter series(String metric, int field, FieldWriter sample) {
    return new FieldWriter()
        .message(1, new FieldWriter().text(1, "__name__").text(2, metric))
        .message(1, new FieldWriter().text(1, "job").text(2, "model server"))
        .message(field, sample);
  }

  private static FieldWriter span(long offset, int length) {
    return new FieldWriter().number(1, offset << 1 ^ offset >> 63).number(2, length);
  }

  /** Bucket after bucket as differences, as remote write 1.0 has them. */
  private static FieldWriter deltas(FieldWriter to, int field, long... counts) {
    var list = new FieldWriter();
    long before = 0;
    for (long count : counts) {
      long delta = count - before;
      list.varint(delta << 1 ^ delta >> 63);
      before = count;
    }
    return to.message(field, list);
  }

  /** Two runs of buckets with a gap. */
  private static FieldWriter latency(long timeMs, int push) {
    var histogram =
        new FieldWriter()
            .number(1, 10L * push)
            .eightBytes(3, 1.25 * push)
            .number(4, 3 << 1)
            .eightBytes(5, 1e-128)
            .number(6, push)
            .message(11, span(-7, 2))
            .message(11, span(5, 3));
    return deltas(histogram, 12, push, 2L * push, push, 0, 5L * push).number(15, timeMs);
  }

  /** Values below zero too, and a wide zero bucket. */
  private static FieldWriter bothSides(long timeMs, int push) {
    var histogram =
        new FieldWriter()
            .number(1, 9L * push)
            .eightBytes(3, -2.5 * push)
            .number(4, 0)
            .eightBytes(5, 0.25)
            .number(6, 2L * push)
            .message(8, span(1, 2));
    deltas(histogram, 9, 3L * push, push);
    histogram.message(11, span(0, 1)).message(11, span(2, 1));
    return deltas(histogram, 12, 2L * push, push).number(15, timeMs);
  }

  /** Schema -53: bounds of its own, which no format of a page can say. */
  private static FieldWriter custom(long timeMs, int push) {
    var histogram =
        new FieldWriter()
            .number(1, 3L * push)
            .eightBytes(3, 1.5 * push)
            .number(4, 2 * 53 - 1) // -53 as a zigzag number
            .message(11, span(0, 2));
    deltas(histogram, 12, push, 2L * push).number(15, timeMs);
    var bounds = new FieldWriter().eightBytes(0.5).eightBytes(1);
    return histogram.message(16, bounds);
  }

  private static void push(OrielProcess oriel, long timeMs, int push) throws Exception {
    var plain = new FieldWriter().eightBytes(1, (double) push).number(2, timeMs);
    byte[] message =
        new FieldWriter()
            .message(1, series("fed_plain", 2, plain))
            .message(1, series("fed_latency", 4, latency(timeMs, push)))
            .message(1, series("fed_both_sides", 4, bothSides(timeMs, push)))
            .message(1, series("fed_custom", 4, custom(timeMs, push)))
            .toBytes();
    var request =
        HttpRequest.newBuilder(URI.create(oriel.url() + "/api/v1/write"))
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .POST(BodyPublishers.ofByteArray(SnappyBlock.pack(message, message.length)))
            .build();
    var answer = oriel.http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }
}
