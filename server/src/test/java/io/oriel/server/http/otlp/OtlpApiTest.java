package io.oriel.server.http.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.TimeRange;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import io.oriel.receive.otlp.OtlpMetrics;
import io.oriel.receive.otlp.OtlpSettings;
import io.oriel.receive.otlp.TranslationStrategy;
import io.oriel.server.http.TestServer;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sender of OTLP meets, in JSON, over a real socket and a real store. */
class OtlpApiTest {
  private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final Limits LIMITS =
      Limits.NORMAL.with(Limit.WRITE_BODY_BYTES, 1 << 20).with(Limit.OTLP_DELTA_SERIES, 3);
  private static final String RESOURCE =
      "{'attributes':[{'key':'service.name','value':{'stringValue':'api'}},"
          + "{'key':'service.namespace','value':{'stringValue':'shop'}},"
          + "{'key':'service.instance.id','value':{'stringValue':'i1'}},"
          + "{'key':'host.name','value':{'stringValue':'gpu1'}}]}";

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(NOW);
  private MetricStore store;
  private TestServer server;

  @BeforeEach
  void start() {
    store = MetricStore.open(MetricStoreConfig.in(folder).withLimits(LIMITS), clock);
    serve(OtlpSettings.NORMAL);
  }

  private void serve(OtlpSettings settings) {
    if (server != null) server.close();
    var metrics = new OtlpMetrics(store.sink(), LIMITS, clock, settings);
    server = TestServer.below("", LIMITS, List.of(OtlpApi.route(metrics, LIMITS)));
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
  }

  private static String metrics(String... metrics) {
    return ("{'resourceMetrics':[{'resource':%s,'scopeMetrics':[{'scope':{'name':'lib',"
            + "'version':'2'},'metrics':[%s]}]}]}")
        .formatted(RESOURCE, String.join(",", metrics))
        .replace('\'', '"');
  }

  private static String sum(String name, String temporality, boolean monotonic, String... points) {
    return "{'name':'%s','sum':{'aggregationTemporality':%s,'isMonotonic':%s,'dataPoints':[%s]}}"
        .formatted(name, temporality, monotonic, String.join(",", points));
  }

  private static String point(long timeMs, double value) {
    return point(
        timeMs, "'startTimeUnixNano':'%d000000','asDouble':%s".formatted(NOW - 60_000, value));
  }

  private static String point(long timeMs, String rest) {
    return ("{'attributes':[{'key':'http.method','value':{'stringValue':'GET'}}],"
            + "'timeUnixNano':'%d000000',%s}")
        .formatted(timeMs, rest);
  }

  private HttpResponse<String> push(String json) throws Exception {
    return push(json.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
  }

  private HttpResponse<String> push(byte[] body, String... headers) throws Exception {
    return server.send(
        server.request("/v1/metrics", headers).POST(BodyPublishers.ofByteArray(body)).build());
  }

  /** All samples of a metric, a line each. */
  private List<String> stored(String metric) {
    var lines = new ArrayList<String>();
    List<Matcher> matchers = List.of(Matcher.equal("__name__", metric));
    try (var found = store.source().select(matchers, TimeRange.ALWAYS)) {
      for (int i = 0; i < found.count(); i++) {
        var samples = new SampleColumns();
        found.read(i, samples);
        for (int s = 0; s < samples.size; s++) {
          Object value =
              samples.histogram(s) != null
                  ? samples.histogram(s)
                  : Stale.isMarker(samples.values[s]) ? "stale" : samples.values[s];
          lines.add(found.labels(i) + " " + (samples.times[s] - NOW) + " " + value);
        }
      }
    }
    return lines;
  }

  @Test
  void a_counter_has_the_name_and_labels_that_prometheus_gives_it() throws Exception {
    var answer = push(metrics(sum("http.requests", "2", true, point(NOW, 7))));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
    assertThat(stored("http_requests_total"))
        .containsExactly(
            "http_requests_total{http_method=\"GET\", instance=\"i1\", job=\"shop/api\"} 0 7.0");
    assertThat(stored("target_info"))
        .containsExactly(
            "target_info{host_name=\"gpu1\", instance=\"i1\", job=\"shop/api\"} 0 1.0");
    assertThat(store.source().metadata("http_requests_total", 0)).isNotEmpty();
  }

  @Test
  void names_attributes_and_scopes_follow_the_settings() throws Exception {
    serve(new OtlpSettings(TranslationStrategy.NO_TRANSLATION, List.of("host.name"), true));

    push(
        metrics(sum("http.requests", "'AGGREGATION_TEMPORALITY_CUMULATIVE'", true, point(NOW, 7))));

    assertThat(stored("http.requests"))
        .containsExactly(
            "{\"http.requests\", \"host.name\"=\"gpu1\", \"http.method\"=\"GET\", instance=\"i1\","
                + " job=\"shop/api\", otel_scope_name=\"lib\", otel_scope_version=\"2\"} 0 7.0");
  }

  @Test
  void differences_are_summed_up_and_one_that_comes_twice_is_rejected() throws Exception {
    push(metrics(sum("d", "1", true, point(NOW - 2000, 5))));
    push(metrics(sum("d", "1", true, point(NOW - 1000, 2))));
    var again = push(metrics(sum("d", "1", true, point(NOW - 1000, 2), point(NOW, 1))));

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body())
        .contains("\"rejectedDataPoints\":\"1\"", "1 of 2 points rejected", "delta_out_of_order");
    assertThat(stored("d_total"))
        .extracting(line -> line.substring(line.indexOf('}') + 2))
        .containsExactly("-2000 5.0", "-1000 7.0", "0 8.0");
  }

  @Test
  void what_is_summed_up_is_bounded_by_name_and_forgotten_after_a_while() throws Exception {
    for (String name : List.of("a", "b", "c")) push(metrics(sum(name, "1", true, point(NOW, 1))));
    var full = push(metrics(sum("e", "1", true, point(NOW, 1))));
    clock.advance(20 * 60_000);
    var later = push(metrics(sum("e", "1", true, point(clock.millis(), 1))));

    assertThat(full.body()).contains("limits.otlp_delta_series");
    assertThat(later.body()).isEqualTo("{}");
  }

  @Test
  void a_request_that_can_not_be_read_does_not_count_a_difference() throws Exception {
    push(metrics(sum("d", "1", true, point(NOW - 2000, 5))));
    push(metrics(sum("d", "1", true, point(NOW - 1000, 2))) + "{");
    String broken = metrics(sum("d", "1", true, point(NOW - 500, 2)));
    var cut = push(broken.substring(0, broken.length() - 3));
    push(metrics(sum("d", "1", true, point(NOW, 1))));

    assertThat(cut.statusCode()).isEqualTo(400);
    assertThat(stored("d_total")).last().asString().endsWith(" 0 8.0");
  }

  @Test
  void a_histogram_is_buckets_count_and_sum() throws Exception {
    push(
        metrics(
            "{'name':'latency','unit':'s','histogram':{'aggregationTemporality':2,'dataPoints':["
                + point(
                    NOW,
                    "'count':'6','sum':3.5,'bucketCounts':['1','2','3'],'explicitBounds':[0.5,1],"
                        + "'exemplars':[{'timeUnixNano':'%d000000','asDouble':0.7,".formatted(NOW)
                        + "'traceId':'0102030405060708090a0b0c0d0e0f10','spanId':'0102030405060708'}]")
                + "]}}"));

    assertThat(stored("latency_seconds_count")).hasSize(1).first().asString().endsWith(" 0 6.0");
    assertThat(stored("latency_seconds_sum")).hasSize(1).first().asString().endsWith(" 0 3.5");
    assertThat(stored("latency_seconds_bucket"))
        .extracting(line -> line.replaceAll(".*le=\"([^\"]*)\".* 0 ", "$1 "))
        .containsExactlyInAnyOrder("0.5 1.0", "1 3.0", "+Inf 6.0");
  }

  @Test
  void a_summary_is_quantiles_count_and_sum() throws Exception {
    push(
        metrics(
            "{'name':'size','unit':'By','summary':{'dataPoints':["
                + point(
                    NOW,
                    "'count':'6','sum':3.5,'quantileValues':[{'quantile':0,'value':0.1},"
                        + "{'quantile':0.5,'value':0.5},{'quantile':0.99,'value':2}]")
                + "]}}"));

    assertThat(stored("size_bytes_count")).hasSize(1).first().asString().endsWith(" 0 6.0");
    assertThat(stored("size_bytes_sum")).hasSize(1).first().asString().endsWith(" 0 3.5");
    assertThat(stored("size_bytes"))
        .extracting(line -> line.replaceAll(".*quantile=\"([^\"]*)\".* 0 ", "$1 "))
        .containsExactlyInAnyOrder("0 0.1", "0.5 0.5", "0.99 2.0");
    assertThat(store.source().metadata("size_bytes", 0).toString()).contains("SUMMARY");
  }

  @Test
  void a_summary_without_value_ends_all_its_series() throws Exception {
    String name = "{'name':'size','summary':{'dataPoints':[%s]}}";
    String quantiles = ",'quantileValues':[{'quantile':0.5,'value':0.5}]";
    push(metrics(name.formatted(point(NOW - 1, "'count':'6','sum':3.5" + quantiles))));

    push(metrics(name.formatted(point(NOW, "'flags':1" + quantiles))));

    for (String each : List.of("size", "size_sum", "size_count")) {
      assertThat(stored(each)).last().asString().endsWith(" 0 stale");
    }
  }

  @Test
  void an_exponential_histogram_is_a_native_one_no_finer_than_the_finest() throws Exception {
    push(
        metrics(
            "{'name':'e','exponentialHistogram':{'aggregationTemporality':2,'dataPoints':["
                + point(
                    NOW,
                    "'count':'4','sum':9,'scale':9,'zeroCount':'1',"
                        + "'positive':{'offset':2,'bucketCounts':['1','1','1']}")
                + ","
                + point(NOW + 1, "'count':'4','scale':-5")
                + "]}}"));

    assertThat(stored("e")).hasSize(1).first().asString().contains("schema:8", "count:4");
  }

  @Test
  void a_point_without_value_ends_its_series() throws Exception {
    push(metrics(sum("c", "2", true, point(NOW - 1, 7))));
    push(metrics(sum("c", "2", true, point(NOW, "'flags':1"))));

    assertThat(stored("c_total")).last().asString().endsWith(" 0 stale");
  }

  @Test
  void a_point_of_the_year_5000_is_rejected_and_shuts_nothing_out() throws Exception {
    long far = Instant.parse("2260-01-01T00:00:00Z").toEpochMilli();
    var answer = push(metrics(sum("d", "1", true, point(far, 5), point(NOW, 1))));

    assertThat(answer.body()).contains("\"rejectedDataPoints\":\"1\"", "too_far_ahead");
    assertThat(stored("d_total")).hasSize(1).first().asString().endsWith(" 0 1.0");
  }

  @Test
  void packed_bodies_are_unpacked_no_larger_than_allowed() throws Exception {
    byte[] json = metrics(sum("c", "2", true, point(NOW, 7))).getBytes(StandardCharsets.UTF_8);
    String[] head = {"Content-Type", "application/json", "Content-Encoding", "gzip"};
    String[] protobuf = {"Content-Type", "application/x-protobuf", "Content-Encoding", "gzip"};

    String[] zstd = {"Content-Type", "application/json", "Content-Encoding", "zstd"};

    assertThat(push(gzip(json), head).body()).isEqualTo("{}");
    assertThat(push(Zstd.compress(json), zstd).body()).isEqualTo("{}");
    assertThat(push(Zstd.compress(new byte[2 << 20]), zstd).statusCode()).isEqualTo(413);
    assertThat(push(streamed(new byte[2 << 20]), zstd).statusCode()).isEqualTo(413);
    assertThat(push(streamed(json), zstd).body()).isEqualTo("{}");
    assertThat(push(json, zstd).statusCode()).isEqualTo(400);
    assertThat(push(lying(gzip(json)), head).statusCode()).isEqualTo(400);
    assertThat(push(gzip(new byte[2 << 20]), protobuf).statusCode()).isEqualTo(413);
    assertThat(push(json, protobuf).statusCode()).isEqualTo(400);
    assertThat(push(json, "Content-Type", "text/plain").statusCode()).isEqualTo(415);
    assertThat(
            push(json, "Content-Type", "application/json", "Content-Encoding", "br").statusCode())
        .isEqualTo(415);
    assertThat(push("{'resourceMetrics':3}").body()).contains("\"code\":3");
  }

  /** A frame of zstd whose head does not say how long it is. */
  private static byte[] streamed(byte[] bytes) throws Exception {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZstdOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  /** Says at its end that it is shorter than it is. */
  private static byte[] lying(byte[] packed) {
    packed[packed.length - 4]--;
    return packed;
  }

  private static byte[] gzip(byte[] bytes) throws Exception {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }
}
