package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.server.http.Route;
import io.oriel.server.http.TestServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On which thread a query is computed. */
@Timeout(20)
class QueryGateTest {
  private final ManualClock clock = new ManualClock(0);
  private final QueryGate gate = new QueryGate(Limits.NORMAL, clock, new PrometheusRegistry());
  private final Queue<String> threads = new ConcurrentLinkedQueue<>();
  private volatile Duration takes = Duration.ZERO;
  private final TestServer server =
      TestServer.below(
          "",
          Limits.NORMAL,
          List.of(
              Route.get(
                  "/asked/{question}",
                  "A query",
                  call ->
                      gate.answer(
                          call,
                          Integer.parseInt(call.segment("question")),
                          QueryOptions.DEFAULT,
                          this::compute,
                          answer -> ResultJson.answer(answer, 0, "")))));

  private QueryAnswer compute(QueryOptions given) {
    threads.add(Thread.currentThread().isVirtual() ? "request" : "query");
    if (given.timeout().compareTo(takes) < 0) throw new Refusal.TimedOut("too late", "ask again");
    clock.advance(takes.toMillis());
    var result = new QueryAnswer.Result.Scalar(0, 1);
    return new QueryAnswer(result, List.of(), List.of(), QueryAnswer.Stats.NONE);
  }

  @BeforeEach
  void needTwoCores() {
    assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1); // else never "request"
  }

  private void ask(int question) throws Exception {
    assertThat(server.get("/asked/" + question).statusCode()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    server.close();
    gate.close();
  }

  @Test
  void what_was_small_is_computed_on_the_thread_of_its_request_the_next_time() throws Exception {
    ask(1);
    ask(1);
    ask(2);
    ask(1);

    assertThat(threads).containsExactly("query", "request", "query", "request");
  }

  @Test
  void what_takes_long_stays_on_the_threads_for_queries() throws Exception {
    takes = Duration.ofMillis(3);

    ask(1);
    ask(1);

    assertThat(threads).containsExactly("query", "query");
  }

  @Test
  void what_has_grown_begins_anew_on_a_thread_for_queries_and_stays_there() throws Exception {
    ask(1);
    takes = Duration.ofSeconds(1);

    ask(1);
    ask(1);

    assertThat(threads).containsExactly("query", "request", "query", "query");
  }
}
