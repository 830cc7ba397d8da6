package io.oriel.collect.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.testing.ManualClock;
import io.oriel.model.testing.SharedData;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names, types and labels beside those that the exporters themselves gave. */
class ShapesTest {
  /** What the exporters tell and we don't, and why. */
  private static final Map<String, String> NOT_TOLD =
      Map.ofEntries(
          Map.entry("nvidia_smi_command_exit_code", "of its other backend, which runs nvidia-smi"),
          Map.entry("nvidia_smi_failed_scrapes_total", "oriel_collector_success tells it"),
          Map.entry("nvidia_smi_name", "a number out of the product's name: 200 for an H200"),
          Map.entry("nvidia_smi_pci_base_class", "always 3, a display controller"),
          Map.entry("nvidia_smi_pci_sub_class", "always 2 or 0"),
          Map.entry("nvidia_smi_platform_gpu_fabric_guid", "an identifier, not a number"),
          Map.entry("nvidia_smi_pcie_link_gen_hostmax", "NVML does not say it"),
          Map.entry("DCGM_FI_DEV_VGPU_LICENSE_STATUS", "a matter of virtual GPUs' hosts"));

  /** Where exporters of several versions differ in type, we follow the newest. */
  private static final Map<String, String> OTHER_TYPE =
      Map.of(
          "DCGM_FI_PROF_PCIE_RX_BYTES", "a rate since 3.x",
          "DCGM_FI_PROF_PCIE_TX_BYTES", "a rate since 3.x");

  /** Told by nvidia_gpu_exporter, though no capture at hand has them. */
  private static final List<String> IN_NO_CAPTURE =
      List.of(
          "nvidia_smi_mig_graphics_activity_ratio",
          "nvidia_smi_mig_sm_activity_ratio",
          "nvidia_smi_mig_sm_occupancy_ratio",
          "nvidia_smi_mig_tensor_activity_ratio",
          "nvidia_smi_mig_pcie_throughput_tx_bytes_per_second",
          "nvidia_smi_mig_pcie_throughput_rx_bytes_per_second",
          "nvidia_smi_xid_last_timestamp_seconds",
          "nvidia_smi_retired_pages_single_bit_ecc_count",
          "nvidia_smi_retired_pages_double_bit_count",
          "nvidia_smi_retired_pages_pending");

  private final FakeNvml nvml = new FakeNvml();

  private Told told(NamingScheme scheme) throws Exception {
    var clock = new ManualClock();
    var collector =
        new GpuCollector(
            () -> nvml, EnumSet.of(scheme), "host1", _ -> null, ServedModel.UNKNOWN, clock);
    var out = new Readings();
    for (int i = 0; i < 2; i++) {
      clock.advance(15_000);
      out.begin();
      collector.collect(out);
    }
    return Told.of(out);
  }

  @Test
  void a_loaded_h200_is_told_as_nvidia_gpu_exporter_told_it() throws Exception {
    Capture capture = Capture.of("nvidia_gpu_exporter_h200_load.txt");
    FakeNvml.Device gpu = nvml.h200(0);
    gpu.with(NvmlText.UUID, "GPU-00000000-0000-0000-0000-000000000000");
    process(gpu, 10_291, 2_690_646_016L, "/root/tools/memhog");
    process(gpu, 10_293, 1_616_904_192L, "/root/tools/memhog");
    process(gpu, 10_309, 29_605_494_784L, "./gpu_burn");

    Told told = told(NamingScheme.NVIDIA_SMI);

    var lacking = new ArrayList<String>();
    capture
        .values()
        .forEach((series, value) -> {
          Double ours = told.values().get(series);
          if (ours == null) lacking.add(series.metricName());
          else
            assertThat(ours).as(series.toString()).isCloseTo(value, within(Math.abs(value) * 1e-9));
        });
    assertThat(NOT_TOLD.keySet()).containsAll(lacking);
    typesAgree(capture, told);
  }

  private void process(FakeNvml.Device gpu, int pid, long bytes, String name) {
    gpu.processes.add(new NvmlProcess(pid, bytes, -1, -1));
    nvml.names.put(pid, name);
  }

  @Test
  void a_gpu_in_mig_mode_lacks_what_it_lacks_in_nvidia_gpu_exporter() throws Exception {
    Capture capture = Capture.of("nvidia_gpu_exporter_h100_mig_load.txt");
    FakeNvml.Device gpu = nvml.h200(0);
    nvml.split(gpu, "1g.10gb", 1);
    for (NvmlCall call :
        List.of(
            NvmlCall.UTILIZATION,
            NvmlCall.ENCODER_UTILIZATION,
            NvmlCall.DECODER_UTILIZATION,
            NvmlCall.JPEG_UTILIZATION,
            NvmlCall.OFA_UTILIZATION,
            NvmlCall.REMAPPED_ROWS)) {
      gpu.refusals.put(call, NvmlReturn.NOT_SUPPORTED);
    }

    Told told = told(NamingScheme.NVIDIA_SMI);

    var families = new TreeSet<>(told.types().keySet());
    families.removeIf(name -> name.startsWith("nvidia_smi_mig_") && !name.contains("mig_mode"));
    families.removeIf(name -> !name.startsWith("nvidia_smi_"));
    families.removeAll(
        List.of(
            "nvidia_smi_energy_joules_total",
            "nvidia_smi_nvml_return_code")); // of its NVML backend
    var theirs = new TreeSet<>(capture.types().keySet());
    theirs.removeAll(NOT_TOLD.keySet());
    theirs.removeIf(name -> name.contains("compute_app_")); // there are no processes here
    assertThat(families).isEqualTo(theirs);
    typesAgree(capture, told, theirs);
  }

  private static void typesAgree(Capture capture, Told told, Set<String> families) {
    for (String name : families) {
      MetricMetadata.Type ours = told.types().get(name);
      assertThat(String.valueOf(ours)).as(name).isEqualTo(capture.types().get(name));
    }
  }

  private static void typesAgree(Capture capture, Told told) {
    capture
        .types()
        .forEach((name, type) -> {
          MetricMetadata.Type ours = told.types().get(name);
          if (ours == null) assertThat(NOT_TOLD).containsKey(name);
          else if (!OTHER_TYPE.containsKey(name)) assertThat(ours.name()).as(name).isEqualTo(type);
        });
  }

  @Test
  void instances_and_events_have_the_labels_of_nvidia_gpu_exporter_s_nvml_backend()
      throws Exception {
    Capture capture = Capture.of("nvidia_gpu_exporter_demo_nvml_surface.txt");
    FakeNvml.Device split = nvml.h200(0);
    nvml.split(split, "1g.18gb", 1);
    split.processes.add(new NvmlProcess(4711, FakeNvml.MIB, 2, 0));
    nvml.names.put(4711, "python3");
    nvml.h200(1);
    nvml.events.add(new NvmlEvent(101, NvmlEvent.XID, 79));

    Told told = told(NamingScheme.NVIDIA_SMI);

    typesAgree(capture, told);
    for (String family : capture.types().keySet()) {
      if (!told.types().containsKey(family)) continue;
      assertThat(Capture.labels(told.values(), family))
          .as(family)
          .isEqualTo(capture.labels(family));
    }
  }

  @Test
  void nothing_is_told_in_nvidia_gpu_exporter_s_name_that_it_does_not_tell() throws Exception {
    var known = new TreeSet<>(IN_NO_CAPTURE);
    for (String file :
        List.of("h200_load", "h100_mig_load", "rtx4080s_load", "demo_nvml_surface")) {
      known.addAll(Capture.of("nvidia_gpu_exporter_" + file + ".txt").types().keySet());
    }

    assertThat(known).containsAll(names(new SmiNames().metrics()));
  }

  private static List<String> names(List<Metric> metrics) {
    return metrics.stream().map(Metric::name).toList();
  }

  @Test
  void every_family_of_dcgm_exporter_is_told_with_its_type_and_labels() throws Exception {
    nvml.h200(0).with(NvmlCall.FAN_SPEED, 30).with(NvmlCall.CLOCK_EVENTS, 4);

    Told told = told(NamingScheme.DCGM);

    for (String file : List.of("datadog", "netdata")) {
      Capture capture = Capture.of("dcgm_exporter_" + file + "_fixture.txt");
      capture.types().keySet().removeIf(name -> !name.startsWith("DCGM_"));
      typesAgree(capture, told);
    }
    assertThat(Capture.labels(told.values(), "DCGM_FI_DEV_GPU_UTIL"))
        .containsExactly(
            "DCGM_FI_DRIVER_VERSION",
            "Hostname",
            "UUID",
            "device",
            "gpu",
            "modelName",
            "pci_bus_id");
  }

  @Test
  void every_gpu_metric_that_the_field_s_dashboards_ask_for_is_in_a_table() throws Exception {
    var asked = new TreeMap<String, String>();
    for (String line : Files.readAllLines(SharedData.conformance("dashboards/METRICS.tsv"))) {
      String[] cells = line.split("\t", -1);
      if (cells.length < 2) continue;
      if (cells[1].startsWith("DCGM_") || cells[1].startsWith("nvidia_"))
        asked.put(cells[1], cells[0]);
    }
    var tables = new TreeSet<String>();
    for (NamingScheme scheme : NamingScheme.values())
      tables.addAll(names(scheme.names("").metrics()));

    List<String> lacking =
        asked.keySet().stream()
            .filter(name -> !tables.contains(name))
            .map(ShapesTest::newName)
            .filter(name -> !tables.contains(name))
            .collect(Collectors.toList());

    assertThat(asked).hasSizeGreaterThan(60);
    assertThat(lacking).isEmpty();
  }

  /** Drivers before 535 said throttle for event; the table of aliases answers those. */
  private static String newName(String name) {
    return name.replace("clocks_throttle_reasons", "clocks_event_reasons");
  }

  @Test
  void the_seven_names_of_nvidia_gpu_prometheus_exporter_are_told_as_it_does() throws Exception {
    nvml.h200(0).with(NvmlCall.FAN_SPEED, 30);

    Told told = told(NamingScheme.NVIDIA_GPU);

    assertThat(told.types().keySet().stream().filter(name -> name.startsWith("nvidia_")))
        .containsExactly(
            "nvidia_gpu_duty_cycle",
            "nvidia_gpu_fanspeed_percent",
            "nvidia_gpu_memory_total_bytes",
            "nvidia_gpu_memory_used_bytes",
            "nvidia_gpu_num_devices",
            "nvidia_gpu_power_usage_milliwatts",
            "nvidia_gpu_temperature_celsius");
    assertThat(told.types().values()).containsOnly(MetricMetadata.Type.GAUGE);
    assertThat(Capture.labels(told.values(), "nvidia_gpu_duty_cycle"))
        .containsExactly("name", "uuid");
    assertThat(told.values().keySet())
        .extracting(Labels::metricName)
        .contains("nvidia_gpu_num_devices");
  }
}
