package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExemplarApiTest {
  private static final Labels SERIES = Labels.of("__name__", "latency_bucket", "le", "1");
  private final ApiFixture api = new ApiFixture();

  @BeforeEach
  void fill() {
    api.exemplars.add(SERIES, new Exemplar(Labels.of("trace_id", "early"), 0.5, 1_000));
    api.exemplars.add(SERIES, new Exemplar(Labels.of("trace_id", "late"), 0.25, 2_479));
    Labels other = Labels.of("__name__", "size_bucket", "le", "1");
    api.exemplars.add(other, new Exemplar(Labels.EMPTY, 7, 2_000));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void exemplars_are_told_by_series_for_every_selector_of_the_expression() throws Exception {
    String query = ApiFixture.encode("sum(rate(latency_bucket[5m])) / scalar(max(size_bucket))");

    var data = api.data("/api/v1/query_exemplars?query=" + query);

    assertThat(data.toString())
        .isEqualTo(
            """
            [{"seriesLabels":{"__name__":"latency_bucket","le":"1"},"exemplars":[\
            {"labels":{"trace_id":"early"},"value":"0.5","timestamp":1},\
            {"labels":{"trace_id":"late"},"value":"0.25","timestamp":2.479}]},\
            {"seriesLabels":{"__name__":"size_bucket","le":"1"},"exemplars":[\
            {"labels":{},"value":"7","timestamp":2}]}]\
            """);
  }

  @Test
  void only_those_within_the_range_are_told() throws Exception {
    var answer =
        api.server.post("/api/v1/query_exemplars", "query=latency_bucket&start=1.5&end=2.5");

    assertThat(answer.body()).contains("late").doesNotContain("early");
    assertThat(api.data("/api/v1/query_exemplars?query=nothing").toString()).isEqualTo("[]");
  }

  @Test
  void an_expression_that_reads_no_series_has_no_content() throws Exception {
    assertThat(api.server.get("/api/v1/query_exemplars?query=1%2B1").statusCode()).isEqualTo(204);
  }

  @Test
  void wrong_parameters_are_refused_in_prometheus_words() throws Exception {
    assertThat(api.server.get("/api/v1/query_exemplars?query=up&start=2&end=1").body())
        .contains("\"error\":\"end timestamp must not be before start timestamp\"");
    assertThat(api.server.get("/api/v1/query_exemplars?query=up&start=x").body())
        .contains("invalid time value for 'start': cannot parse");
    assertThat(api.server.get("/api/v1/query_exemplars").statusCode()).isEqualTo(400);
  }
}
