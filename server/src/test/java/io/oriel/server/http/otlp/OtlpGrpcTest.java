package io.oriel.server.http.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import io.oriel.receive.Turns;
import io.oriel.receive.otlp.OtlpMetrics;
import io.oriel.receive.otlp.OtlpSettings;
import io.oriel.server.http.TestServer;
import io.oriel.wire.protobuf.FieldWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sender by gRPC is told, word for word: statuses stand in trailers, behind all. */
class OtlpGrpcTest {
  private static final String EXPORT =
      "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
  private static final int ROOM = 4 << 20;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(1_772_000_000_000L);
  private final Turns turns = new Turns(8, ROOM, Duration.ZERO);
  private final OkHttpClient http =
      new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();
  private MetricStore store;
  private TestServer server;

  /** How a call ended. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Told(int http, byte[] body, Headers headers, Headers trailers) {
    String status() {
      return String.valueOf(trailers.get("grpc-status"));
    }

    String message() {
      return String.valueOf(trailers.get("grpc-message"));
    }
  }

  @BeforeEach
  void start() {
    Limits limits = Limits.NORMAL.with(Limit.WRITE_BODY_BYTES, 1 << 20);
    store = MetricStore.open(MetricStoreConfig.in(folder), clock);
    var metrics = new OtlpMetrics(store.sink(), limits, clock, OtlpSettings.NORMAL, turns);
    server = TestServer.below("", limits, OtlpApi.grpcRoutes(metrics, limits));
  }

  @AfterEach
  void stop() {
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
    server.close();
    store.close();
  }

  private Told call(String path, byte[] body, String... heads) throws IOException {
    var request =
        new Request.Builder()
            .url("http://127.0.0.1:" + server.port() + path)
            .headers(Headers.of(heads))
            .post(RequestBody.create(body, MediaType.get("application/grpc")))
            .build();
    try (Response answer = http.newCall(request).execute()) {
      byte[] content = answer.body().bytes();
      return new Told(answer.code(), content, answer.headers(), answer.trailers());
    }
  }

  private static byte[] framed(boolean packed, byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) (packed ? 1 : 0))
        .putInt(message.length)
        .put(message)
        .array();
  }

  /** A request of one gauge; its point has a value where it has a metric's name. */
  private static byte[] request(String name) {
    var gauge = new FieldWriter().message(1, new FieldWriter().eightBytes(4, 2.5));
    var metric = new FieldWriter().text(1, name).message(5, gauge);
    var scope = new FieldWriter().message(2, metric);
    return new FieldWriter().message(1, new FieldWriter().message(2, scope)).toBytes();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void what_is_taken_is_ok_plain_and_packed() throws IOException {
    byte[] message = request("g");

    Told plain = call(EXPORT, framed(false, message));
    Told gzip = call(EXPORT, framed(true, gzip(message)), "grpc-encoding", "gzip");
    Told zstd = call(EXPORT, framed(true, Zstd.compress(message)), "grpc-encoding", "zstd");

    for (Told each : List.of(plain, gzip, zstd)) {
      assertThat(each.http()).isEqualTo(200);
      assertThat(each.status()).isEqualTo("0");
      assertThat(each.body()).containsExactly(0, 0, 0, 0, 0);
    }
  }

  @Test
  void a_request_of_which_some_is_rejected_is_ok_and_says_what() throws IOException {
    Told told = call(EXPORT, framed(false, request("")));

    assertThat(told.status()).isEqualTo("0");
    assertThat(new String(told.body(), StandardCharsets.UTF_8))
        .contains("1 of 1 points rejected", "has no name");
  }

  @Test
  void what_can_not_be_read_is_an_invalid_argument() throws IOException {
    Told noise = call(EXPORT, framed(false, new byte[] {(byte) 0xff, 1, 2}));
    Told cut = call(EXPORT, new byte[] {0, 0, 0, 0, 9, 1});
    Told noGzip = call(EXPORT, framed(true, request("g")), "grpc-encoding", "gzip");

    assertThat(noise.status()).isEqualTo("3");
    assertThat(noise.message()).contains("the body is no OTLP metrics request");
    assertThat(cut.status()).isEqualTo("3");
    assertThat(cut.message()).contains("not one whole message of gRPC");
    assertThat(noGzip.status()).isEqualTo("3");
    assertThat(noGzip.message()).contains("not packed by gzip");
  }

  @Test
  void what_is_too_large_is_an_invalid_argument_that_names_the_limit() throws IOException {
    byte[] large = new byte[2 << 20];

    for (Told told :
        List.of(
            call(EXPORT, framed(true, gzip(large)), "grpc-encoding", "gzip"),
            call(EXPORT, framed(true, Zstd.compress(large)), "grpc-encoding", "zstd"),
            call(EXPORT, framed(false, large)))) {
      assertThat(told.status()).isEqualTo("3");
      assertThat(told.message()).contains("limits.write_body_bytes");
      assertThat(told.trailers().get("grpc-status-details-bin")).isNull();
    }
  }

  @Test
  void who_comes_when_all_room_is_taken_is_told_when_to_come_again() throws IOException {
    byte[] large = framed(true, gzip(request("x".repeat(1_000_000))));

    Told told;
    try (Turns.Turn _ = turns.take(ROOM)) {
      told = call(EXPORT, large, "grpc-encoding", "gzip");
    }

    assertThat(told.status()).isEqualTo("14");
    assertThat(told.message()).contains("limits.request_bodies_bytes");
    String details = told.trailers().get("grpc-status-details-bin");
    assertThat(Base64.getDecoder().decode(String.valueOf(details)))
        .startsWith(8, 14)
        .asString(StandardCharsets.UTF_8)
        .contains("type.googleapis.com/google.rpc.RetryInfo\u0012\u0004\n\u0002\b\u0001");
    assertThat(call(EXPORT, large, "grpc-encoding", "gzip").status()).isEqualTo("0");
  }

  @Test
  void another_service_and_another_packing_are_unimplemented() throws IOException {
    Told traces = call("/opentelemetry.proto.collector.trace.v1.TraceService/Export", new byte[5]);
    Told packed = call(EXPORT, framed(true, request("g")), "grpc-encoding", "br");

    assertThat(traces.status()).isEqualTo("12");
    assertThat(traces.message()).contains("traces and logs are not yet");
    assertThat(packed.status()).isEqualTo("12");
    assertThat(packed.headers().get("grpc-accept-encoding")).isEqualTo("identity,gzip,zstd");
  }

  @Test
  void a_sentence_in_a_trailer_is_plain_ascii() throws IOException {
    Told told = call("/\u00fc/\u20ac", new byte[5]);

    assertThat(told.status()).isEqualTo("12");
    assertThat(told.message()).matches("[ -~]*");
  }

  @Test
  void who_speaks_plain_http_is_answered_in_a_line_that_says_where_to_go() throws Exception {
    var get = server.get("/");
    var metrics = server.get("/v1/metrics");
    var json =
        server.send(
            server
                .request("/v1/metrics", "Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build());

    for (var each : List.of(get, metrics)) assertThat(each.statusCode()).isEqualTo(404);
    assertThat(json.statusCode()).isEqualTo(415);
    for (var each : List.of(get, metrics, json)) {
      assertThat(each.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
      assertThat(each.body()).isEqualTo(each.body().strip() + "\n").contains("4318", "/v1/metrics");
    }
  }
}
