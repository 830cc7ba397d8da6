package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Clock;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.MemoryExemplars;
import io.oriel.server.http.TestServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths, parameters and answers as Prometheus' own clients know them. */
class PrometheusApiTest {
  private static final Limits LIMITS =
      Limits.NORMAL.with(Limit.QUERIES_AT_ONCE, 1).with(Limit.QUERIES_WAITING, 1);

  private final FakeMetrics metrics = new FakeMetrics();
  private final FakeServer around = new FakeServer();
  private final MemoryExemplars exemplars = new MemoryExemplars();
  private final ReadGate reads = new ReadGate(LIMITS);
  private QueryGate gate;
  private TestServer server;

  @BeforeEach
  void start() {
    gate = new QueryGate(LIMITS, Clock.system(), new PrometheusRegistry());
    var parts =
        new PrometheusApi.Parts(metrics, metrics, exemplars, metrics, around, around, around);
    server =
        TestServer.below(
            "", LIMITS, PrometheusApi.routes(parts, gate, reads, LIMITS, Clock.system()));
  }

  @AfterEach
  void stop() {
    server.close();
    gate.close();
    reads.close();
  }

  @Test
  void a_vector_is_answered_with_labels_times_in_seconds_and_values_as_text() throws Exception {
    assertThat(data("/api/v1/query?query=up&time=1435781451.781"))
        .isEqualTo(
            """
            {"resultType":"vector","result":[\
            {"metric":{"__name__":"up","host":"a","job":"node"},"value":[1435781451.781,"1"]},\
            {"metric":{"__name__":"up","host":"b","job":"node"},"value":[1435781451.781,"0.5"]}]}\
            """);
  }

  @Test
  void a_matrix_has_a_value_at_each_step() throws Exception {
    assertThat(data("/api/v1/query_range?query=up&start=1&end=2&step=500ms"))
        .isEqualTo(
            """
            {"resultType":"matrix","result":[{"metric":{"__name__":"up","host":"a","job":"node"},\
            "values":[[1,"0.5"],[1.500,"0.75"],[2,"1"]]}]}\
            """);
  }

  @Test
  void scalars_and_texts_are_pairs() throws Exception {
    assertThat(data("/api/v1/query?query=1&time=5"))
        .isEqualTo("{\"resultType\":\"scalar\",\"result\":[5,\"1\"]}");
    assertThat(data("/api/v1/query?query=%22text%22&time=5"))
        .isEqualTo("{\"resultType\":\"string\",\"result\":[5,\"text\"]}");
    assertThat(data("/api/v1/query?query=infinite&time=5")).contains("\"+Inf\"");
  }

  @Test
  void a_query_may_come_as_a_form() throws Exception {
    assertThat(server.post("/api/v1/query", "query=1&time=5").body())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[5,\"1\"]}}");
  }

  @Test
  void warnings_and_infos_stand_beside_the_data() throws Exception {
    assertThat(server.get("/api/v1/query?query=doubtful&time=1").body())
        .endsWith(",\"warnings\":[\"a warning\"],\"infos\":[\"an info\"]}");
  }

  @Test
  void an_answer_cut_at_the_limit_says_so() throws Exception {
    assertThat(server.get("/api/v1/query?query=up&time=1&limit=1").body())
        .contains("\"host\":\"a\"")
        .doesNotContain("\"host\":\"b\"")
        .endsWith(",\"warnings\":[\"results truncated due to limit\"]}");
  }

  @Test
  void what_a_query_cost_is_told_when_asked() throws Exception {
    assertThat(data("/api/v1/query?query=up&time=1&stats=all"))
        .contains(
            "\"samples\":{\"totalQueryableSamples\":10,\"samplesRead\":10,\"peakSamples\":5}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          query?query=foo(          | 400 | bad_data  | invalid parameter "query": 1:5: parse error: unexpected end of input
          query?query=1&time=later  | 400 | bad_data  | invalid parameter "time": invalid time value for 'time': cannot parse "later" to a valid timestamp
          query?query=1&timeout=x   | 400 | bad_data  | invalid parameter "timeout": cannot parse "x" to a valid duration
          query?query=1&limit=-1    | 400 | bad_data  | invalid parameter "limit": limit must be non-negative
          query?query=many-to-many  | 422 | execution | found duplicate series for the match group
          query?query=slow          | 503 | timeout   | query timed out in expression evaluation; ask for less
          query?query=1&limit=x     | 400 | bad_data  | invalid parameter "limit": strconv.Atoi: parsing "x": invalid syntax
          query?query=1&limit=99999999999 | 400 | bad_data | invalid parameter "limit": strconv.Atoi: parsing "99999999999": value out of range
          query?query=1&timeout=1e99 | 400 | bad_data | invalid parameter "timeout": cannot parse "1e99" to a valid duration. It overflows int64
          labels?match[]=%21        | 400 | bad_data  | 1:1: parse error: unexpected character
          labels?start=x            | 400 | bad_data  | invalid parameter "start": invalid time value for 'start': cannot parse "x" to a valid timestamp
          labels?limit=-1           | 400 | bad_data  | invalid parameter "limit": limit must be non-negative
          label/job/values?end=x    | 400 | bad_data  | invalid parameter "end": invalid time value for 'end': cannot parse "x" to a valid timestamp
          label/job/values?match[]={} | 400 | bad_data | match[] must contain at least one non-empty matcher
          series?match[]=up&limit=x | 400 | bad_data  | invalid parameter "limit": strconv.Atoi: parsing "x": invalid syntax
          metadata?limit_per_metric=x | 400 | bad_data | limit_per_metric must be a number
          targets/metadata?limit=x  | 400 | bad_data  | limit must be a number
          targets/metadata?match_target=%21 | 400 | bad_data | invalid parameter "match_target": 1:1: parse error: unexpected character
          query_range?query=up      | 400 | bad_data  | invalid parameter "start": cannot parse "" to a valid timestamp
          query_range?query=up&start=2&end=1&step=1 | 400 | bad_data | invalid parameter "end": end timestamp must not be before start time
          query_range?query=up&start=1&end=2        | 400 | bad_data | invalid parameter "step": cannot parse "" to a valid duration
          query_range?query=up&start=1&end=2&step=0 | 400 | bad_data | invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer
          query_range?query=up&start=0&end=11001&step=1 | 400 | bad_data | exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)
          query?query=1&lookback_delta=x | 400 | bad_data | error parsing lookback delta duration: cannot parse "x" to a valid duration
          series                    | 400 | bad_data  | no match[] parameter provided
          series?match[]=%21        | 400 | bad_data  | invalid parameter "match[]": 1:1: parse error: unexpected character
          series?match[]={}         | 400 | bad_data  | invalid parameter "match[]": match[] must contain at least one non-empty matcher
          metadata?limit=many       | 400 | bad_data  | limit must be a number
          format_query              | 400 | bad_data  | invalid parameter "query": unknown position: parse error: no expression
          """)
  void errors_have_prometheus_status_type_and_text(
      String call, int status, String type, String text) throws Exception {
    HttpResponse<String> answer =
        server.get(
            "/api/v1/" + call.replace("[", "%5B").replace("]", "%5D").replace("{}", "%7B%7D"));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"%s\",\"error\":\"%s\"}"
                .formatted(type, text.replace("\"", "\\\"")));
  }

  @Test
  void a_range_of_exactly_the_most_steps_is_answered() throws Exception {
    assertThat(server.get("/api/v1/query_range?query=1&start=0&end=11000&step=1").statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_shorter_timeout_and_a_lookback_reach_the_engine() throws Exception {
    server.get("/api/v1/query?query=1&timeout=2s&lookback_delta=1m");

    assertThat(metrics.lastTimeout).isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
    assertThat(metrics.lastLookback).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void series_labels_and_values_are_lists() throws Exception {
    assertThat(data("/api/v1/series?match%5B%5D=up"))
        .isEqualTo(
            """
            [{"__name__":"up","host":"a","job":"node"},{"__name__":"up","host":"b","job":"node"}]\
            """);
    assertThat(data("/api/v1/labels")).isEqualTo("[\"__name__\",\"host\",\"job\"]");
    assertThat(data("/api/v1/label/host/values?match%5B%5D=temperature")).isEqualTo("[\"a\"]");
    assertThat(data("/api/v1/label/U__ho_73_t/values")).isEqualTo("[\"a\",\"b\"]");
    assertThat(server.get("/api/v1/label/host/values?limit=1").body())
        .contains("[\"a\"]", "results truncated due to limit");
  }

  @Test
  void a_word_for_stats_that_is_not_known_is_answered_with_a_warning() throws Exception {
    assertThat(server.get("/api/v1/query?query=up&time=1&stats=yes").body())
        .contains("\"stats\":{", "value \\\"yes\\\" for parameter \\\"stats\\\" is deprecated");
  }

  @Test
  void metadata_is_told_by_metric() throws Exception {
    assertThat(data("/api/v1/metadata?metric=temperature"))
        .isEqualTo(
            "{\"temperature\":[{\"type\":\"gauge\",\"help\":\"How warm.\",\"unit\":\"celsius\"}]}");
  }

  @Test
  void scrape_targets_are_told_as_prometheus_tells_them() throws Exception {
    assertThat(data("/api/v1/targets"))
        .isEqualTo(
            """
            {"activeTargets":[{"discoveredLabels":{"__address__":"gpu1:9100"},\
            "labels":{"instance":"gpu1:9100","job":"node"},"scrapePool":"node",\
            "scrapeUrl":"http://gpu1:9100/metrics","globalUrl":"http://gpu1:9100/metrics",\
            "lastError":"gpu1:9100 refused the connection","lastScrape":"2015-07-01T20:10:51.781Z",\
            "lastScrapeDuration":0.0015,"health":"down","scrapeInterval":"15s",\
            "scrapeTimeout":"10s"}],"droppedTargets":[{"discoveredLabels":\
            {"__address__":"gpu2:9100"},"scrapePool":"node"}],"droppedTargetCounts":{"node":1}}\
            """);
    assertThat(data("/api/v1/targets?state=dropped")).startsWith("{\"activeTargets\":[],");
    assertThat(data("/api/v1/targets?state=active")).contains("\"droppedTargets\":[]");
  }

  @Test
  void status_pages_are_there() throws Exception {
    assertThat(data("/api/v1/status/config")).isEqualTo("{\"yaml\":\"scrape_configs: []\\n\"}");
    assertThat(data("/api/v1/status/flags")).isEqualTo("{\"port\":\"23000\"}");
    assertThat(data("/api/v1/status/buildinfo")).contains("\"version\":\"3.", "oriel-0.1.0");
    assertThat(data("/api/v1/status/runtimeinfo")).contains("\"storageRetention\":\"15d\"");
    assertThat(data("/api/v1/status/tsdb"))
        .contains("\"numSeries\":3", "{\"name\":\"up\",\"value\":2}");
    assertThat(data("/api/v1/status/walreplay")).isEqualTo("{\"min\":0,\"max\":0,\"current\":0}");
    assertThat(data("/api/v1/rules")).isEqualTo("{\"groups\":[]}");
    assertThat(data("/api/v1/alerts")).isEqualTo("{\"alerts\":[]}");
  }

  @Test
  void an_expression_is_laid_out_to_be_read() throws Exception {
    assertThat(data("/api/v1/format_query?query=sum(up)")).isEqualTo("\"sum(\\n  up\\n)\"");
  }

  @Test
  void ready_says_whether_queries_are_answered() throws Exception {
    assertThat(server.get("/-/ready").statusCode()).isEqualTo(200);
    around.trouble = "the data folder is gone; restart Oriel";
    var lost = server.get("/-/ready");
    around.ready = false;

    assertThat(lost.statusCode()).isEqualTo(503);
    assertThat(lost.body()).isEqualTo("the data folder is gone; restart Oriel\n");
    assertThat(server.get("/-/ready").statusCode()).isEqualTo(503);
    assertThat(server.get("/-/healthy").statusCode()).isEqualTo(200);
  }

  @Test
  void reload_is_a_post_and_says_what_is_wrong() throws Exception {
    assertThat(server.get("/-/reload").statusCode()).isEqualTo(405);
    assertThat(server.post("/-/reload", "").statusCode()).isEqualTo(200);
    assertThat(around.reloads).hasValue(1);
    around.wrongConfiguration = true;

    var answer = server.post("/-/reload", "");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .isEqualTo(
            "failed to reload config: oriel.yaml:1:1: there is no key lissten; did you mean"
                + " listen?\n");
  }

  @Test
  void a_snapshot_needs_the_admin_api() throws Exception {
    var refused = server.post("/api/v1/admin/tsdb/snapshot", "");
    around.admin = true;
    var made = server.post("/api/v1/admin/tsdb/snapshot", "");
    var blocks = server.post("/api/v1/admin/tsdb/snapshot?skip_head=true", "");
    var wrong = server.post("/api/v1/admin/tsdb/snapshot?skip_head=abc", "");

    assertThat(blocks.body()).contains("blocks-only");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("unable to parse boolean \\\"abc\\\"");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("start Oriel with --enable-admin-api");
    assertThat(made.body()).contains("\"name\":\"20260302T120000Z-0011223344556677\"");
  }

  @Test
  void series_are_deleted_as_prometheus_does_it() throws Exception {
    String path = "/api/v1/admin/tsdb/delete_series";
    var refused = server.post(path + "?match[]=up", "");
    around.admin = true;
    var none = server.post(path, "");
    var wrong = server.post(path + "?match[]=up%7B", "");
    var when = server.post(path + "?match[]=up&start=yesterday", "");
    var done = server.post(path + "?match[]=up&start=1&end=2", "");
    var cleaned = server.post("/api/v1/admin/tsdb/clean_tombstones", "");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(none.body()).contains("no match[] parameter provided");
    assertThat(wrong.body()).contains("invalid parameter \\\"match[]\\\"");
    assertThat(when.body()).contains("invalid parameter \\\"start\\\"");
    assertThat(done.statusCode()).isEqualTo(204);
    assertThat(cleaned.statusCode()).isEqualTo(204);
    assertThat(around.deleted).containsExactly("[[__name__=\"up\"]] 1000 2000", "cleaned");
  }

  @Test
  void a_query_stops_when_its_caller_hangs_up() throws Exception {
    try (var _ = ask("endless")) {
      assertThat(metrics.begun.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(metrics.stopped.getCount()).isEqualTo(1);
    }

    assertThat(metrics.stopped.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_query_whose_turn_does_not_come_in_time_is_refused() throws Exception {
    try (var _ = ask("endless")) {
      assertThat(metrics.begun.await(10, TimeUnit.SECONDS)).isTrue();

      var answer = server.get("/api/v1/query?query=1&timeout=150ms");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body())
          .contains("\"errorType\":\"timeout\"", "query timed out in query queue after 0.150 s");
    }
  }

  @Test
  void more_queries_than_may_wait_are_refused_by_name_and_small_calls_go_on() throws Exception {
    List<Socket> callers = new ArrayList<>();
    try {
      callers.add(ask("endless"));
      assertThat(metrics.begun.await(10, TimeUnit.SECONDS)).isTrue();
      callers.add(ask("endless")); // this one waits; the third call below finds no place

      HttpResponse<String> answer = server.get("/api/v1/query?query=1&timeout=100ms");
      while (answer.body().contains("timed out")) { // until the waiting one has arrived
        answer = server.get("/api/v1/query?query=1&timeout=100ms");
      }

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("raise limits.queries_waiting");
      assertThat(server.get("/-/ready").statusCode()).isEqualTo(200);
    } finally {
      for (Socket caller : callers) caller.close();
    }
  }

  private Socket ask(String query) throws Exception {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    String request = "GET /api/v1/query?query=" + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** What a successful answer holds under {@code data}. */
  private String data(String call) throws Exception {
    HttpResponse<String> answer = server.get(call);
    String begin = "{\"status\":\"success\",\"data\":";
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).startsWith(begin).endsWith("}");
    return answer.body().substring(begin.length(), answer.body().length() - 1);
  }
}
