package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client may ask of the server itself, with the keys that Prometheus has. */
class StatusApiTest {
  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          buildinfo   | version revision branch buildUser buildDate goVersion application
          runtimeinfo | startTime CWD hostname serverTime reloadConfigSuccess lastConfigTime corruptionCount goroutineCount GOMAXPROCS GOMEMLIMIT GOGC GODEBUG storageRetention
          tsdb        | headStats seriesCountByMetricName labelValueCountByLabelName memoryInBytesByLabelName seriesCountByLabelValuePair
          tsdb/blocks | blocks
          walreplay   | min max current
          config      | yaml
          """)
  void each_page_has_these_keys(String page, String keys) throws Exception {
    JsonNode data = api.data("/api/v1/status/" + page);

    assertThat(names(data)).containsExactly(keys.split(" "));
  }

  @Test
  void buildinfo_has_no_features_lest_grafana_take_it_for_mimir() throws Exception {
    assertThat(api.data("/api/v1/status/buildinfo").has("features")).isFalse();
  }

  @Test
  void the_tables_of_the_head_have_as_many_rows_as_asked_for() throws Exception {
    JsonNode one = api.data("/api/v1/status/tsdb?limit=1");

    assertThat(one.get("seriesCountByMetricName").toString())
        .isEqualTo("[{\"name\":\"up\",\"value\":2}]");
    assertThat(api.data("/api/v1/status/tsdb").get("seriesCountByMetricName")).hasSize(2);
    assertThat(one.at("/headStats/numLabelPairs").longValue()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({
    "0, limit must be a positive number",
    "many, limit must be a positive number",
    "10001, limit must not exceed 10000"
  })
  void a_wrong_number_of_rows_is_refused(String limit, String words) throws Exception {
    var answer = api.server.get("/api/v1/status/tsdb?limit=" + limit);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"errorType\":\"bad_data\",\"error\":\"" + words + "\"");
  }

  @Test
  void a_block_ends_before_its_end_as_prometheus_counts() throws Exception {
    JsonNode block = api.data("/api/v1/status/tsdb/blocks").get("blocks").get(0);

    assertThat(block.get("minTime").longValue()).isZero();
    assertThat(block.get("maxTime").longValue()).isEqualTo(7_200_000);
    assertThat(block.at("/stats/numSeries").longValue()).isEqualTo(3);
  }

  @Test
  void features_are_told_from_the_tables_of_the_language() throws Exception {
    JsonNode features = api.data("/api/v1/features");

    assertThat(features.at("/promql_functions/rate").booleanValue()).isTrue();
    assertThat(features.at("/promql_operators/limitk").booleanValue()).isFalse();
    assertThat(features.at("/promql_operators/==").booleanValue()).isTrue();
    assertThat(features.at("/promql/per_query_lookback_delta").booleanValue()).isTrue();
  }

  @Test
  void there_are_no_notifications() throws Exception {
    assertThat(api.data("/api/v1/notifications").toString()).isEqualTo("[]");
    assertThat(api.server.get("/api/v1/notifications/live").statusCode()).isEqualTo(204);
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
