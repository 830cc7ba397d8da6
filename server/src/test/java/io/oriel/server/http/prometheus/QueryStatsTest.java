package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.model.Labels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code stats=true} and {@code stats=all}. Two series with a sample each 15 s, from 0 to 60 s. */
class QueryStatsTest {
  private final ApiFixture api = new ApiFixture();

  @BeforeEach
  void fill() {
    for (long at = 0; at <= 60_000; at += 15_000) {
      api.store.add(Labels.of("__name__", "up", "job", "a"), at, 1);
      api.store.add(Labels.of("__name__", "up", "job", "b"), at, 1);
    }
  }

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          up                             | [[30,2],[45,2],[60,2]]
          up offset 40s                  | [[30,0],[45,2],[60,2]]
          rate(up[31s])                  | [[30,6],[45,6],[60,6]]
          rate(up[31s]) + up             | [[30,8],[45,8],[60,8]]
          sum_over_time(up{job="a"}[1h]) | [[30,3],[45,4],[60,5]]
          max_over_time(up[30s:10s])     | [[30,6],[45,6],[60,6]]
          1 + 1                          | [[30,0],[45,0],[60,0]]
          """)
  void all_tells_how_many_samples_each_step_looked_at(String query, String perStep)
      throws Exception {
    JsonNode samples = stats(query, "all").get("samples");

    assertThat(samples.get("totalQueryableSamplesPerStep").toString()).isEqualTo(perStep);
    long total = 0;
    for (JsonNode step : samples.get("totalQueryableSamplesPerStep")) {
      total += step.get(1).longValue();
    }
    assertThat(samples.get("totalQueryableSamples").longValue()).isEqualTo(total);
  }

  @Test
  void true_tells_no_steps_and_nothing_is_told_to_who_does_not_ask() throws Exception {
    assertThat(stats("up", "true").get("samples").has("totalQueryableSamplesPerStep")).isFalse();
    assertThat(stats("up", "true").get("samples").get("samplesRead").longValue()).isEqualTo(10);
    assertThat(stats("up", "").isMissingNode()).isTrue();
  }

  @Test
  void an_instant_query_has_one_step() throws Exception {
    String call = "/api/v1/query?stats=all&time=60&query=" + ApiFixture.encode("rate(up[31s])");

    assertThat(api.data(call).at("/stats/samples/totalQueryableSamplesPerStep").toString())
        .isEqualTo("[[60,6]]");
  }

  private JsonNode stats(String query, String how) throws Exception {
    String range = "&start=30&end=60&step=15&stats=" + how;
    return api.data("/api/v1/query_range?query=" + ApiFixture.encode(query) + range).at("/stats");
  }
}
