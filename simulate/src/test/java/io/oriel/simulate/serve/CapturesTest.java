package io.oriel.simulate.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.Readings;
import io.oriel.collect.gpu.GpuCollector;
import io.oriel.collect.gpu.NamingScheme;
import io.oriel.collect.gpu.ServedModel;
import io.oriel.model.testing.ManualClock;
import io.oriel.model.testing.SharedData;
import io.oriel.simulate.gpu.FleetNvml;
import io.oriel.simulate.gpu.GpuReports;
import io.oriel.simulate.world.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

  /** The second of two rounds: what the monitors add up is told as a share of the time between. */
  private Readings gpus(Set<NamingScheme> names) throws Exception {
    var readings = new Readings();
    var clock = new ManualClock(fleet.nowMs);
    try (var collector =
        new GpuCollector(
            () ->
                new FleetNvml(
                    "test", () -> fleet.stage.now(() -> GpuReports.of(fleet.world)), false),
            names,
            "gpu1",
            _ -> null,
            ServedModel.UNKNOWN,
            clock)) {
      readings.begin();
      collector.collect(readings);
      fleet.after(1);
      clock.advance(60_000);
      readings.begin();
      collector.collect(readings);
    }
    return readings;
  }

  @Test
  void gpus_are_told_in_the_names_of_a_real_h200() throws Exception {
    Page real = capture("nvidia_gpu_exporter_h200_load.txt");
    fleet.after(5);
    var ours = new TreeSet<String>();
    gpus(Set.of(NamingScheme.NVIDIA_SMI)).forEach((metric, _, _) -> ours.add(metric.name()));

    var wanted = new TreeSet<>(real.labels.keySet());
    wanted.removeIf(name -> !name.startsWith("nvidia_smi_"));
    wanted.removeAll(Set.of("nvidia_smi_command_exit_code", "nvidia_smi_failed_scrapes_total"));
    wanted.removeAll(ours);
    wanted.removeAll(NOT_NVML);
    assertThat(wanted).isEmpty();
  }

  /**
   * In a capture, and no longer in what a daemon of our version answers, or empty there for all
   * containers.
   */
  private static final Set<String> OF_OLDER_DAEMONS =
      Set.of("/status", "/id", "/from", "/BuildCache");

  /** Docker 29 counts things unless asked for each, and tells of one reading nothing before it. */
  private static final Set<String> ONLY_WHEN_ASKED =
      Set.of(
          "/ContainerUsage/Items",
          "/ImageUsage/Items",
          "/VolumeUsage/Items",
          "/precpu_stats/system_cpu_usage");

  private static JsonNode docker(String name) throws IOException {
    return Json.MAPPER.readTree(
        Files.readAllBytes(SharedData.reference(SAMPLES + "json/docker/" + name)));
  }

  /** Fields of a capture, two levels deep, that are not there or are of another kind. */
  private static Set<String> lacking(JsonNode real, JsonNode ours) {
    var all = new TreeSet<String>();
    lacking(real, ours, "", all);
    all.removeAll(OF_OLDER_DAEMONS);
    all.removeAll(ONLY_WHEN_ASKED);
    return all;
  }

  private static void lacking(JsonNode real, JsonNode ours, String path, Set<String> into) {
    for (var each : real.properties()) {
      String place = path + "/" + each.getKey();
      JsonNode other = ours.path(each.getKey());
      boolean isKind =
          each.getValue().isNull()
              || other.isNull()
              || each.getValue().getNodeType() == other.getNodeType();
      if (!isKind) into.add(place);
      else if (path.isEmpty() && each.getValue().isObject() && !each.getKey().equals("Labels")) {
        lacking(each.getValue(), other, place, into);
      }
    }
  }

  @Test
  void docker_answers_with_the_fields_of_the_captures_and_their_kinds() throws IOException {
    String id = fleet.after(1).world.daemon().container("qdrant").id();
    long now = fleet.nowMs / 1000;
    fleet.play(Scenario.MAINTENANCE);
    fleet.after(1);
    String events = new String(fleet.get("docker", "/v1.44/events?since=" + now).body(), UTF_8);
    String stats = "/v1.44/containers/" + id + "/stats?stream=false&one-shot=true";

    assertThat(
            lacking(
                docker("telegraf_list.json").path(0),
                fleet.json("docker", "/v1.44/containers/json?all=1").path(0)))
        .isEmpty();
    assertThat(
            lacking(
                docker("telegraf_inspect_e2173b94.json"),
                fleet.json("docker", "/v1.44/containers/litellm/json")))
        .isEmpty();
    assertThat(lacking(docker("telegraf_stats_e2173b94.json"), fleet.json("docker", stats)))
        .isEmpty();
    assertThat(lacking(docker("telegraf_info.json"), fleet.json("docker", "/v1.44/info")))
        .isEmpty();
    assertThat(lacking(docker("dockerjava_1.22_version.json"), fleet.json("docker", "/version")))
        .isEmpty();
    assertThat(lacking(docker("telegraf_system_df.json"), fleet.json("docker", "/v1.52/system/df")))
        .isEmpty();
    assertThat(
            lacking(
                docker("dockerjava_1.24_event.json"),
                Json.MAPPER.readTree(events.lines().findFirst().orElseThrow())))
        .isEmpty();
    assertThat(fleet.json("docker", stats).path("memory_stats").path("usage").asLong())
        .isPositive();
  }

  @Test
  void the_gateway_tells_the_health_of_endpoints_with_the_fields_of_the_capture()
      throws IOException {
    JsonNode real =
        Json.MAPPER.readTree(
            Files.readAllBytes(SharedData.reference(SAMPLES + "json/litellm_health_excerpt.json")));

    assertThat(lacking(real, fleet.after(1).json("litellm", "/health"))).isEmpty();
  }

  /** What a real H200 said under load, and how far ours may be from it: its own figures differ. */
  private record Range(String name, double least, double most) {}

  private static final List<Range> BUSY_GPU =
      List.of(
          new Range("nvidia_smi_temperature_gpu", 35, 75),
          new Range("nvidia_smi_power_draw_watts", 100, 700),
          new Range("nvidia_smi_enforced_power_limit_watts", 700, 700),
          new Range("nvidia_smi_utilization_gpu_ratio", 0.2, 1),
          new Range("nvidia_smi_memory_total_bytes", 150_754_820_096.0, 150_754_820_096.0),
          new Range("nvidia_smi_clocks_current_sm_clock_hz", 1e9, 1.98e9),
          new Range("nvidia_smi_clocks_current_memory_clock_hz", 3.201e9, 3.201e9));

  @Test
  void a_busy_gpu_has_the_figures_of_a_real_one_that_is_busy() throws Exception {
    Page real = capture("nvidia_gpu_exporter_h200_load.txt");
    fleet.play(Scenario.HIGH_LOAD);
    fleet.after(30);
    Readings ours = gpus(Set.of(NamingScheme.NVIDIA_SMI));

    for (Range each : BUSY_GPU) {
      for (var series : real.values.entrySet()) {
        if (!series.getKey().metricName().equals(each.name())) continue;
        assertThat(series.getValue()).as("real " + each).isBetween(each.least(), each.most());
      }
      var found = new ArrayList<Double>();
      ours.forEach((metric, _, value) -> {
        if (metric.name().equals(each.name())) found.add(value);
      });
      assertThat(found).as(each.name()).hasSize(8);
      assertThat(found.stream().mapToDouble(d -> d).max().orElseThrow())
          .as(each.name())
          .isBetween(each.least(), each.most());
    }
  }

  @Test
  void gpus_are_told_in_the_names_that_the_captures_of_dcgm_exporter_have() throws Exception {
    fleet.after(5);
    var ours = new TreeSet<String>();
    gpus(Set.of(NamingScheme.DCGM)).forEach((metric, _, _) -> ours.add(metric.name()));

    var wanted = new TreeSet<String>();
    for (String each :
        List.of("dcgm_exporter_datadog_fixture.txt", "dcgm_exporter_netdata_fixture.txt")) {
      wanted.addAll(capture(each).labels.keySet());
    }
    wanted.removeIf(name -> !name.startsWith("DCGM_FI_"));
    wanted.removeAll(ours);
    wanted.removeAll(NOT_OF_AN_H200);
    assertThat(wanted).isEmpty();
  }

  /** It has no fans, and is no virtual GPU. */
  private static final Set<String> NOT_OF_AN_H200 =
      Set.of("DCGM_FI_DEV_FAN_SPEED", "DCGM_FI_DEV_VGPU_LICENSE_STATUS");
}
