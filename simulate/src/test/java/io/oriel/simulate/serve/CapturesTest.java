package io.oriel.simulate.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Readings;
import io.oriel.collect.gpu.GpuCollector;
import io.oriel.collect.gpu.NamingScheme;
import io.oriel.collect.gpu.ServedModel;
import io.oriel.model.testing.ManualClock;
import io.oriel.model.testing.SharedData;
import io.oriel.simulate.gpu.FleetNvml;
import io.oriel.simulate.gpu.GpuReports;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds simulated pages to captures of the real systems. */
class CapturesTest {
  private static final String SAMPLES = "metrics/samples/";

  /** What the exporter tells on every machine, but not in the capture of its fixtures. */
  private static final Set<String> NOT_CAPTURED =
      Set.of("node_memory_MemAvailable_bytes", "node_uname_info", "node_boot_time_seconds");

  /**
   * What nvidia-smi prints beside NVML's answers; the collector does not tell it of NVML either.
   */
  private static final Set<String> NOT_NVML =
      Set.of(
          "nvidia_smi_name",
          "nvidia_smi_pci_base_class",
          "nvidia_smi_pci_sub_class",
          "nvidia_smi_platform_gpu_fabric_guid");

  private final FleetOnStage fleet = new FleetOnStage();

  private static Page capture(String name) throws IOException {
    return Page.of(Files.readAllBytes(SharedData.reference(SAMPLES + name)));
  }

  @Test
  void every_family_of_the_vllm_capture_is_told_by_one_of_the_versions() throws IOException {
    Page real = capture("vllm_datadog_fixture.txt");
    fleet.after(10);
    Page v0 = fleet.page("vllm-llama-8b");
    Page both = fleet.page("vllm-mistral-small");
    Page newest = fleet.page("vllm-qwen3-32b");

    var untold = new TreeSet<String>();
    real.types.forEach((family, type) -> {
      if (!types(family, v0, both, newest).contains(type)) untold.add(family + " " + type);
    });
    assertThat(untold).isEmpty();
    for (var each : real.labels.entrySet()) {
      if (each.getKey().equals("vllm:cache_config_info")) continue; // differs in every version
      Set<String> ours = labels(each.getKey(), v0, both, newest);
      assertThat(ours).as(each.getKey()).containsAll(each.getValue());
      ours.removeAll(each.getValue());
      assertThat(ours).as(each.getKey()).isSubsetOf("engine");
    }
  }

  private static Set<Object> types(String family, Page... pages) {
    var all = new java.util.HashSet<Object>();
    for (Page page : pages) if (page.types.containsKey(family)) all.add(page.types.get(family));
    return all;
  }

  private static Set<String> labels(String name, Page... pages) {
    var all = new TreeSet<String>();
    for (Page page : pages) all.addAll(page.labels.getOrDefault(name, Set.of()));
    return all;
  }

  @Test
  void vllms_buckets_are_those_of_the_capture() throws IOException {
    Page real = capture("vllm_datadog_fixture.txt");
    fleet.after(10);
    Page v0 = fleet.page("vllm-llama-8b");

    for (String name :
        new String[] {
          "vllm:time_to_first_token_seconds_bucket",
          "vllm:time_per_output_token_seconds_bucket",
          "vllm:e2e_request_latency_seconds_bucket"
        }) {
      assertThat(bounds(v0, name)).as(name).isEqualTo(bounds(real, name));
    }
  }

  private static Set<Double> bounds(Page page, String name) {
    var all = new TreeSet<Double>();
    for (var series : page.values.keySet()) {
      if (!series.metricName().equals(name)) continue;
      String bound = String.valueOf(series.get("le"));
      all.add(bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound));
    }
    return all;
  }

  @Test
  void every_family_of_the_litellm_capture_is_told_with_its_type_and_labels() throws IOException {
    Page real = capture("litellm_datadog_fixture_2025_head.txt");
    fleet.after(30);
    Page ours = fleet.page("litellm");
    real.types.keySet().removeIf(CapturesTest::isCreated);
    real.labels.keySet().removeIf(CapturesTest::isCreated);

    assertThat(ours.types).containsAllEntriesOf(told(real));
    for (var each : real.labels.entrySet()) {
      assertThat(ours.labels).as(each.getKey()).containsKey(each.getKey());
      assertThat(ours.labels.get(each.getKey())).as(each.getKey()).containsAll(each.getValue());
    }
  }

  /** Switched off in the fleet, as its containers' environment says. */
  private static boolean isCreated(String name) {
    return name.endsWith("_created");
  }

  /** Some families of the capture stand there without a sample. */
  private static Map<String, io.oriel.model.MetricMetadata.Type> told(Page real) {
    var all = new HashMap<>(real.types);
    all.keySet().removeIf(name -> real.labels.keySet().stream().noneMatch(s -> s.startsWith(name)));
    return all;
  }

  @Test
  void the_nodes_families_are_the_exporters_with_their_types_and_labels() throws IOException {
    Page real = capture("node_exporter_linux_e2e.txt");
    fleet.after(5);
    Page ours = fleet.page("node");

    var unknown = new TreeSet<String>();
    ours.labels.forEach((name, labels) -> {
      if (!real.types.containsKey(name)) unknown.add(name);
      else if (real.labels.containsKey(name)) {
        assertThat(labels).as(name).isEqualTo(real.labels.get(name));
      }
    });
    unknown.removeIf(name -> name.startsWith("node_filesystem")); // families that the capture lacks
    assertThat(unknown).isSubsetOf(NOT_CAPTURED);
    ours.types.forEach((name, type) -> {
      if (real.types.containsKey(name)) assertThat(type).as(name).isEqualTo(real.types.get(name));
    });
  }

  @Test
  void gpus_are_told_in_the_names_of_a_real_h200() throws Exception {
    Page real = capture("nvidia_gpu_exporter_h200_load.txt");
    fleet.after(5);
    var clock = new ManualClock(fleet.nowMs);
    var readings = new Readings();
    try (var collector =
        new GpuCollector(
            () ->
                new FleetNvml(
                    "test", () -> fleet.stage.now(() -> GpuReports.of(fleet.world)), false),
            Set.of(NamingScheme.NVIDIA_SMI),
            "gpu1",
            _ -> null,
            ServedModel.UNKNOWN,
            clock)) {
      readings.begin();
      collector.collect(readings);
    }
    var ours = new TreeSet<String>();
    readings.forEach((metric, _, _) -> ours.add(metric.name()));

    var wanted = new TreeSet<>(real.labels.keySet());
    wanted.removeIf(name -> !name.startsWith("nvidia_smi_"));
    wanted.removeAll(Set.of("nvidia_smi_command_exit_code", "nvidia_smi_failed_scrapes_total"));
    wanted.removeAll(ours);
    wanted.removeAll(NOT_NVML);
    assertThat(wanted).isEmpty();
  }

  @Test
  void docker_lists_containers_with_the_fields_of_the_capture() throws IOException {
    var real =
        Json.MAPPER.readTree(
            Files.readAllBytes(SharedData.reference(SAMPLES + "json/docker/telegraf_list.json")));

    var ours = fleet.after(1).json("docker", "/v1.44/containers/json?all=1").path(0);

    real.path(0)
        .fieldNames()
        .forEachRemaining(name -> assertThat(ours.has(name)).as(name).isTrue());
  }

  @Test
  void docker_measures_containers_with_the_fields_of_the_capture() throws IOException {
    var real =
        Json.MAPPER.readTree(
            Files.readAllBytes(
                SharedData.reference(SAMPLES + "json/docker/telegraf_stats_e2173b94.json")));
    String id = fleet.after(1).world.daemon().container("qdrant").id();

    var ours =
        fleet.json("docker", "/v1.44/containers/" + id + "/stats?stream=false&one-shot=true");

    real.fieldNames().forEachRemaining(name -> assertThat(ours.has(name)).as(name).isTrue());
    assertThat(ours.path("memory_stats").path("usage").asLong()).isPositive();
  }
}
