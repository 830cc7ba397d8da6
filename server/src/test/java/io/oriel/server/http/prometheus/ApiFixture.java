package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.backend.MetricQueries;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import io.oriel.model.testing.MemoryExemplars;
import io.oriel.promql.Promql;
import io.oriel.promql.eval.Engine;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.memory.MemorySource;
import io.oriel.promql.parse.Features;
import io.oriel.promql.parse.Printer;
import io.oriel.server.http.TestServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prometheus' API over the real engine and a store in memory, behind a real socket. */
final class ApiFixture implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  static final long NOW_MS = 1_700_000_000_000L;

  final MemorySource store = new MemorySource();
  final MemoryExemplars exemplars = new MemoryExemplars();
  final FakeServer around = new FakeServer();
  final ManualClock clock = new ManualClock(NOW_MS);
  final TestServer server;
  private final Engine engine;
  private final QueryGate gate;
  private final ReadGate reads;

  ApiFixture() {
    this(Limits.NORMAL);
  }

  ApiFixture(Limits limits) {
    engine = Promql.engine(store, limits, Clock.system());
    gate = new QueryGate(limits, Clock.system(), new PrometheusRegistry());
    reads = new ReadGate(limits);
    server =
        TestServer.below(
            "", limits, PrometheusApi.routes(parts(engine), gate, reads, limits, clock));
  }

  private PrometheusApi.Parts parts(MetricQueries queries) {
    MetricSource source = store;
    return new PrometheusApi.Parts(
        queries, source, exemplars, new RealLanguage(), around, around, around);
  }

  /** A sample of a series at the fixture's now. */
  ApiFixture with(double value, String... labels) {
    store.add(Labels.of(labels), NOW_MS, value);
    return this;
  }

  JsonNode data(String call) throws Exception {
    return ok(server.get(call)).get("data");
  }

  /** The whole answer, which is a success. */
  static JsonNode ok(HttpResponse<String> answer) throws Exception {
    JsonNode json = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json.get("status").textValue()).isEqualTo("success");
    return json;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
    gate.close();
    reads.close();
    engine.close();
  }

  private static final class RealLanguage implements Language {
    @Override
    public List<Matcher> selector(String text) {
      return Promql.selector(text);
    }

    @Override
    public String format(String query) {
      return Printer.pretty(Promql.parse(query));
    }

    @Override
    public Expr tree(String query) {
      return Promql.parse(query, Features.ALL);
    }
  }
}
