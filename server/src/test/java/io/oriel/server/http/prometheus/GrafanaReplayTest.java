package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What Grafana's Prometheus data source sends, request by request: methods, headers and parameters
 * as its client writes them (grafana-prometheus-datasource, {@code pkg/promlib/client} and {@code
 * packages/grafana-prometheus}), and of each answer the part that it reads.
 */
class GrafanaReplayTest {
  private static final String FROM = "1699999700"; // five minutes before the fixture's now
  private static final String TO = "1700000000";

  private final ApiFixture api = new ApiFixture();

  @BeforeEach
  void fill() {
    for (int i = 20; i >= 0; i--) {
      long at = ApiFixture.NOW_MS - 15_000L * i;
      api.store.add(Labels.of("__name__", "up", "instance", "gpu1:9100", "job", "node"), at, 1);
      api.store.add(Labels.of("__name__", "up", "instance", "gpu2:9100", "job", "node"), at, 0);
      api.store.add(
          Labels.of("__name__", "http.requests", "zone.name", "a/b", "job", "web"), at, i);
    }
    api.exemplars.add(
        Labels.of("__name__", "latency_bucket", "le", "1"),
        new Exemplar(Labels.of("trace_id", "abc"), 0.5, ApiFixture.NOW_MS - 60_000));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void save_and_test_adds_one_and_one_by_post_and_asks_who_is_there() throws Exception {
    JsonNode sum = post("api/v1/query", "query=1%2B1&time=4");
    JsonNode build = get("api/v1/status/buildinfo");

    assertThat(sum.toString()).isEqualTo("{\"resultType\":\"scalar\",\"result\":[4,\"2\"]}");
    assertThat(build.get("version").textValue()).startsWith("3.");
    assertThat(build.has("features")).as("with features it would be Mimir").isFalse();
  }

  @Test
  void a_panel_asks_for_a_range_by_post() throws Exception {
    JsonNode data =
        post(
            "api/v1/query_range",
            "end="
                + TO
                + "&query=sum+by%28job%29+%28up%29&start="
                + FROM
                + "&step=15&timeout=60s&utc_offset=3600");

    assertThat(data.get("resultType").textValue()).isEqualTo("matrix");
    assertThat(data.at("/result/0/metric/job").textValue()).isEqualTo("node");
    assertThat(data.at("/result/0/values")).hasSize(21);
    assertThat(data.at("/result/0/values/20").toString()).isEqualTo("[1700000000,\"1\"]");
  }

  @Test
  void a_source_that_is_set_to_get_asks_the_same_by_get() throws Exception {
    JsonNode data = get("api/v1/query_range?end=" + TO + "&query=up&start=" + FROM + "&step=15");

    assertThat(data.get("result")).hasSize(2);
  }

  @Test
  void a_stat_panel_asks_for_one_moment_with_a_fraction() throws Exception {
    JsonNode data = post("api/v1/query", "query=up&time=1700000000.123");

    assertThat(data.at("/result/0/value/0").asDouble()).isEqualTo(1_700_000_000.123);
    assertThat(data.at("/result/0/value/1").textValue()).isEqualTo("1");
  }

  @Test
  void the_editor_asks_for_metric_names_and_label_names_with_a_limit() throws Exception {
    String time = "&start=" + FROM + "&end=" + TO;

    assertThat(texts(get("api/v1/label/__name__/values?limit=40000" + time)))
        .containsExactly("http.requests", "up");
    assertThat(texts(post("api/v1/labels", "limit=40000" + time)))
        .containsExactly("__name__", "instance", "job", "zone.name");
    assertThat(texts(post("api/v1/labels", "limit=40000&match%5B%5D=up" + time)))
        .containsExactly("__name__", "instance", "job");
    assertThat(texts(get("api/v1/labels?limit=40000&match%5B%5D=%7Bjob%3D%22web%22%7D" + time)))
        .containsExactly("__name__", "job", "zone.name");
  }

  @Test
  void a_list_cut_at_the_limit_comes_with_a_warning() throws Exception {
    JsonNode answer = answer(request("api/v1/label/__name__/values?limit=1").GET().build());

    assertThat(texts(answer.get("data"))).containsExactly("http.requests");
    assertThat(answer.get("warnings").toString()).isEqualTo("[\"results truncated due to limit\"]");
  }

  @Test
  void a_label_of_more_than_ascii_is_asked_for_escaped() throws Exception {
    assertThat(
            texts(
                get(
                    "api/v1/label/U__zone_2e_name/values?limit=40000"
                        + "&match%5B%5D=%7B%22http.requests%22%7D")))
        .containsExactly("a/b");
  }

  @Test
  void a_variable_asks_for_series() throws Exception {
    JsonNode all = get("api/v1/series?match%5B%5D=%7B__name__%21%3D%22%22%7D&limit=40000");
    JsonNode some =
        post("api/v1/series", "match%5B%5D=up&start=" + FROM + "&end=" + TO + "&limit=1");

    assertThat(all).hasSize(3);
    assertThat(some.toString())
        .isEqualTo("[{\"__name__\":\"up\",\"instance\":\"gpu1:9100\",\"job\":\"node\"}]");
  }

  @Test
  void a_variable_of_query_result_reads_metric_and_value() throws Exception {
    JsonNode first = post("api/v1/query", "query=topk%281%2C+up%29&time=" + TO).at("/result/0");

    assertThat(first.at("/metric/__name__").textValue()).isEqualTo("up");
    assertThat(first.at("/value/1").textValue()).isEqualTo("1");
  }

  @Test
  void exemplars_are_looked_for_at_the_start_with_milliseconds_and_asked_for_by_panels()
      throws Exception {
    JsonNode probe =
        answer(
            request("api/v1/query_exemplars?query=test&start=1699998200000&end=1700000000000")
                .GET()
                .build());
    String query = "histogram_quantile%280.9%2C+sum+by%28le%29+%28rate%28latency_bucket%5B5m%5D%29";

    JsonNode found =
        post("api/v1/query_exemplars", "query=" + query + "%29%29&start=" + FROM + "&end=" + TO);

    assertThat(probe.get("status").textValue()).isEqualTo("success");
    assertThat(found.at("/0/exemplars/0/labels/trace_id").textValue()).isEqualTo("abc");
    assertThat(found.at("/0/seriesLabels/le").textValue()).isEqualTo("1");
    assertThat(found.at("/0/exemplars/0/timestamp").asLong()).isEqualTo(1_699_999_940);
  }

  @Test
  void metadata_and_rules_are_there_though_they_are_empty() throws Exception {
    assertThat(get("api/v1/metadata?limit=40000").isObject()).isTrue();
    assertThat(get("api/v1/metadata?metric=up").isObject()).isTrue();
    assertThat(get("api/v1/rules").get("groups").isArray()).isTrue();
    assertThat(get("api/v1/rules?type=alert").get("groups")).isEmpty();
    assertThat(get("api/v1/alerts").get("alerts").isArray()).isTrue();
  }

  @Test
  void a_query_that_is_wrong_is_answered_in_the_shape_that_a_panel_shows() throws Exception {
    HttpResponse<byte[]> answer =
        api.server.sendForBytes(
            request("api/v1/query_range").POST(form("query=sum%28&start=1&end=2&step=1")).build());
    JsonNode json = ApiFixture.JSON.readTree(answer.body());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json.get("status").textValue()).isEqualTo("error");
    assertThat(json.get("errorType").textValue()).isEqualTo("bad_data");
    assertThat(json.get("error").textValue())
        .isEqualTo("invalid parameter \"query\": 1:5: parse error: unclosed left parenthesis");
  }

  private JsonNode get(String pathAndQuery) throws Exception {
    return answer(request(pathAndQuery).GET().build()).get("data");
  }

  private JsonNode post(String path, String form) throws Exception {
    return answer(request(path).POST(form(form)).build()).get("data");
  }

  private static HttpRequest.BodyPublisher form(String form) {
    return BodyPublishers.ofString(form);
  }

  /** The headers that Grafana sends on for a panel of a dashboard. */
  private HttpRequest.Builder request(String pathAndQuery) {
    return api.server.request(
        "/" + pathAndQuery,
        "User-Agent",
        "Grafana/12.2.0",
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Accept-Encoding",
        "gzip",
        "X-Grafana-Org-Id",
        "1",
        "X-Dashboard-Uid",
        "server-health",
        "X-Panel-Id",
        "2",
        "X-Datasource-Uid",
        "oriel");
  }

  private JsonNode answer(HttpRequest request) throws Exception {
    HttpResponse<byte[]> answer = api.server.sendForBytes(request);
    boolean packed = answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
    byte[] body = answer.body();
    if (packed) {
      try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
        body = in.readAllBytes();
      }
    }
    JsonNode json = ApiFixture.JSON.readTree(body);
    assertThat(answer.statusCode()).as("%s %s", request.uri(), json).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(json.get("status").textValue()).isEqualTo("success");
    return json;
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(each -> texts.add(each.textValue()));
    return texts;
  }
}
