package io.oriel.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Collector;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.catalogue.ModelCatalogue;
import io.oriel.collect.catalogue.ModelRecord;
import io.oriel.collect.catalogue.ModelSighting;
import io.oriel.collect.catalogue.ModelSource;
import io.oriel.collect.catalogue.Topology;
import io.oriel.collect.container.ContainerCollector;
import io.oriel.collect.container.ProcessOwner;
import io.oriel.collect.gpu.GpuCollector;
import io.oriel.collect.gpu.NamingScheme;
import io.oriel.collect.gpu.Nvml;
import io.oriel.collect.gpu.NvmlProcess;
import io.oriel.collect.gpu.ServedModel;
import io.oriel.collect.huggingface.HubCollector;
import io.oriel.collect.huggingface.Hubs;
import io.oriel.collect.modelserver.Engine;
import io.oriel.collect.modelserver.ModelServerCollector;
import io.oriel.collect.node.Roots;
import io.oriel.collect.ollama.OllamaCollector;
import io.oriel.collect.peer.Address;
import io.oriel.collect.peer.Peer;
import io.oriel.model.testing.ManualClock;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.Scenario;
import io.oriel.simulate.world.ServerSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The map from GPU to model and the catalogue, of the whole simulated fleet. */
class MapOfGpusTest {
  private static final long START = Instant.parse("2026-03-04T11:00:00Z").toEpochMilli();

  private final ManualClock clock = new ManualClock(START);
  @TempDir Path folder;

  /** What the collectors have, and what the GPUs themselves list. */
  private record Seen(Topology topology, List<ModelSighting> sightings, List<String> onGpus) {}

  private Seen see(Scenario scenario) throws Exception {
    try (var simulation = start(scenario);
        var containers = containers(simulation);
        var gpus = gpus(simulation, containers)) {
      round(containers);
      round(gpus);
      var sightings = new ArrayList<ModelSighting>();
      for (Endpoint each : simulation.endpoints()) {
        try (Collector reader = reader(each)) {
          if (!(reader instanceof ModelSource source)) continue;
          round(reader);
          sightings.addAll(source.models());
        }
      }
      try (var hub = new HubCollector(hubs(simulation, containers), clock)) {
        round(hub);
        sightings.addAll(hub.models());
      }
      Topology topology = Topology.of(gpus.seen(), containers.containers(), sightings);
      return new Seen(topology, sightings, listed(simulation.nvml().open()));
    }
  }

  private Simulation start(Scenario scenario) throws Exception {
    var settings = SimulationSettings.normal(folder.resolve("s")).withScenario(scenario);
    var simulation = Simulation.start(settings, clock);
    clock.advance(900_000); // some models are asked seldom
    return simulation;
  }

  private static Hubs hubs(Simulation simulation, ContainerCollector containers) {
    return new Hubs(List.of(), containers.containers(), simulation.root());
  }

  private ContainerCollector containers(Simulation simulation) {
    var roots = new Roots(simulation.proc(), folder.resolve("sys"), folder);
    Endpoint daemon =
        simulation.endpoints().stream()
            .filter(each -> each.kind().equals("docker"))
            .findFirst()
            .orElseThrow();
    return ContainerCollector.at(
        Address.of(daemon.uri(), "test"), roots, clock, Duration.ofSeconds(15));
  }

  private GpuCollector gpus(Simulation simulation, ContainerCollector containers) {
    return new GpuCollector(
        simulation.nvml(),
        EnumSet.allOf(NamingScheme.class),
        Fleet.HOST,
        ProcessOwner.byCgroup(simulation.proc(), containers.containers()),
        ServedModel.UNKNOWN,
        clock);
  }

  private @Nullable Collector reader(Endpoint endpoint) {
    var peer = Peer.at(Address.of(endpoint.uri(), "test"), 5_000, clock);
    return switch (endpoint.kind()) {
      case "vllm" -> new ModelServerCollector(Engine.VLLM, peer, "/metrics");
      case "llama.cpp" -> new ModelServerCollector(Engine.LLAMA_CPP, peer, "/metrics");
      case "ollama" -> new OllamaCollector(peer);
      default -> null;
    };
  }

  private static void round(Collector collector) throws Exception {
    var readings = new Readings();
    readings.begin();
    try {
      collector.collect(readings);
    } catch (CollectorFailure e) {
      // a server that is down in this scenario
    }
  }

  private static List<String> listed(Nvml nvml) throws Exception {
    var all = new ArrayList<String>();
    for (int i = 0; i < nvml.deviceCount(); i++) {
      for (NvmlProcess each : nvml.processes(nvml.device(i), Nvml.ProcessKind.COMPUTE)) {
        all.add(i + " " + each.pid());
      }
    }
    nvml.close();
    return all;
  }

  @ParameterizedTest
  @EnumSource(
      value = Scenario.class,
      names = {"NORMAL", "RESTART_LOOP", "GPU_MEMORY_LEAK", "MAINTENANCE"})
  void every_process_on_a_gpu_is_on_the_map_exactly_once_with_a_link_or_a_reason(Scenario scenario)
      throws Exception {
    Seen seen = see(scenario);

    var mapped = new ArrayList<String>();
    for (Topology.OnGpu gpu : seen.topology().gpus()) {
      for (Topology.Holder each : gpu.holders()) {
        mapped.add(gpu.gpu().index() + " " + each.process().process().pid());
        boolean isLinked = !each.home().id().isEmpty() && !each.home().served().isEmpty();
        assertThat(each.home().reason().isEmpty()).as(each.toString()).isEqualTo(isLinked);
      }
    }
    assertThat(seen.topology().gpus()).hasSize(Fleet.GPUS);
    assertThat(mapped).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(seen.onGpus());
  }

  @Test
  void every_model_of_the_fleet_is_one_record_on_the_gpus_of_its_server() throws Exception {
    Seen seen = see(Scenario.NORMAL);

    ModelCatalogue catalogue = ModelCatalogue.of(seen.sightings(), seen.topology());

    Map<String, ModelRecord> models =
        catalogue.models().stream().collect(Collectors.toMap(ModelRecord::name, each -> each));
    for (var server : Fleet.SERVERS) {
      ModelRecord model = model(models, server.model().name());
      List<String> gpus =
          model.fields().stream()
              .filter(each -> each.field().key().equals("gpus"))
              .flatMap(each -> each.values().stream().map(ModelRecord.Value::value))
              .toList();
      assertThat(gpus)
          .as(server.model().name())
          .containsExactlyElementsOf(server.gpus().stream().map(String::valueOf).toList());
      assertThat(model.fields()).noneMatch(ModelRecord.Known::isContradictory);
      if (server.engine() != ServerSpec.Engine.VLLM) continue; // the others load files of their own
      assertThat(first(model, "parameters")).isEqualTo("" + server.model().parameters());
      assertThat(first(model, "state")).isEqualTo("ready");
      assertThat(model.fields().stream().map(each -> each.field().key()))
          .contains("type", "architecture", "revision", "diskBytes", "longestContext");
    }
    assertThat(first(model(models, "qwen2.5-vl-7b"), "type")).isEqualTo("vision-language");
    assertThat(first(model(models, "bge-reranker-v2-m3"), "type")).isEqualTo("reranker");
    assertThat(models).hasSize(Fleet.SERVERS.size() + 1); // Ollama stores one that nobody asks
  }

  private static ModelRecord model(Map<String, ModelRecord> models, String name) {
    return Objects.requireNonNull(models.get(name), name);
  }

  /** The value to show of a field; empty where nothing is known of it. */
  private static String first(ModelRecord model, String field) {
    return model.fields().stream()
        .filter(each -> each.field().key().equals(field))
        .map(each -> each.values().getFirst().value())
        .findFirst()
        .orElse("");
  }
}
