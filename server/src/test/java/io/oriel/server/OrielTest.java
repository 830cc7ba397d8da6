package io.oriel.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import io.oriel.server.config.Demo;
import io.oriel.server.config.Flags;
import io.oriel.server.config.OrielConfig;
import io.oriel.simulate.Simulation;
import io.oriel.simulate.SimulationSettings;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole, wired as it ships, on free ports of this machine. */
class OrielTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ONE_JOB =
      """
      scrape_configs:
        - job_name: itself
          scrape_interval: 1s
          scrape_timeout: 1s
          basic_auth: {username: me, password: very-secret}
          static_configs: [{targets: ["127.0.0.1:%d"]}]
      """;

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Path prometheus;

  @BeforeEach
  void noJobs() throws IOException {
    prometheus = Files.writeString(folder.resolve("prometheus.yml"), "scrape_configs: []\n");
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  void what_is_collected_and_scraped_is_answered_and_survives_a_restart() throws Exception {
    try (var oriel = start(0)) {
      Files.writeString(prometheus, ONE_JOB.formatted(oriel.port()));
      assertThat(post(oriel, "/-/reload").statusCode()).isEqualTo(200);

      await(oriel, "up{job=\"itself\"} == 1");
      await(oriel, "up{job=\"node\"} == 1");
      await(oriel, "up{job=\"oriel\"} == 1");
      await(oriel, "oriel_build_info{job=\"itself\"}");

      assertThat(get(oriel, "/api/v1/targets").body())
          .contains("\"scrapePool\":\"itself\"", "\"health\":\"up\"");
      assertThat(get(oriel, "/api/v1/oriel/targets").body()).contains("COLLECTOR", "SCRAPE");
      assertThat(get(oriel, "/api/v1/status/config").body())
          .contains("itself")
          .doesNotContain("very-secret");
      assertThat(get(oriel, "/api/v1/oriel/dashboards").body()).contains("oriel-server-health");
      assertThat(oriel.watches()).anyMatch(line -> line.equals("scraping 1 target"));
    }
    Files.writeString(prometheus, "scrape_configs: []\n");

    try (var again = start(0)) {
      assertThat(query(again, "count(last_over_time(up{job=\"itself\"}[10m]))").toString())
          .contains("\"1\"");
    }
  }

  @Test
  void a_data_folder_that_is_moved_away_under_it_makes_it_unready_until_it_is_back()
      throws Exception {
    Path data = folder.resolve("data");
    try (var oriel = start(0)) {
      await(oriel, "up{job=\"node\"} == 1");

      Files.move(data, folder.resolve("elsewhere"));
      var lost = awaitReady(oriel, 503);
      Files.move(folder.resolve("elsewhere"), data);
      var back = awaitReady(oriel, 200);

      assertThat(lost.body()).contains("was deleted or moved away while Oriel runs; move it back");
      assertThat(back.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_queue_before_the_engine_that_is_moved_away_makes_it_unready_until_it_is_back()
      throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("oriel.yaml"),
            "metrics: {engine: prometheus, url: \"http://127.0.0.1:1\"}\n");
    Path queue = folder.resolve("data/queue");
    try (var oriel = start(Optional.of(file), 0)) {
      assertThat(get(oriel, "/-/ready").statusCode()).isEqualTo(200);

      Files.move(queue, folder.resolve("elsewhere"));
      var lost = get(oriel, "/-/ready");
      Files.move(folder.resolve("elsewhere"), queue);

      assertThat(lost.statusCode()).isEqualTo(503);
      assertThat(lost.body()).contains("where samples wait to be sent", queue.toString());
      assertThat(get(oriel, "/-/ready").statusCode()).isEqualTo(200);
    }
  }

  /** The store looks once a second. */
  private HttpResponse<String> awaitReady(Oriel oriel, int status) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    HttpResponse<String> answer;
    do {
      answer = get(oriel, "/-/ready");
    } while (answer.statusCode() != status && System.nanoTime() < end);
    return answer;
  }

  @Test
  void a_wrong_reload_changes_nothing_and_says_why() throws Exception {
    try (var oriel = start(0)) {
      Files.writeString(prometheus, ONE_JOB.formatted(oriel.port()));
      post(oriel, "/-/reload");
      Files.writeString(prometheus, "scrape_configs:\n  - job_nam: x\n");

      var refused = post(oriel, "/-/reload");

      assertThat(refused.statusCode()).isEqualTo(500);
      assertThat(refused.body()).contains("prometheus.yml:2:5", "did you mean job_name?");
      assertThat(get(oriel, "/api/v1/targets").body()).contains("\"scrapePool\":\"itself\"");
      assertThat(get(oriel, "/api/v1/status/runtimeinfo").body())
          .contains("\"reloadConfigSuccess\":false");
    }
  }

  @Test
  void what_is_experimental_in_promql_must_be_switched_on() throws Exception {
    String limitk = "/api/v1/query?query=" + URLEncoder.encode("limitk(1, up)", UTF_8);
    String anchored = "/api/v1/query?query=" + URLEncoder.encode("rate(up[5m] anchored)", UTF_8);
    try (var oriel = start(0)) {
      assertThat(get(oriel, limitk).body())
          .contains(
              "limitk() is experimental and must be enabled with --enable-feature=promql-experimental-functions");
      assertThat(get(oriel, anchored).body())
          .contains("anchored modifier is experimental and not enabled");
      assertThat(get(oriel, "/api/v1/features").body()).contains("\"anchored\":false");
    }
    Path file = Files.writeString(folder.resolve("oriel.yaml"), "promql: {experimental: true}\n");

    try (var oriel = start(Optional.of(file), 0)) {
      assertThat(get(oriel, limitk).body()).contains("success");
      assertThat(get(oriel, anchored).body()).contains("success");
      assertThat(get(oriel, "/api/v1/features").body()).contains("\"anchored\":true");
    }
  }

  @Test
  void a_snapshot_opens_as_a_data_folder_with_the_same_answers() throws Exception {
    String name;
    try (var oriel = start(0)) {
      await(oriel, "up{job=\"oriel\"} == 1");
      var made = post(oriel, "/api/v1/admin/tsdb/snapshot");
      assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
      name = new ObjectMapper().readTree(made.body()).at("/data/name").asText();
    }

    Path copy = folder.resolve("data").resolve("snapshots").resolve(name);
    try (var oriel = Oriel.start(() -> config(Optional.empty(), copy, 0), Clock.system())) {
      assertThat(query(oriel, "last_over_time(up{job=\"oriel\"}[10m])").toString())
          .contains("\"1\"");
    }
  }

  @Test
  void what_can_not_start_closes_what_was_opened_before_it() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(taken.getLocalPort()))
          .isInstanceOf(Refusal.CannotStart.class)
          .hasMessageContaining("is taken by process");
    }

    start(0).close(); // the data folder's lock was given back
  }

  @Test
  void a_demo_is_read_by_the_same_collectors_as_real_servers() throws Exception {
    try (var oriel =
        Oriel.start(
            () -> config(Optional.empty(), folder.resolve("data"), 0, Optional.of(Demo.HERE)),
            Clock.system())) {
      await(oriel, "count(up{job=\"vllm\"} == 1) >= 8");
      await(oriel, "count(DCGM_FI_DEV_FB_USED) == 8");
      await(oriel, "oriel_model_kv_cache_used_ratio");
      await(oriel, "count(container_memory_usage_bytes{name=~\"vllm.*\"}) >= 8");
      await(oriel, "oriel_gpu_process_memory_bytes{container=~\"vllm.*\", model=~\".+\"} > 0");
    }
  }

  @Test
  void a_demo_has_every_model_in_the_catalogue_and_every_gpu_on_the_map() throws Exception {
    var demo = new Demo(Optional.empty(), "normal", Duration.ZERO);
    try (var oriel =
        Oriel.start(
            () -> config(Optional.empty(), folder.resolve("data"), 0, Optional.of(demo)),
            Clock.system())) {
      await(oriel, "count(oriel_model_up == 1) >= 11");
      await(oriel, "oriel_gpu_process_memory_bytes{container=~\"vllm.*\", model=~\".+\"} > 0");
      await(oriel, "count(up{job=\"litellm\"} == 1) == 1");

      JsonNode models = scenario(get(oriel, "/api/v1/oriel/models"));
      assertThat(models.path("models"))
          .extracting(each -> each.path("name").asText())
          .containsAll(Fleet.SERVERS.stream().map(each -> each.model().name()).toList());
      for (JsonNode each : models.path("models")) {
        for (JsonNode value : each.path("fields").findValues("sources")) {
          assertThat(value).as(each.toString()).isNotEmpty();
        }
      }

      JsonNode map = scenario(get(oriel, "/api/v1/oriel/topology"));
      assertThat(map.path("gpus"))
          .hasSize(Fleet.GPUS)
          .allSatisfy(gpu -> {
            assertThat(gpu.path("processes")).isNotEmpty();
            for (JsonNode process : gpu.path("processes")) {
              assertThat(process.path("container").path("how").asText()).startsWith("/proc/");
              boolean serves = !process.path("models").isEmpty();
              assertThat(process.path("reason").asText().isEmpty()).isEqualTo(serves);
            }
          });
      assertThat(map.findValuesAsText("endpoint")).hasSizeGreaterThanOrEqualTo(12);
    }
  }

  @Test
  void what_befalls_the_fleet_of_a_demo_is_told_and_switched() throws Exception {
    var demo = new Demo(Optional.empty(), "maintenance", Duration.ZERO);
    try (var oriel =
        Oriel.start(
            () -> config(Optional.empty(), folder.resolve("data"), 0, Optional.of(demo)),
            Clock.system())) {
      JsonNode first = scenario(get(oriel, "/api/v1/oriel/scenario"));
      assertThat(first.path("scenario").asText()).isEqualTo("maintenance");
      assertThat(first.path("scenarios").findValuesAsText("name")).contains("gpu-overheat");

      JsonNode next = scenario(put(oriel, "/api/v1/oriel/scenario?name=gpu-overheat"));
      assertThat(next.path("scenario").asText()).isEqualTo("gpu-overheat");

      var wrong = put(oriel, "/api/v1/oriel/scenario?name=earthquake");
      assertThat(wrong.statusCode()).isEqualTo(400);
      assertThat(wrong.body()).contains("there is no scenario earthquake", "log-storm");
    }
  }

  @Test
  void a_demo_reads_a_simulator_elsewhere_as_one_in_its_own_process() throws Exception {
    var settings = SimulationSettings.normal(folder.resolve("elsewhere"));
    try (var fleet = Simulation.start(settings, Clock.system())) {
      var demo = new Demo(Optional.of(fleet.endpoints().getFirst().uri()), "", Duration.ZERO);
      try (var oriel =
          Oriel.start(
              () -> config(Optional.empty(), folder.resolve("data"), 0, Optional.of(demo)),
              Clock.system())) {
        await(oriel, "count(up{job=\"vllm\"} == 1) >= 8");
        await(oriel, "count(DCGM_FI_DEV_FB_USED) == 8");
        await(oriel, "oriel_gpu_process_memory_bytes{container=~\"vllm.*\", model=~\".+\"} > 0");

        put(oriel, "/api/v1/oriel/scenario?name=log-storm");
        assertThat(fleet.scenario()).isEqualTo(Scenario.LOG_STORM);
      }
      assertThat(fleet.scenario()).isEqualTo(Scenario.LOG_STORM); // it goes on
    }
  }

  @Test
  void an_oriel_without_a_demo_plays_no_scenario_and_says_so() throws Exception {
    try (var oriel = start(0)) {
      var asked = get(oriel, "/api/v1/oriel/scenario");
      var switched = put(oriel, "/api/v1/oriel/scenario?name=normal");

      assertThat(asked.statusCode()).isEqualTo(404);
      assertThat(asked.body()).contains("no simulated fleet", "--demo");
      assertThat(switched.statusCode()).isEqualTo(404);
    }
  }

  private static JsonNode scenario(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private HttpResponse<String> put(Oriel oriel, String path) throws Exception {
    return client.send(
        request(oriel, path).PUT(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
  }

  private Oriel start(int port) {
    return start(Optional.empty(), port);
  }

  private Oriel start(Optional<Path> file, int port) {
    return Oriel.start(() -> config(file, folder.resolve("data"), port), Clock.system());
  }

  private OrielConfig config(Optional<Path> file, Path data, int port) {
    return config(file, data, port, Optional.empty());
  }

  private OrielConfig config(Optional<Path> file, Path data, int port, Optional<Demo> demo) {
    var flags =
        new Flags(
            file,
            Optional.of(data),
            Optional.of(port),
            Optional.empty(),
            Optional.empty(),
            Optional.of(prometheus),
            Optional.empty(),
            Optional.empty(),
            true,
            false,
            List.of(),
            demo);
    return OrielConfig.load(flags, _ -> null);
  }

  private void await(Oriel oriel, String query) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (query(oriel, query).isEmpty()) {
      assertThat(System.nanoTime()).as("nothing answers %s", query).isLessThan(end);
    }
  }

  private JsonNode query(Oriel oriel, String query) throws Exception {
    var answer = get(oriel, "/api/v1/query?query=" + URLEncoder.encode(query, UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body()).at("/data/result");
  }

  private HttpResponse<String> get(Oriel oriel, String path) throws Exception {
    return client.send(request(oriel, path).GET().build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(Oriel oriel, String path) throws Exception {
    return client.send(
        request(oriel, path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(Oriel oriel, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + oriel.port() + path))
        .timeout(PATIENCE);
  }
}
