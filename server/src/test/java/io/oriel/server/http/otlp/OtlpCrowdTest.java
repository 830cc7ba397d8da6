package io.oriel.server.http.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.receive.Turns;
import io.oriel.receive.otlp.OtlpMetrics;
import io.oriel.receive.otlp.OtlpSettings;
import io.oriel.server.http.Route;
import io.oriel.server.http.TestServer;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many who send at once what is small when packed and large when not. */
class OtlpCrowdTest {
  private static final int MIB = 1 << 20;
  private static final int NAME_BYTES = 8 * MIB;
  private static final int BOUND = 17 * MIB; // two requests, and not three

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(1_772_000_000_000L);
  private final Turns turns = new Turns(64, BOUND, Duration.ZERO);
  private final AtomicLong most = new AtomicLong();
  private MetricStore store;
  private TestServer server;

  @BeforeEach
  void start() {
    store = MetricStore.open(MetricStoreConfig.in(folder), clock);
    MetricSink seen =
        () -> {
          most.accumulateAndGet(turns.heldBytes(), Math::max);
          return store.sink().writer();
        };
    var metrics = new OtlpMetrics(seen, Limits.NORMAL, clock, OtlpSettings.NORMAL, turns);
    List<Route> routes = new ArrayList<>(OtlpApi.grpcRoutes(metrics, Limits.NORMAL));
    routes.addFirst(OtlpApi.route(metrics, Limits.NORMAL));
    server = TestServer.below("", Limits.NORMAL, routes);
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
  }

  /** A request of one gauge with one point, its name as long as wanted. */
  private static byte[] request(int nameBytes) {
    byte[] gauge = field(5, field(1, new byte[0]));
    byte[] name = field(1, "x".repeat(nameBytes).getBytes(StandardCharsets.UTF_8));
    return field(1, field(2, field(2, joined(name, gauge))));
  }

  private static byte[] field(int number, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(number << 3 | 2);
    int length = content.length;
    for (; length > 127; length >>>= 7) out.write((length & 127) | 128);
    out.write(length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private static byte[] gzip(byte[] bytes) throws Exception {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private HttpResponse<String> push(byte[] packed) throws Exception {
    return server.send(
        server
            .request(
                "/v1/metrics", "Content-Type", "application/x-protobuf", "Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(packed))
            .build());
  }

  @Test
  @Timeout(60)
  void what_is_unpacked_at_once_is_bounded_and_who_finds_no_room_is_to_come_again()
      throws Exception {
    byte[] packed = gzip(request(NAME_BYTES));
    var codes = new ArrayList<Integer>();
    try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<HttpResponse<String>> push = () -> push(packed);
      for (Future<HttpResponse<String>> each : crowd.invokeAll(Collections.nCopies(40, push))) {
        codes.add(each.get().statusCode());
      }
    }

    assertThat(codes).hasSize(40).contains(200);
    assertThat(codes).allMatch(code -> code == 200 || code == 503);
    assertThat(most.get()).isBetween((long) NAME_BYTES, (long) BOUND + (64 << 10));
    assertThat(turns.heldBytes()).isZero();
  }

  @Test
  void without_room_http_says_503_and_when_to_come_again_and_nothing_is_unpacked()
      throws Exception {
    byte[] packed = gzip(request(NAME_BYTES));

    HttpResponse<String> full;
    try (Turns.Turn _ = turns.take(BOUND)) {
      full = push(packed);
    }
    HttpResponse<String> later = push(packed);

    assertThat(full.statusCode()).isEqualTo(503);
    assertThat(full.headers().firstValue("Retry-After")).contains("1");
    assertThat(full.body()).contains("limits.request_bodies_bytes");
    assertThat(later.statusCode()).isEqualTo(200);
  }

  @Test
  void without_room_grpc_says_unavailable_and_nothing_is_unpacked() throws Exception {
    byte[] packed = gzip(request(NAME_BYTES));
    byte[] frame = new byte[5 + packed.length];
    ByteBuffer.wrap(frame).put((byte) 1).putInt(packed.length).put(packed);
    String path = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    String[] heads = {"Content-Type", "application/grpc", "grpc-encoding", "gzip"};

    try (Turns.Turn _ = turns.take(BOUND)) {
      var full =
          server.send(server.request(path, heads).POST(BodyPublishers.ofByteArray(frame)).build());
      Refusal why = catchThrowableOfType(Refusal.class, () -> turns.take(BOUND));

      assertThat(full.statusCode()).isEqualTo(200);
      assertThat(full.body()).isEmpty();
      assertThat(most.get()).isZero();
      assertThat(GrpcStatus.of(why)).isEqualTo(GrpcStatus.UNAVAILABLE);
    }
  }

  @Test
  void a_name_that_is_too_long_costs_its_points_and_is_told_by_limit() throws Exception {
    HttpResponse<String> answer = push(gzip(request(NAME_BYTES)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("1 of 1 points rejected", "limits.label_value_bytes");
  }
}
