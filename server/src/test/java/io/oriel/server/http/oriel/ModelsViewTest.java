package io.oriel.server.http.oriel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oriel.collect.catalogue.ModelCatalogue;
import io.oriel.collect.catalogue.ModelField;
import io.oriel.collect.catalogue.ModelSighting;
import io.oriel.collect.catalogue.ModelSighting.Role;
import io.oriel.collect.catalogue.Topology;
import io.oriel.collect.container.Containers;
import io.oriel.collect.gpu.NvmlProcess;
import io.oriel.collect.gpu.SeenGpu;
import io.oriel.model.limit.Limits;
import io.oriel.server.http.TestServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelsViewTest {
  private static final List<ModelSighting> SEEN =
      List.of(
          ModelSighting.of(Role.SERVER, "qwen\"\u0000\n", "vllm http://gpu1:8000 /v1/models")
              .tell(ModelField.SOURCE, "Qwen/Qwen3-32B")
              .tell(ModelField.ENDPOINT, "http://gpu1:8000")
              .tell(ModelField.PARAMETERS, 33_000_000_000L)
              .done(),
          ModelSighting.of(Role.STORE, "Qwen/Qwen3-32B", "/hub")
              .tell(ModelField.PARAMETERS, 32_762_123_264L)
              .done(),
          ModelSighting.of(Role.STORE, "other/model", "/hub").done());
  private static final Topology TOPOLOGY =
      Topology.of(
          List.of(
              new SeenGpu(
                  0,
                  "GPU-0",
                  "NVIDIA H200",
                  "0000:01:00.0",
                  0,
                  false,
                  List.of(),
                  List.of(process(11, 1_000), process(12, -1)))),
          Containers.NONE,
          SEEN);

  private final TestServer server =
      TestServer.below(
          "",
          Limits.NORMAL,
          List.of(
              ModelsView.route(() -> ModelCatalogue.of(SEEN, TOPOLOGY)),
              TopologyView.route(() -> TOPOLOGY)));

  private static SeenGpu.Process process(int pid, long bytes) {
    return new SeenGpu.Process(new NvmlProcess(pid, bytes, -1, -1), "python3", null, "");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode json(String path) throws Exception {
    var answer = server.get("/api/v1/oriel/" + path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void every_value_is_told_with_its_sources_the_preferred_one_first() throws Exception {
    JsonNode model = json("models").path("models").path(1);

    assertThat(model.path("name").asText()).isEqualTo("qwen\"\u0000\n");
    assertThat(model.path("names").path(1).path("reason").asText()).contains("loaded from");
    JsonNode parameters = model.path("fields").path("parameters");
    assertThat(parameters.path("contradiction").asBoolean()).isTrue();
    assertThat(parameters.path("values").findValues("value"))
        .extracting(JsonNode::asLong)
        .containsExactly(32_762_123_264L, 33_000_000_000L);
    assertThat(parameters.path("values").path(1).path("sources").path(0).asText())
        .isEqualTo("vllm http://gpu1:8000 /v1/models");
  }

  @Test
  void a_limit_cuts_the_list_and_the_total_stays() throws Exception {
    JsonNode answer = json("models?limit=1");

    assertThat(answer.path("total").asInt()).isEqualTo(2);
    assertThat(answer.path("models")).hasSize(1);
  }

  @Test
  void a_limit_that_is_none_is_refused_with_the_remedy() throws Exception {
    var answer = server.get("/api/v1/oriel/topology?limit=all");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("bad_data", "write one, for example limit=1000");
  }

  @Test
  void what_is_not_known_is_null_and_says_why() throws Exception {
    JsonNode answer = json("topology");

    JsonNode gpu = answer.path("gpus").path(0);
    assertThat(gpu.path("memoryBytes").isNull()).isTrue();
    JsonNode process = gpu.path("processes").path(1);
    assertThat(process.path("memoryBytes").isNull()).isTrue();
    assertThat(process.path("container").isNull()).isTrue();
    assertThat(process.path("reason").asText()).startsWith("pid 12: its control group");
    assertThat(answer.path("loose").path(0).path("kind").asText()).isEqualTo("model");
  }

  @Test
  void a_limit_cuts_processes_and_the_total_stays() throws Exception {
    JsonNode answer = json("topology?limit=1");

    assertThat(answer.path("processes").asInt()).isEqualTo(2);
    assertThat(answer.path("gpus").path(0).path("processes")).hasSize(1);
  }
}
