package io.oriel.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.Collector;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.container.ContainerCollector;
import io.oriel.collect.container.ProcessOwner;
import io.oriel.collect.gpu.GpuCollector;
import io.oriel.collect.gpu.NamingScheme;
import io.oriel.collect.gpu.ServedModel;
import io.oriel.collect.litellm.LitellmCollector;
import io.oriel.collect.litellm.LitellmOptions;
import io.oriel.collect.modelserver.Engine;
import io.oriel.collect.modelserver.ModelServerCollector;
import io.oriel.collect.node.Roots;
import io.oriel.collect.ollama.OllamaCollector;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.model.testing.ManualClock;
import io.oriel.simulate.world.Fleet;
import io.oriel.wire.http.Credentials;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.http.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The normal collectors read the simulated fleet, over its sockets and its GPUs. */
class CollectorsTest {
  private static final long START = Instant.parse("2026-03-04T11:00:00Z").toEpochMilli();

  private final ManualClock clock = new ManualClock(START);
  @TempDir Path folder;
  private Simulation simulation;
  private ContainerCollector containers;

  @BeforeEach
  void start() throws Exception {
    simulation = Simulation.start(SimulationSettings.normal(folder.resolve("s")), clock);
    var roots = new Roots(simulation.proc(), folder.resolve("sys"), folder);
    containers =
        ContainerCollector.at(
            Address.of(endpoint("docker").uri(), "test"), roots, clock, Duration.ofSeconds(15));
  }

  @AfterEach
  void close() {
    containers.close();
    simulation.close();
  }

  private Endpoint endpoint(String name) {
    return simulation.endpoints().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The second of two rounds: some tell differences. */
  private Readings rounds(Collector collector) throws Exception {
    var readings = new Readings();
    for (int i = 0; i < 2; i++) {
      readings.begin();
      collector.collect(readings);
      clock.advance(15_000);
    }
    return readings;
  }

  @Test
  void every_container_is_told_with_its_figures() throws Exception {
    Readings told = rounds(containers);

    assertThat(told.failures()).isEmpty();
    assertThat(containers.containers().list()).hasSize(Fleet.CONTAINERS.size());
    var withCpu = new TreeSet<String>();
    told.forEach((metric, labels, value) -> {
      if (metric.name().equals("container_cpu_usage_seconds_total") && value > 0) {
        withCpu.add(String.valueOf(labels.get("name")));
      }
    });
    assertThat(withCpu).hasSize(Fleet.CONTAINERS.size());
  }

  @Test
  void every_process_on_a_gpu_is_found_in_its_container() throws Exception {
    rounds(containers);
    var owners = ProcessOwner.byCgroup(simulation.proc(), containers.containers());
    try (var gpus =
        new GpuCollector(
            simulation.nvml(),
            EnumSet.allOf(NamingScheme.class),
            Fleet.HOST,
            owners,
            ServedModel.UNKNOWN,
            clock)) {
      Readings told = rounds(gpus);

      var byContainer = new TreeMap<String, Double>();
      told.forEach((metric, labels, value) -> {
        if (!metric.name().equals("oriel_gpu_process_memory_bytes")) return;
        byContainer.merge(String.valueOf(labels.get("container")), value, Double::sum);
      });
      assertThat(byContainer).hasSize(Fleet.SERVERS.size() + 1).doesNotContainKey("");
      assertThat(byContainer.get("vllm-llama-70b"))
          .isEqualTo(2.0 * Fleet.server(Fleet.LARGEST).bytesPerGpu());
      assertThat(told.size()).isLessThan(2_500);
    }
  }

  @Test
  void every_model_server_is_told_in_the_stable_words() throws Exception {
    clock.advance(3_600_000);
    int series = 0;
    for (Endpoint each : simulation.endpoints()) {
      Collector reader = reader(each);
      if (reader == null) continue;
      try (Collector collector = reader) {
        Readings told = rounds(collector);

        assertThat(told.failures()).as(each.name()).isEmpty();
        var names = new TreeSet<String>();
        told.forEach((metric, _, _) -> names.add(metric.name()));
        assertThat(names).as(each.name()).anyMatch(name -> name.startsWith("oriel_model_"));
        series += told.size();
      }
    }
    assertThat(series).isBetween(3_500, 7_000);
  }

  @Test
  void the_gateway_is_told_with_its_page_its_models_and_who_spent_what() throws Exception {
    clock.advance(3_600_000);
    Endpoint endpoint = endpoint("litellm");
    HttpSettings normal = HttpSettings.NORMAL;
    var key = new Credentials.Token("Bearer", new Secret(endpoint.secret(), null));
    var http = new HttpSettings(key, normal.tls(), normal.headers(), true, true);
    var peer = Peer.at(new Address(endpoint.uri(), http, "test", ""), 5_000, clock);
    try (var gateway = new LitellmCollector(peer, LitellmOptions.NORMAL)) {
      Readings told = rounds(gateway);

      assertThat(told.failures()).isEmpty();
      assertThat(gateway.models()).hasSize(Fleet.SERVERS.size());
      var names = new TreeSet<String>();
      var teams = new TreeSet<String>();
      told.forEach((metric, labels, value) -> {
        names.add(metric.name());
        if (metric.name().equals("oriel_litellm_team_spend_dollars_total")) {
          teams.add(labels.valueOf("team"));
        }
      });
      assertThat(names)
          .contains(
              "litellm_spend_metric_total",
              "litellm_request_total_latency_metric_bucket",
              "litellm_remaining_api_key_budget_metric",
              "litellm_guardrail_requests_total",
              "oriel_litellm_spend_dollars_total",
              "oriel_litellm_key_requests_total",
              "oriel_litellm_user_requests_total");
      Fleet.CALLERS.forEach(each -> assertThat(teams).contains(each.team()));
    }
  }

  @Test
  void a_gateway_that_is_asked_without_its_key_is_told_with_the_remedy() {
    var peer = Peer.at(Address.of(endpoint("litellm").uri(), "test"), 5_000, clock);
    try (var gateway = new LitellmCollector(peer, LitellmOptions.NORMAL)) {
      assertThatThrownBy(() -> rounds(gateway))
          .isInstanceOfSatisfying(
              CollectorFailure.class,
              failure -> assertThat(failure.remedy()).contains("proxy_admin_viewer"));
    }
  }

  /** Null for a system of another kind. */
  private @Nullable Collector reader(Endpoint endpoint) {
    var peer = Peer.at(Address.of(endpoint.uri(), "test"), 5_000, clock);
    return switch (endpoint.kind()) {
      case "vllm" -> new ModelServerCollector(Engine.VLLM, peer, "/metrics");
      case "llama.cpp" -> new ModelServerCollector(Engine.LLAMA_CPP, peer, "/metrics");
      case "ollama" -> new OllamaCollector(peer);
      default -> null;
    };
  }
}
