package io.oriel.simulate.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.Scenario;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What systems answer beside their pages of metrics. */
class AnswersTest {
  private final FleetOnStage fleet = new FleetOnStage();

  private int status(String system, String target, String authorization) {
    Question question = Question.of("GET", target, authorization, false, new byte[0]);
    return fleet.served(system).answering().answer(question).status();
  }

  @Test
  void the_gateway_wants_its_key_for_all_but_its_liveness() {
    fleet.after(1);

    assertThat(status("litellm", "/health/liveliness", "")).isEqualTo(200);
    assertThat(status("litellm", "/health/readiness", "")).isEqualTo(200);
    assertThat(status("litellm", "/metrics", "")).isEqualTo(401);
    assertThat(status("litellm", "/metrics", "Bearer " + Litellm.KEY)).isEqualTo(200);
    assertThat(fleet.served("litellm").secret()).isEqualTo(Litellm.KEY);
  }

  @Test
  void traces_want_basic_authentication_and_what_is_gone_is_404_even_without() {
    fleet.after(1);
    Served served = fleet.served("langfuse-web");
    byte[] pair = (served.user() + ":" + served.secret()).getBytes(StandardCharsets.UTF_8);
    String basic = "Basic " + Base64.getEncoder().encodeToString(pair);

    assertThat(status("langfuse-web", "/api/public/health", "")).isEqualTo(200);
    assertThat(status("langfuse-web", "/api/public/v2/observations", "")).isEqualTo(401);
    assertThat(status("langfuse-web", "/api/public/v2/observations", basic)).isEqualTo(200);
    assertThat(status("langfuse-web", "/api/public/traces", "")).isEqualTo(404);
  }

  @Test
  void observations_are_paged_by_a_cursor_to_their_end() {
    fleet.after(20);
    var ids = new TreeSet<String>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page =
          fleet.json("langfuse-web", "/api/public/v2/observations?limit=40&cursor=" + cursor);
      page.path("data").forEach(row -> ids.add(row.path("id").asText()));
      cursor = page.path("meta").path("cursor").asText();
      pages++;
    } while (!cursor.isEmpty());

    JsonNode whole = fleet.json("langfuse-web", "/api/public/v2/observations?limit=1000");
    assertThat(pages).isGreaterThan(3);
    assertThat(ids).hasSize(whole.path("data").size());
  }

  @Test
  void a_generation_hangs_below_the_root_of_its_run() {
    fleet.after(20);

    JsonNode roots =
        fleet.json("langfuse-web", "/api/public/v2/observations?limit=1000&isRootObservation=true");
    JsonNode one =
        fleet
            .json(
                "langfuse-web",
                "/api/public/v2/observations?limit=1&type=GENERATION&fields=core,basic,usage,model")
            .path("data")
            .path(0);

    assertThat(roots.path("data")).isNotEmpty();
    assertThat(one.path("traceId").asText()).startsWith(one.path("parentObservationId").asText());
    JsonNode usage = one.path("usageDetails");
    assertThat(
            usage.path("input").asInt()
                + usage.path("input_cached_tokens").asInt()
                + usage.path("output").asInt())
        .isEqualTo(usage.path("total").asInt());
  }

  @Test
  void dimensions_with_too_many_values_are_refused() {
    String query =
        "%7B%22view%22%3A%22observations%22%2C%22dimensions%22%3A%5B%7B%22field%22%3A%22userId%22%7D%5D%7D";

    assertThat(fleet.after(1).get("langfuse-web", "/api/public/v2/metrics?query=" + query).status())
        .isEqualTo(400);
    assertThat(fleet.get("langfuse-web", "/api/public/v2/metrics?query=nonsense").status())
        .isEqualTo(400);
  }

  @Test
  void the_gateways_log_is_paged_and_bears_the_requests_ids() {
    fleet.after(30);

    JsonNode page = fleet.json("litellm", "/spend/logs/v2?page=2&page_size=25");

    assertThat(page.path("data").size()).isEqualTo(25);
    assertThat(page.path("total").asInt()).isGreaterThan(100);
    assertThat(page.path("data").path(0).path("request_id").asText())
        .matches("(chatcmpl|req)-.{32}");
  }

  @Test
  void models_of_the_gateway_are_those_of_the_fleet() {
    JsonNode told = fleet.after(1).json("litellm", "/v1/model/info").path("data");

    assertThat(told.size()).isEqualTo(Fleet.SERVERS.size());
    told.forEach(each -> assertThat(each.path("model_info").path("mode").asText()).isNotEmpty());
  }

  @Test
  void collections_and_their_metrics_agree() {
    fleet.after(60);
    JsonNode one = fleet.json("qdrant", "/collections/handbook").path("result");

    assertThat(fleet.page("qdrant").sum("collection_points", "id", "handbook"))
        .isEqualTo(one.path("points_count").asDouble());
    assertThat(fleet.page("qdrant").sum("rest_responses_total")).isPositive();
    assertThat(fleet.get("qdrant", "/collections/none").status()).isEqualTo(404);
  }

  @Test
  void workflows_that_began_have_ended_or_are_under_way() {
    fleet.after(240);
    Page page = fleet.page("n8n");

    double ended = page.sum("n8n_workflow_success_total") + page.sum("n8n_workflow_failed_total");
    assertThat(ended).isPositive();
    assertThat(page.sum("n8n_workflow_started_total")).isBetween(ended, ended + 5);
  }

  @Test
  void slots_and_loaded_models_are_told() {
    fleet.after(1);

    assertThat(fleet.json("llama-cpp", "/slots").size()).isEqualTo(4);
    assertThat(fleet.json("llama-cpp", "/props").path("total_slots").asInt()).isEqualTo(4);
    assertThat(fleet.json("ollama", "/api/ps").path("models").path(0).path("size_vram").asLong())
        .isPositive();
    Answer none = fleet.ask("ollama", "POST", "/api/show", "{\"model\":\"none\"}");
    assertThat(none.status()).isEqualTo(404);
  }

  @Test
  void what_ollama_says_is_loaded_is_what_its_process_holds_on_the_gpu() {
    for (int hours = 0; hours < 6; hours++) { // nobody may ask it for a long time
      fleet.after(60);

      long holders =
          fleet.world.gpus().get(7).processes().stream()
              .filter(each -> each.container().equals("ollama"))
              .count();
      assertThat(fleet.json("ollama", "/api/ps").path("models").size()).isEqualTo((int) holders);
      assertThat(holders).isEqualTo(1);
    }
  }

  @Test
  void events_tell_of_restarts_within_the_span_that_is_asked_for() {
    fleet.after(5);
    fleet.play(Scenario.RESTART_LOOP);
    fleet.after(5);
    long since = fleet.nowMs / 1000 - 300;

    String all =
        new String(fleet.get("docker", "/events?since=" + since).body(), StandardCharsets.UTF_8);
    String none =
        new String(
            fleet.get("docker", "/events?since=0&until=" + (since - 1)).body(),
            StandardCharsets.UTF_8);

    assertThat(all)
        .contains("\"Action\":\"die\"")
        .contains("\"Action\":\"start\"")
        .contains("\"exitCode\":\"1\"");
    assertThat(none).isEmpty();
  }

  @Test
  void a_machine_that_is_down_answers_nothing_anywhere() {
    fleet.after(1);
    fleet.play(Scenario.NODE_DOWN);

    for (Served each : fleet.systems.byPort()) {
      if (each.kind().equals("nvml")) continue;
      assertThat(fleet.get(each.name(), "/metrics").isNobody()).as(each.name()).isTrue();
    }
    assertThat(fleet.get("docker", "/_ping").isNobody()).isTrue();
  }
}
