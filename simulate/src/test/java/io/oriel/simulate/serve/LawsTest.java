package io.oriel.simulate.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.ModelServer;
import io.oriel.simulate.world.ModelSpec.Task;
import io.oriel.simulate.world.Scenario;
import io.oriel.simulate.world.ServerSpec;
import io.oriel.simulate.world.ServerSpec.Engine;
import io.oriel.simulate.world.SimRequest;
import io.oriel.simulate.world.Watcher;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The numbers agree across systems, since one request is one object in all of them. */
class LawsTest {
  private final FleetOnStage fleet = new FleetOnStage();

  @Test
  void tokens_at_the_gateway_are_the_tokens_of_the_model_servers() {
    var underWay = new HashMap<String, Integer>();
    fleet.after(120);
    Page gateway = fleet.page("litellm");
    for (ModelServer server : fleet.world.servers()) {
      if (server.spec().engine() != Engine.VLLM || server.spec().model().task() != Task.CHAT)
        continue;
      for (SimRequest each : server.running()) {
        underWay.merge(each.model().name(), each.generated(fleet.world.nowUs()), Integer::sum);
      }
      String model = server.spec().model().name();
      double written =
          fleet.page(server.spec().container()).sum("vllm:generation_tokens_total")
              - underWay.getOrDefault(model, 0);
      double told = gateway.sum("litellm_output_tokens_metric_total", "requested_model", model);
      assertThat(told).as(model).isEqualTo(written);
    }
  }

  @Test
  void tokens_and_cost_of_traces_are_those_of_the_gateway() throws Exception {
    fleet.after(90);
    var hidden = new Hidden();
    String query =
        "{\"view\":\"observations\",\"dimensions\":[{\"field\":\"providedModelName\"}],\"metrics\":["
            + "{\"measure\":\"totalTokens\",\"aggregation\":\"sum\"},"
            + "{\"measure\":\"totalCost\",\"aggregation\":\"sum\"}],"
            + "\"filters\":[{\"column\":\"isRootObservation\",\"operator\":\"=\",\"value\":\"false\"}]}";
    Page gateway = fleet.page("litellm");
    fleet.nowMs += 25_000; // what just ended is still on its way to the traces
    fleet.world.watch(hidden);
    JsonNode rows =
        fleet
            .json(
                "langfuse-web",
                "/api/public/v2/metrics?query="
                    + java.net.URLEncoder.encode(query, java.nio.charset.StandardCharsets.UTF_8))
            .path("data");

    double spend = 0;
    for (JsonNode row : rows) {
      String model = row.path("providedModelName").asText();
      double told = gateway.sum("litellm_total_tokens_metric_total", "requested_model", model);
      double tokens = row.path("sum_totalTokens").asDouble();
      double late = hidden.tokens.getOrDefault(model, 0);
      assertThat(tokens).as(model).isBetween(told, told + late);
      spend += row.path("sum_totalCost").asDouble();
    }
    assertThat(rows.size()).isGreaterThan(8);
    assertThat(spend)
        .isCloseTo(gateway.sum("litellm_spend_metric_total"), within(hidden.spend + 1e-6));
  }

  /** What ended between the two questions. */
  private static final class Hidden implements Watcher {
    final Map<String, Integer> tokens = new HashMap<>();
    double spend;

    @Override
    public void ended(SimRequest request) {
      if (request.failure() != null) return;
      tokens.merge(
          request.model().name(), request.promptTokens() + request.outputTokens(), Integer::sum);
      spend += request.cost();
    }
  }

  @Test
  void days_of_the_admin_api_sum_up_to_the_metrics() {
    fleet.after(120);
    Page gateway = fleet.page("litellm");

    JsonNode day = fleet.json("litellm", "/user/daily/activity").path("metadata");

    assertThat(day.path("total_total_tokens").asDouble())
        .isEqualTo(gateway.sum("litellm_total_tokens_metric_total"));
    assertThat(day.path("total_api_requests").asDouble())
        .isEqualTo(gateway.sum("litellm_proxy_total_requests_metric_total"));
    assertThat(day.path("total_failed_requests").asDouble())
        .isEqualTo(gateway.sum("litellm_proxy_failed_requests_metric_total"));
  }

  @Test
  void a_server_tells_as_many_requests_running_and_waiting_as_there_are() {
    fleet.after(10);
    fleet.play(Scenario.HIGH_LOAD);
    fleet.after(10);

    for (ModelServer each : fleet.world.servers()) {
      if (each.spec().engine() != Engine.VLLM) continue;
      Page page = fleet.page(each.spec().container());
      assertThat(page.sum("vllm:num_requests_running")).isEqualTo(each.running().size());
      assertThat(page.sum("vllm:num_requests_waiting")).isEqualTo(each.waiting());
    }
  }

  @Test
  void finished_requests_of_a_server_are_counted_alike_in_all_its_histograms() {
    fleet.after(60);
    Page page = fleet.page("vllm-llama-70b");

    double finished = page.sum("vllm:request_success_total");
    assertThat(finished).isPositive();
    assertThat(page.sum("vllm:e2e_request_latency_seconds_count")).isEqualTo(finished);
    assertThat(page.sum("vllm:request_generation_tokens_count")).isEqualTo(finished);
    assertThat(page.sum("vllm:prompt_tokens_by_source_total"))
        .isEqualTo(page.sum("vllm:prompt_tokens_total"));
  }

  @Test
  void the_daemon_knows_the_containers_that_the_gpus_processes_are_in() {
    fleet.after(1);

    for (ServerSpec each : Fleet.SERVERS) {
      JsonNode told = fleet.json("docker", "/containers/" + each.container() + "/json");
      JsonNode request = told.path("HostConfig").path("DeviceRequests").path(0);
      assertThat(request.path("DeviceIDs").size())
          .as(each.container())
          .isEqualTo(each.gpus().size());
    }
  }

  @Test
  void no_page_is_too_long() {
    fleet.after(240);
    int series = 0;
    for (Served each : fleet.systems.byPort()) {
      if (!each.metrics()) continue;
      Page page = fleet.page(each.name());
      series += page.values.size();
    }

    assertThat(series).isBetween(4_500, 6_500); // GPUs and containers come beside
  }
}
