package io.oriel.engines.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.oriel.engines.prometheus.Standing.State;
import io.oriel.model.Labels;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.queue.QueueBounds;
import io.oriel.storage.wal.SyncPolicy;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.remotewrite.WriteVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine's standing says while it answers, takes, or does neither. */
@Timeout(60)
class StandingTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final String VECTOR =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";

  private final ManualClock clock = new ManualClock(NOW);
  private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
  private final Map<String, String> bodies = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  @TempDir Path folder;
  private HttpServer server;
  private PrometheusEngine engine;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(exchange.getRequestURI().toString());
          exchange.getRequestBody().readAllBytes();
          int status = statuses.getOrDefault(path, 200);
          byte[] body = bodies.getOrDefault(path, VECTOR).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    engine = engine(1 << 20);
  }

  private PrometheusEngine engine(long queueBytes) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return PrometheusEngine.start(
        new EngineConfig(
            url, url.resolve("/api/v1/write"), HttpSettings.NORMAL, Map.of(), WriteVersion.V1),
        new RemoteWriteOut.Ground(
            Disk.real(),
            folder,
            new QueueBounds(queueBytes, Duration.ZERO, QueueBounds.WhenFull.REFUSE),
            SyncPolicy.ALWAYS,
            Limits.NORMAL,
            clock,
            new Random(1),
            "Oriel/test"));
  }

  @AfterEach
  void stop() {
    engine.close();
    server.stop(0);
  }

  @Test
  void an_engine_that_answers_is_well_and_is_not_asked_again_at_once() {
    assertThat(engine.standing().state()).isEqualTo(State.WELL);
    assertThat(engine.standing().sinceMs()).isZero();

    assertThat(asked).hasSize(1);
  }

  @Test
  void an_engine_that_is_gone_is_down_since_the_first_time_nobody_answered() {
    assertThat(engine.standing().state()).isEqualTo(State.WELL);
    server.stop(0);
    clock.advance(10_000);

    Standing first = engine.standing();
    clock.advance(60_000);
    Standing later = engine.standing();

    assertThat(first.state()).isEqualTo(State.DOWN);
    assertThat(first.answers()).isFalse();
    assertThat(first.why()).isEqualTo("the connection was refused");
    assertThat(later.sinceMs()).isEqualTo(first.sinceMs()).isEqualTo(NOW + 10_000);
  }

  @Test
  void it_is_well_again_by_itself_though_nobody_asks_a_query() {
    statuses.put("/api/v1/query", 503);
    assertThat(engine.standing().state()).isEqualTo(State.DOWN);
    statuses.clear();

    clock.advance(2_000);

    assertThat(engine.standing().state()).isEqualTo(State.WELL);
  }

  @Test
  void a_query_that_it_refuses_is_an_answer() {
    statuses.put("/api/v1/query", 400);
    bodies.put("/api/v1/query", "{\"error\":\"parse error\"}");

    assertThat(engine.standing().state()).isEqualTo(State.WELL);
  }

  @Test
  void a_path_that_it_does_not_know_says_nothing_of_its_health() {
    assertThat(engine.standing().state()).isEqualTo(State.WELL);
    statuses.put("/api/v1/metadata", 404);

    Throwable refused = refusal(() -> engine.source().metadata("", 0));

    assertThat(refused)
        .isInstanceOf(Refusal.NotFound.class)
        .hasMessageContaining("does not know /api/v1/metadata");
    assertThat(engine.standing().state()).isEqualTo(State.WELL);
  }

  /** The samples wait: nothing else holds them, and the address can be put right. */
  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405, 301, 500, 503})
  void where_it_takes_no_samples_they_wait_and_it_is_down(int status) {
    statuses.put("/api/v1/write", status);
    send();
    await(() -> engine.stats().downSinceMs() > 0);

    Standing standing = engine.standing();

    assertThat(standing.state()).isEqualTo(State.DOWN);
    assertThat(standing.answers()).isTrue();
    assertThat(standing.takes()).isFalse();
    assertThat(standing.why()).contains("HTTP " + status);
    assertThat(standing.stats().pendingBytes()).isPositive();
    assertThat(standing.stats().failed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void what_it_refuses_for_good_does_not_wait(int status) {
    statuses.put("/api/v1/write", status);
    send();
    await(() -> engine.stats().failed().containsKey("http_" + status));

    assertThat(engine.standing().state()).isEqualTo(State.WELL);
  }

  @Test
  void a_full_queue_refuses_by_name_and_says_so() {
    engine.close();
    engine = engine(QueueBounds.LEAST_BYTES);
    statuses.put("/api/v1/write", 503);
    try (MetricWriter writer = engine.sink().writer()) {
      long series = writer.series(Labels.of(Labels.NAME, "x"));
      Throwable refused = null;
      for (int i = 0; refused == null && i < 1000; i++) {
        for (int j = 0; j < 1000; j++) writer.sample(series, NOW + 1000L * i + j, j);
        refused = refusal(writer::commit);
        clock.advance(1);
      }

      assertThat(refused)
          .isInstanceOf(Refusal.Unavailable.class)
          .hasMessageContaining("the queue engine is full since");
    }
    Standing standing = engine.standing();
    assertThat(standing.state()).isEqualTo(State.FULL);
    assertThat(standing.sinceMs()).isPositive();
  }

  @Test
  void what_it_holds_is_read_as_prometheus_tells_it() {
    bodies.put(
        "/api/v1/status/tsdb",
        """
        {"status":"success","data":{"headStats":{"numSeries":508,"numLabelPairs":1234,
         "chunkCount":937,"minTime":1591516800000,"maxTime":1598896800143},
         "seriesCountByMetricName":[{"name":"up","value":20},{"name":"x","value":3}],
         "labelValueCountByLabelName":[{"name":"__name__","value":211}],
         "memoryInBytesByLabelName":[{"name":"__name__","value":8266}],
         "seriesCountByLabelValuePair":[{"name":"job=prometheus","value":425}]}}
        """);

    EngineHead head = engine.head(1);

    assertThat(head.series()).isEqualTo(508);
    assertThat(head.labelPairs()).isEqualTo(1234);
    assertThat(head.chunks()).isEqualTo(937);
    assertThat(head.minMs()).isEqualTo(1591516800000L);
    assertThat(head.metrics()).containsExactly(new EngineHead.Row("up", 20));
    assertThat(head.labels()).containsExactly(new EngineHead.Row("__name__", 211));
    assertThat(head.labelBytes()).containsExactly(new EngineHead.Row("__name__", 8266));
    assertThat(head.pairs()).containsExactly(new EngineHead.Row("job=prometheus", 425));
    assertThat(asked).containsExactly("/api/v1/status/tsdb?limit=1&topN=1");
  }

  @Test
  void what_it_holds_is_read_as_victoria_metrics_tells_it() {
    bodies.put(
        "/api/v1/status/tsdb",
        """
        {"status":"success","isPartial":false,"data":{"totalSeries":12,"totalLabelValuePairs":40,
         "seriesCountByMetricName":[{"name":"up","value":7,"requestsCount":0,"lastRequestTimestamp":0}],
         "seriesCountByLabelName":[{"name":"__name__","value":12}],
         "seriesCountByFocusLabelValue":[],
         "seriesCountByLabelValuePair":[{"name":"job=node","value":12}],
         "labelValueCountByLabelName":[{"name":"instance","value":3}]}}
        """);

    EngineHead head = engine.head(10);

    assertThat(head.series()).isEqualTo(12);
    assertThat(head.labelPairs()).isEqualTo(40);
    assertThat(head.metrics()).containsExactly(new EngineHead.Row("up", 7));
    assertThat(head.labels()).containsExactly(new EngineHead.Row("instance", 3));
    assertThat(head.pairs()).containsExactly(new EngineHead.Row("job=node", 12));
  }

  @Test
  void an_engine_that_does_not_tell_what_it_holds_is_named() {
    statuses.put("/api/v1/status/tsdb", 404);

    assertThat(refusal(() -> engine.head(10)))
        .isInstanceOf(Refusal.NotFound.class)
        .hasMessageContaining("does not know /api/v1/status/tsdb");
  }

  @Test
  void queries_to_a_silent_engine_are_refused_with_since_when_and_what_waits() {
    server.stop(0);

    assertThat(refusal(() -> engine.queries().instant("up", NOW, QueryOptions.DEFAULT)))
        .isInstanceOf(Refusal.Unavailable.class)
        .hasMessageContaining("gives no answers since 2023-11-14T22:13:20Z")
        .hasMessageContaining("the connection was refused")
        .hasMessageContaining("of 1048576 bytes are buffered");
  }

  private void send() {
    try (MetricWriter writer = engine.sink().writer()) {
      writer.sample(writer.series(Labels.of(Labels.NAME, "x")), NOW, 1);
      writer.commit();
    }
  }

  /** Moves the clock on: a batch waits a second for others. */
  private void await(BooleanSupplier happened) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!happened.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
      clock.advance(100);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static @Nullable Throwable refusal(Runnable asking) {
    try {
      asking.run();
      return null;
    } catch (Refusal refused) {
      return refused;
    }
  }
}
