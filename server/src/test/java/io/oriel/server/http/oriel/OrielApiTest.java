package io.oriel.server.http.oriel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oriel.model.limit.Limits;
import io.oriel.promql.Promql;
import io.oriel.server.http.ServerFacts.Engine;
import io.oriel.server.http.TestServer;
import io.oriel.server.http.oriel.OrielApi.IntakeCount;
import io.oriel.server.http.oriel.OrielApi.QueryWord;
import io.oriel.server.http.oriel.OrielApi.SelfCost;
import io.oriel.server.http.prometheus.FakeServer;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrielApiTest {
  private final FakeServer around = new FakeServer();
  private final TestServer server =
      TestServer.below(
          "",
          Limits.NORMAL,
          OrielApi.routes(
              new OrielApi.Parts(
                  around,
                  () -> "http://127.0.0.1:23000",
                  () -> List.of("Server"),
                  () -> new SelfCost(0.004, 1 << 27, 1 << 24, 900, 60.5),
                  around,
                  () -> List.of(new IntakeCount("too_old", "before the oldest time", 7)),
                  () ->
                      List.of(
                          new QueryWord(
                              "function",
                              "rate",
                              "rate(range vector) instant vector",
                              List.of("matrix"),
                              "vector",
                              false,
                              "Per second.",
                              "rate(x[5m])")),
                  Promql::explain)));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void about_tells_version_machine_and_start() throws Exception {
    JsonNode about = json("about");

    assertThat(about.get("version").asText()).isEqualTo("0.1.0");
    assertThat(about.get("host").asText()).isEqualTo("test-host");
    assertThat(about.get("startedMs").asLong()).isEqualTo(1_000);
    assertThat(about.get("baseUrl").asText()).isEqualTo("http://127.0.0.1:23000");
    assertThat(about.get("retentionMs").asLong()).isEqualTo(15L * 86_400_000);
    assertThat(about.get("cores").asInt()).isPositive();
    assertThat(about.get("collectors").get(0).asText()).isEqualTo("Server");
    assertThat(about.get("now").asLong()).isEqualTo(2_000);
  }

  @Test
  void without_an_engine_in_the_stores_place_there_is_none() throws Exception {
    assertThat(json("about").get("engine").isNull()).isTrue();
    assertThat(json("engine").isNull()).isTrue();
  }

  @Test
  void how_it_stands_with_the_engine_is_told() throws Exception {
    around.engine =
        Optional.of(
            new Engine(
                "http://prometheus:9090", "full", 900, false, true, "HTTP 503: no", 7, 9, 20, 41));

    JsonNode engine = json("engine");

    assertThat(json("about").get("engine").asText()).isEqualTo("http://prometheus:9090");
    assertThat(engine.toString())
        .isEqualTo(
            "{\"url\":\"http://prometheus:9090\",\"state\":\"full\",\"sinceMs\":900,"
                + "\"answers\":false,\"takes\":true,\"why\":\"HTTP 503: no\",\"pendingBytes\":7,"
                + "\"mostBytes\":9,\"lagMs\":20,\"lost\":41}");
  }

  @Test
  void of_an_engine_jobs_and_churn_are_not_told_rather_than_made_up() throws Exception {
    around.engine =
        Optional.of(new Engine("http://prometheus:9090", "well", 0, true, true, "", 0, 9, 0, 0));
    try (var cardinality = TestServer.of(CardinalityView.route(around))) {
      String answer = cardinality.get("/api/v1/oriel/cardinality").body();

      assertThat(answer)
          .contains("\"engine\":\"http://prometheus:9090\"", "\"metrics\":[{\"name\":")
          .doesNotContain("jobs", "churn");
    }
  }

  @Test
  void self_tells_what_oriel_costs() throws Exception {
    JsonNode self = json("self");

    assertThat(self.get("cpuCores").asDouble()).isEqualTo(0.004);
    assertThat(self.get("residentBytes").asLong()).isEqualTo(1 << 27);
    assertThat(self.get("samplesPerSecond").asDouble()).isEqualTo(60.5);
  }

  @Test
  void targets_tell_all_that_is_watched_with_null_for_what_is_not_known() throws Exception {
    JsonNode answer = json("targets");

    JsonNode collector = answer.get("targets").get(0);
    JsonNode scraped = answer.get("targets").get(1);
    assertThat(collector.get("kind").asText()).isEqualTo("COLLECTOR");
    assertThat(collector.get("error").isNull()).isTrue();
    assertThat(scraped.get("health").asText()).isEqualTo("DOWN");
    assertThat(scraped.get("lastMs").asLong()).isEqualTo(1_435_781_451_781L);
    assertThat(scraped.get("lastGoodMs").isNull()).isTrue();
    assertThat(scraped.get("remedy").asText()).isEqualTo("is its exporter running?");
    assertThat(answer.get("dropped").get(0).get("reason").asText()).isEqualTo("dropped by rule 1");
    assertThat(answer.get("jobs").toString())
        .isEqualTo(
            "[{\"job\":\"node\",\"kind\":\"COLLECTOR\",\"up\":1,\"total\":2,\"series\":900,"
                + "\"interval\":15000}]");
    assertThat(answer.get("intake").get(0).get("count").asInt()).isEqualTo(7);
  }

  @Test
  void cardinality_tells_what_fills_the_store_and_which_label_of_a_job_grows() throws Exception {
    try (var cardinality = TestServer.of(CardinalityView.route(around))) {
      var answer = cardinality.get("/api/v1/oriel/cardinality?limit=3").body();
      var refused = cardinality.get("/api/v1/oriel/cardinality?limit=many");

      assertThat(answer)
          .contains("\"metrics\":[{\"name\":", "\"labels\":[", "\"pairs\":[")
          .contains(
              "\"jobs\":[{\"job\":\"api\",\"series\":9000,\"warnAt\":10000,\"budget\":100000,"
                  + "\"refused\":0,\"created\":12,\"growing\":{\"label\":\"path\",\"newValues\":8000}}]")
          .contains("\"churn\":{\"created\":30,\"removed\":20}");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("limit is no number from 1 to 1000");
    }
  }

  @Test
  void functions_are_told_with_what_they_are_for() throws Exception {
    assertThat(json("functions").toString())
        .isEqualTo(
            "[{\"kind\":\"function\",\"name\":\"rate\",\"signature\":\"rate(range vector) instant"
                + " vector\",\"takes\":[\"matrix\"],\"returns\":\"vector\",\"experimental\":false,"
                + "\"doc\":\"Per second.\",\"example\":\"rate(x[5m])\"}]");
  }

  @Test
  void a_query_is_explained_part_by_part_with_the_bytes_that_each_is_about() throws Exception {
    JsonNode answer =
        json("explain?query=" + URLEncoder.encode("rate({\"größe\"}[5m]) / 2", UTF_8));

    JsonNode part = answer.get("part");
    JsonNode rate = part.get("says").get(0).get("part");
    JsonNode range = rate.get("says").get(3).get("part");
    assertThat(answer.get("text").asText())
        .isEqualTo(
            "the per-second growth of größe, averaged over the last 5 minutes, divided by 2");
    assertThat(part.get("row").asText()).isEqualTo("/");
    assertThat(rate.get("row").asText()).isEqualTo("rate");
    assertThat(rate.get("end").asInt()).isEqualTo("rate({\"größe\"}[5m])".getBytes(UTF_8).length);
    assertThat(range.get("start").asInt()).isEqualTo("rate({\"größe\"}[".getBytes(UTF_8).length);
    assertThat(range.get("says").get(0).get("words").asText()).isEqualTo("the last 5 minutes");
    assertThat(part.get("below").isEmpty()).isTrue();
  }

  @Test
  void a_text_that_is_no_query_is_answered_with_what_is_wrong_and_where() throws Exception {
    JsonNode answer = json("explain?query=rate(x%5B5m%5D");

    assertThat(answer.get("problem").asText())
        .isEqualTo("1:11: parse error: unclosed left parenthesis");
    assertThat(answer.has("part")).isFalse();
    assertThat(server.get("/api/v1/oriel/explain").statusCode()).isEqualTo(400);
  }

  @Test
  void places_are_counted_in_bytes() {
    String text = "aé€\uD83D\uDE00b";

    Utf8Places places = Utf8Places.of(text);

    for (int i = 0; i <= text.length(); i++) {
      boolean withinPair = i == 4;
      if (!withinPair) {
        assertThat(places.byteAt(i)).isEqualTo(text.substring(0, i).getBytes(UTF_8).length);
      }
    }
    assertThat(Utf8Places.of("plain").byteAt(3)).isEqualTo(3);
  }

  private JsonNode json(String path) throws Exception {
    return new ObjectMapper().readTree(server.get("/api/v1/oriel/" + path).body());
  }
}
