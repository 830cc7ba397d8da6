package io.oriel.server.http.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.server.http.Call;
import io.oriel.server.http.Route;
import io.oriel.server.http.TestServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that ask for much and read nothing: what they hold is bounded, and let go again. */
@Timeout(60)
class UnreadAnswersTest {
  private static final int LARGE = 1_000_000; // samples: some 20 MB as text, more than sockets take
  private static final Limits LIMITS =
      Limits.NORMAL.with(Limit.ANSWERS_BYTES, 40_000_000).with(Limit.ANSWER_STALL_SECONDS, 1);

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private QueryGate gate;
  private TestServer server;

  @BeforeEach
  void start() {
    gate = new QueryGate(LIMITS, Clock.system(), registry);
    Route route =
        Route.get(
            "/samples/{count}",
            "So many samples",
            call ->
                gate.answer(
                    call,
                    count(call),
                    QueryOptions.DEFAULT,
                    _ -> samples(count(call)),
                    answer -> ResultJson.answer(answer, 0, "")));
    server = TestServer.below("", LIMITS, List.of(route));
  }

  @AfterEach
  void stop() {
    server.close();
    gate.close();
  }

  private static int count(Call call) {
    return Integer.parseInt(call.segment("count"));
  }

  private static QueryAnswer samples(int count) {
    var samples = new SampleColumns(count);
    for (int i = 0; i < count; i++) samples.add(i * 1000L, i);
    var series = new QueryAnswer.Series(Labels.of("a", "b"), samples);
    var result = new QueryAnswer.Result.Matrix(List.of(series));
    return new QueryAnswer(result, List.of(), List.of(), QueryAnswer.Stats.NONE);
  }

  @Test
  void an_answer_counts_until_it_is_read_and_those_above_the_limit_are_refused_by_name()
      throws Exception {
    try (var _ = unread()) {
      waitUntilHeld(LARGE * 16L);

      var second = server.get("/samples/" + LARGE);
      var small = server.get("/samples/1");

      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.headers().firstValue("Retry-After")).isPresent();
      assertThat(second.body()).contains("limits.answers_bytes");
      assertThat(small.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void who_takes_nothing_for_a_while_is_cut_and_what_they_held_is_free() throws Exception {
    try (var _ = unread()) {
      waitUntilHeld(LARGE * 16L);

      waitUntilFree();

      assertThat(server.get("/samples/" + LARGE).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void an_answer_whose_caller_hung_up_is_let_go_at_once() throws Exception {
    Socket unread = unread();
    waitUntilHeld(LARGE * 16L);

    unread.close();

    waitUntilFree();
  }

  private Socket unread() throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    String request = "GET /samples/" + LARGE + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(UTF_8));
    return socket;
  }

  private void waitUntilHeld(long bytes) {
    while (held() < bytes) Thread.onSpinWait();
  }

  private void waitUntilFree() {
    while (held() > 0) Thread.onSpinWait();
  }

  private double held() {
    return registry.scrape(name -> name.equals("oriel_answers_held_bytes")).stream()
        .flatMap(snapshot -> ((GaugeSnapshot) snapshot).getDataPoints().stream())
        .mapToDouble(GaugeSnapshot.GaugeDataPointSnapshot::getValue)
        .sum();
  }
}
