package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.TimeRange;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import io.oriel.receive.remotewrite.RemoteWrite;
import io.oriel.server.http.TestServer;
import io.oriel.wire.remotewrite.WriteEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sender of remote write 1.0 meets, over a real socket and a real store. */
class WriteApiTest {
  private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final Limits LIMITS =
      Limits.NORMAL
          .with(Limit.WRITE_BODY_BYTES, 1 << 20)
          .with(Limit.REQUEST_BODY_BYTES, 1 << 18)
          .with(Limit.LABELS_PER_SERIES, 20);
  private static final Labels UP = Labels.of("__name__", "up", "job", "a");
  private static final Labels DOWN = Labels.of("__name__", "down", "job", "a");
  private static final String[] HEADERS = {
    "Content-Type", "application/x-protobuf",
    "Content-Encoding", "snappy",
    "X-Prometheus-Remote-Write-Version", "0.1.0"
  };

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(NOW);
  private MetricStore store;
  private RemoteWrite remoteWrite;
  private TestServer server;

  @BeforeEach
  void start() {
    store = MetricStore.open(MetricStoreConfig.in(folder).withLimits(LIMITS), clock);
    remoteWrite = RemoteWrite.start(store.sink(), LIMITS, clock);
    server = TestServer.below("", LIMITS, List.of(WriteApi.route(remoteWrite)));
  }

  @AfterEach
  void stop() {
    server.close();
    remoteWrite.close();
    store.close();
  }

  @Test
  void what_is_pushed_is_there_with_all_its_bits() throws Exception {
    var pushed = new WriteEncoder();
    pushed.series(UP, samples(NOW - 15_000, 1, NOW, Stale.MARKER));
    pushed.series(DOWN, samples(NOW - 15_000, -0.0, NOW, Double.NEGATIVE_INFINITY));
    pushed.metadata("up", new MetricMetadata(MetricMetadata.Type.GAUGE, "Whether.", ""));

    var answer = push(pushed);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(stored(UP)).isEqualTo(bits(samples(NOW - 15_000, 1, NOW, Stale.MARKER)));
    assertThat(stored(DOWN))
        .isEqualTo(bits(samples(NOW - 15_000, -0.0, NOW, Double.NEGATIVE_INFINITY)));
    assertThat(store.source().metadata("up", 0)).containsKey("up");
  }

  @Test
  void a_bad_sample_costs_no_other_and_the_answer_says_how_many_and_why() throws Exception {
    push(new WriteEncoder().series(UP, samples(NOW - 1000, 1)));

    var answer =
        push(
            new WriteEncoder()
                .series(UP, samples(NOW - 2000, 5, NOW - 1000, 6, NOW - 1000, 1, NOW, 7))
                .series(DOWN, samples(NOW, 8, NOW + DAY, 9))
                .series(Labels.of("job", "nameless"), samples(NOW, 10)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith("4 of 7 samples refused, the others are kept: ")
        .contains(
            "1 out_of_order (out of order sample: an earlier time than the newest one of its series)",
            "1 duplicate (duplicate sample for timestamp: another value for a time that has one already)",
            "1 too_far_ahead (further in the future than the store takes)",
            "1 labels (the series {job=\"nameless\"} has no metric name; give it a label __name__)");
    assertThat(stored(UP)).isEqualTo(bits(samples(NOW - 1000, 1, NOW, 7)));
    assertThat(stored(DOWN)).isEqualTo(bits(samples(NOW, 8)));
    assertThat(remoteWrite.kept()).isEqualTo(4);
    assertThat(remoteWrite.refused())
        .isEqualTo(Map.of("out_of_order", 1L, "duplicate", 1L, "too_far_ahead", 1L, "labels", 1L));
  }

  @Test
  void an_out_of_order_batch_is_refused_by_name_as_long_as_no_window_is_set() throws Exception {
    push(new WriteEncoder().series(UP, samples(NOW, 1)));

    var answer = push(new WriteEncoder().series(UP, samples(NOW - 2000, 5, NOW - 1000, 6)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith("2 of 2 samples refused, the others are kept: 2 out_of_order (out of order");
    assertThat(stored(UP)).isEqualTo(bits(samples(NOW, 1)));
  }

  @Test
  void an_out_of_order_batch_within_the_window_is_accepted_and_an_older_one_is_too_old()
      throws Exception {
    restart(MetricStoreConfig.in(folder).withOutOfOrderWindow(Duration.ofMinutes(10)));
    push(new WriteEncoder().series(UP, samples(NOW, 1)));

    var within =
        push(
            new WriteEncoder()
                .series(UP, samples(NOW - 600_000, 4, NOW - 1000, 6))
                .series(DOWN, samples(NOW - 5000, 7)));
    var again = push(new WriteEncoder().series(UP, samples(NOW - 1000, 6)));
    var other = push(new WriteEncoder().series(UP, samples(NOW - 1000, 5)));
    var older = push(new WriteEncoder().series(UP, samples(NOW - 600_001, 3)));

    assertThat(within.statusCode()).isEqualTo(204);
    assertThat(again.statusCode()).isEqualTo(204);
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).contains("1 duplicate (duplicate sample for timestamp: ");
    assertThat(older.statusCode()).isEqualTo(400);
    assertThat(older.body()).contains("1 too_old (too old sample: ");
    assertThat(stored(UP)).isEqualTo(bits(samples(NOW - 600_000, 4, NOW - 1000, 6, NOW, 1)));
    assertThat(stored(DOWN)).isEqualTo(bits(samples(NOW - 5000, 7)));
  }

  @Test
  void a_sender_whose_out_of_order_samples_find_no_room_is_asked_to_come_again() throws Exception {
    restart(
        MetricStoreConfig.in(folder)
            .withOutOfOrderWindow(Duration.ofMinutes(10))
            .withLimits(LIMITS.with(Limit.OUT_OF_ORDER_SAMPLES, 10)));
    push(new WriteEncoder().series(UP, samples(NOW, 1)));
    var many = new WriteEncoder().series(UP, samples(NOW - 4, 1, NOW - 3, 2, NOW - 2, 3));

    var full = push(many);
    store.cutBlock();
    var again = push(many);

    assertThat(full.statusCode()).isEqualTo(503);
    assertThat(full.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(full.body()).contains("1 out_of_order_full (", "limits.out_of_order_samples");
    assertThat(again.statusCode()).isEqualTo(503);
    store.cutBlock();
    assertThat(push(new WriteEncoder().series(UP, samples(NOW - 2, 3))).statusCode())
        .isEqualTo(204);
    assertThat(stored(UP)).isEqualTo(bits(samples(NOW - 4, 1, NOW - 3, 2, NOW - 2, 3, NOW, 1)));
  }

  private void restart(MetricStoreConfig config) {
    stop();
    store = MetricStore.open(config, clock);
    remoteWrite = RemoteWrite.start(store.sink(), LIMITS, clock);
    server = TestServer.below("", LIMITS, List.of(WriteApi.route(remoteWrite)));
  }

  @Test
  void the_same_request_twice_is_no_error() throws Exception {
    var request = new WriteEncoder().series(UP, samples(NOW, Stale.MARKER));

    assertThat(push(request).statusCode()).isEqualTo(204);
    assertThat(push(request).statusCode()).isEqualTo(204);
    assertThat(stored(UP)).isEqualTo(bits(samples(NOW, Stale.MARKER)));
  }

  @Test
  void a_series_over_a_limit_costs_no_other() throws Exception {
    var wide = Labels.builder().set("__name__", "wide");
    for (int i = 0; i < 21; i++) wide.set("l" + i, "v");

    var answer =
        push(
            new WriteEncoder()
                .series(wide.build(), samples(NOW - 1, 1, NOW, 2))
                .series(UP, samples(NOW, 1)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("2 of 3 samples").contains("limits.labels_per_series");
    assertThat(stored(UP)).isEqualTo(bits(samples(NOW, 1)));
  }

  @Test
  void many_hours_of_an_old_history_go_into_an_empty_store_oldest_first() throws Exception {
    long begin = NOW - 3 * DAY;
    for (long from = begin; from < NOW - DAY; from += 600_000) {
      var hour = new SampleColumns();
      for (long at = from; at < from + 600_000; at += 15_000) hour.add(at, (double) (at % 977));

      assertThat(push(new WriteEncoder().series(UP, hour)).statusCode()).isEqualTo(204);
    }

    var all = new SampleColumns();
    for (long at = begin; at < NOW - DAY; at += 15_000) all.add(at, (double) (at % 977));
    assertThat(stored(UP)).isEqualTo(bits(all));
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-protobuf;proto=io.prometheus.write.v3.Request, snappy, remote write of the content type",
    "application/json, snappy, remote write of the content type application/json is not spoken here",
    "image/png, snappy, image/png",
    "application/x-www-form-urlencoded, snappy, send application/x-protobuf",
    "application/x-protobuf, gzip, the encoding gzip is not taken here; send a snappy block",
    "application/x-protobuf, deflate, the encoding deflate",
    "application/x-protobuf, zstd, the encoding zstd",
  })
  void what_is_not_spoken_is_415_whatever_the_body(String type, String encoding, String sentence)
      throws Exception {
    var answer = push(new byte[] {1, 2, 3}, "Content-Type", type, "Content-Encoding", encoding);

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-protobuf",
    "application/x-protobuf; proto=prometheus.WriteRequest",
    "application/x-protobuf;charset=utf-8",
  })
  void version_1_goes_by_several_names(String type) throws Exception {
    byte[] body = new WriteEncoder().series(UP, samples(NOW, 1)).body();

    assertThat(push(body, "Content-Type", type, "Content-Encoding", "snappy").statusCode())
        .isEqualTo(204);
    assertThat(push(body, "User-Agent", "an older client").statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400, the body is no snappy block",
    "05 10 68 65, 400, the body is no snappy block",
    "05 10 68 65 6c 6c 6f, 400, the body is no remote write request",
    "80 80 80 01 00, 413, limits.write_body_bytes",
    "80 80 20 00 00, 400, can't hold",
  })
  void what_can_not_be_read_is_4xx_and_keeps_nothing(String bytes, int status, String sentence)
      throws Exception {
    var answer = push(HexFormat.of().parseHex(bytes.replace(" ", "")), HEADERS);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(sentence);
    assertThat(remoteWrite.kept()).isZero();
  }

  @Test
  void a_request_that_breaks_off_keeps_nothing() throws Exception {
    var encoder = new WriteEncoder().series(UP, samples(NOW, 1));
    byte[] message = encoder.series(DOWN, samples(NOW, 1)).message();
    byte[] cut = java.util.Arrays.copyOf(message, message.length - 3);

    var answer = push(literal(cut), HEADERS);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(stored(UP)).isEmpty();
    assertThat(push(encoder).statusCode()).isEqualTo(204); // and the next is taken as ever
  }

  @Test
  void a_body_over_the_limit_is_413() throws Exception {
    var answer = push(new byte[(1 << 18) + 1], HEADERS);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("limits.request_body_bytes");
  }

  @Test
  void a_page_of_another_site_can_not_push() throws Exception {
    byte[] body = new WriteEncoder().series(UP, samples(NOW, 1)).body();

    assertThat(push(body, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    assertThat(server.get("/api/v1/write").statusCode()).isEqualTo(405);
    assertThat(stored(UP)).isEmpty();
  }

  private HttpResponse<String> push(WriteEncoder request) throws Exception {
    return push(request.body(), HEADERS);
  }

  private HttpResponse<String> push(byte[] body, String... headers) throws Exception {
    return server.send(
        server.request("/api/v1/write", headers).POST(BodyPublishers.ofByteArray(body)).build());
  }

  /** A snappy block of one literal. */
  private static byte[] literal(byte[] bytes) {
    byte[] block = new byte[bytes.length + 3];
    block[0] = (byte) bytes.length;
    block[1] = (byte) (60 << 2);
    block[2] = (byte) (bytes.length - 1);
    System.arraycopy(bytes, 0, block, 3, bytes.length);
    return block;
  }

  private static SampleColumns samples(Number... timesAndValues) {
    var samples = new SampleColumns();
    for (int i = 0; i < timesAndValues.length; i += 2) {
      samples.add(timesAndValues[i].longValue(), timesAndValues[i + 1].doubleValue());
    }
    return samples;
  }

  private List<String> stored(Labels labels) {
    List<Matcher> matchers = List.of(Matcher.equal("__name__", labels.metricName()));
    try (var found = store.source().select(matchers, TimeRange.ALWAYS)) {
      var samples = new SampleColumns();
      for (int i = 0; i < found.count(); i++) found.read(i, samples);
      return bits(samples);
    }
  }

  private static List<String> bits(SampleColumns samples) {
    var lines = new java.util.ArrayList<String>();
    for (int i = 0; i < samples.size; i++) {
      lines.add(
          samples.times[i] + " " + Long.toHexString(Double.doubleToRawLongBits(samples.values[i])));
    }
    return lines;
  }
}
