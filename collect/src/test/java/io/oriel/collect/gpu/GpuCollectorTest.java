package io.oriel.collect.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.container.ProcessOwner;
import io.oriel.model.Labels;
import io.oriel.model.testing.ManualClock;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GpuCollectorTest {
  private static final String DCGM =
      "{DCGM_FI_DRIVER_VERSION=\"590.48.01\", Hostname=\"host1\","
          + " UUID=\"GPU-00000000-1111-2222-3333-44444444aBcD\", device=\"nvidia0\", gpu=\"0\","
          + " modelName=\"NVIDIA H200\", pci_bus_id=\"00000000:83:00.0\"}";
  private static final String SMI = "{uuid=\"00000000-1111-2222-3333-44444444abcd\"}";
  private static final String OWN =
      "{gpu=\"0\", uuid=\"GPU-00000000-1111-2222-3333-44444444aBcD\"}";

  private final ManualClock clock = new ManualClock(1_000_000);
  private final FakeNvml nvml = new FakeNvml();
  private final Readings out = new Readings();

  private GpuCollector collector(Set<NamingScheme> schemes) {
    return collector(schemes, _ -> null, ServedModel.UNKNOWN);
  }

  private GpuCollector collector(
      Set<NamingScheme> schemes, ProcessOwner owners, ServedModel models) {
    return new GpuCollector(
        () -> {
          if (nvml.gone != null) throw NvmlException.of(nvml.gone);
          return nvml;
        },
        schemes,
        "host1",
        owners,
        models,
        clock);
  }

  private GpuCollector everything() {
    return collector(EnumSet.allOf(NamingScheme.class));
  }

  private Told round(GpuCollector collector) throws CollectorFailure {
    clock.advance(15_000);
    out.begin();
    collector.collect(out);
    return Told.of(out);
  }

  private Set<String> names(Told told) {
    return new TreeSet<>(told.types().keySet());
  }

  @Test
  void one_reading_is_told_in_the_units_of_each_scheme() throws CollectorFailure {
    nvml.h200(0);

    Told told = round(everything());

    assertThat(told.of("DCGM_FI_DEV_POWER_USAGE" + DCGM)).isEqualTo(627.4);
    assertThat(told.of("DCGM_FI_DEV_FB_USED" + DCGM)).isEqualTo(32_362);
    assertThat(told.of("DCGM_FI_DEV_FB_RESERVED" + DCGM)).isEqualTo(614);
    assertThat(told.of("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION" + DCGM)).isEqualTo(128_996_013);
    assertThat(told.of("DCGM_FI_DEV_GPU_UTIL" + DCGM)).isEqualTo(100);
    assertThat(told.of("DCGM_FI_DEV_XID_ERRORS" + DCGM)).isZero();
    assertThat(told.of("nvidia_smi_power_draw_watts" + SMI)).isEqualTo(627.4);
    assertThat(told.of("nvidia_smi_memory_used_bytes" + SMI)).isEqualTo(32_362L * FakeNvml.MIB);
    assertThat(told.of("nvidia_smi_energy_joules_total" + SMI)).isEqualTo(128_996.013);
    assertThat(told.of("nvidia_smi_utilization_gpu_ratio" + SMI)).isEqualTo(1);
    assertThat(told.of("nvidia_smi_clocks_current_sm_clock_hz" + SMI)).isEqualTo(1.98e9);
    String plain = "{name=\"NVIDIA H200\", uuid=\"GPU-00000000-1111-2222-3333-44444444aBcD\"}";
    assertThat(told.of("nvidia_gpu_power_usage_milliwatts" + plain)).isEqualTo(627_400);
    assertThat(told.of("nvidia_gpu_duty_cycle" + plain)).isEqualTo(100);
    assertThat(told.of("nvidia_gpu_memory_used_bytes" + plain))
        .isEqualTo((32_362L + 614) * FakeNvml.MIB);
    assertThat(told.of("nvidia_gpu_num_devices")).isEqualTo(1);
  }

  @Test
  void each_quantity_is_asked_once_however_many_schemes_tell_it() throws CollectorFailure {
    nvml.h200(0);

    round(everything());

    assertThat(nvml.calls).doesNotContainKey(NvmlCall.PCIE_TRANSMIT);
    nvml.calls.forEach((call, times) -> assertThat(times).as(call.name()).isEqualTo(1));
  }

  @Test
  void what_does_not_change_and_what_is_not_offered_is_asked_seldom() throws CollectorFailure {
    nvml.h200(0);
    GpuCollector collector = everything();

    for (int i = 0; i < 20; i++) round(collector);

    assertThat(nvml.calls).containsEntry(NvmlCall.POWER_USAGE, 20);
    assertThat(nvml.calls).containsEntry(NvmlCall.CLOCK_SM_MAX, 1);
    assertThat(nvml.calls).containsEntry(NvmlCall.FAN_SPEED, 1);
  }

  @Test
  void only_the_schemes_that_are_wanted_are_told() throws CollectorFailure {
    nvml.h200(0);

    Told dcgm = round(collector(EnumSet.of(NamingScheme.DCGM)));
    Told plain = round(collector(EnumSet.of(NamingScheme.NVIDIA_GPU)));

    assertThat(names(dcgm)).contains("DCGM_FI_DEV_GPU_UTIL").noneMatch(n -> n.startsWith("nvidia"));
    assertThat(names(plain)).noneMatch(n -> n.startsWith("DCGM") || n.startsWith("nvidia_smi"));
  }

  @Test
  void the_table_has_every_metric_that_is_told() throws CollectorFailure {
    nvml.split(nvml.h200(0), "1g.18gb", 1);
    nvml.h200(1).processes.add(new NvmlProcess(4711, FakeNvml.MIB, -1, -1));
    nvml.events.add(new NvmlEvent(101, NvmlEvent.XID, 79));
    GpuCollector collector = everything();
    round(collector);

    Told told = round(collector);

    Set<String> known = new TreeSet<>();
    collector.metrics().forEach(metric -> known.add(metric.name()));
    assertThat(known).containsAll(names(told));
    assertThat(known).hasSameSizeAs(collector.metrics());
  }

  @Test
  void the_monitors_speak_from_the_second_round_on_and_nobody_waits() throws CollectorFailure {
    nvml.h200(0);
    GpuCollector collector = everything();

    Told first = round(collector);
    Told second = round(collector);

    String tensor = "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE" + DCGM;
    assertThat(first.of(tensor)).isNaN();
    assertThat(second.of(tensor)).isEqualTo(0.15);
    assertThat(second.of("DCGM_FI_PROF_SM_OCCUPANCY" + DCGM)).isEqualTo(0.13);
    assertThat(second.of("DCGM_FI_PROF_PCIE_TX_BYTES" + DCGM)).isEqualTo(30 * 1048576.0);
    assertThat(second.of("nvidia_smi_pcie_throughput_tx_bytes_per_second" + SMI))
        .isEqualTo(30 * 1048576.0);
    collector.close();
    assertThat(nvml.openSamples).isZero();
  }

  @Test
  void samples_that_are_too_close_are_not_compared() throws CollectorFailure {
    nvml.h200(0);
    GpuCollector collector = everything();
    round(collector);

    clock.advance(50);
    out.begin();
    collector.collect(out);

    assertThat(Told.of(out).of("DCGM_FI_PROF_SM_ACTIVE" + DCGM)).isNaN();
  }

  @Test
  void pcie_is_told_from_counters_where_there_are_no_monitors() throws CollectorFailure {
    FakeNvml.Device gpu = nvml.h200(0);
    gpu.monitors.clear();
    gpu.with(NvmlField.PCIE_TRANSMITTED, 1000).with(NvmlField.PCIE_RECEIVED, 5000);
    GpuCollector collector = everything();
    String name = "nvidia_smi_pcie_throughput_tx_bytes_per_second" + SMI;

    Told first = round(collector);
    gpu.with(NvmlField.PCIE_TRANSMITTED, 1_501_000);
    Told second = round(collector);
    gpu.with(NvmlField.PCIE_TRANSMITTED, 12);
    Told wrapped = round(collector);

    assertThat(first.of(name)).isNaN();
    assertThat(second.of(name)).isEqualTo(100_000);
    assertThat(wrapped.of(name)).isNaN();
  }

  @Test
  void the_question_that_takes_20_ms_is_asked_every_fourth_round() throws CollectorFailure {
    FakeNvml.Device gpu = nvml.h200(0);
    gpu.monitors.clear();
    gpu.with(NvmlCall.PCIE_TRANSMIT, 5000).with(NvmlCall.PCIE_RECEIVE, 7000);
    GpuCollector collector = everything();

    Told told = round(collector);
    for (int i = 0; i < 7; i++) told = round(collector);

    assertThat(told.of("nvidia_smi_pcie_throughput_rx_bytes_per_second" + SMI)).isEqualTo(7e6);
    assertThat(nvml.calls).containsEntry(NvmlCall.PCIE_RECEIVE, 2);
  }

  @Test
  void what_a_gpu_does_not_offer_is_missing_by_name_and_reason() throws CollectorFailure {
    FakeNvml.Device gpu = nvml.h200(0);
    gpu.numbers.remove(NvmlCall.ENCODER_UTILIZATION);
    gpu.refusals.put(NvmlCall.ENERGY, NvmlReturn.NO_PERMISSION);

    Told told = round(everything());

    assertThat(told.types())
        .doesNotContainKeys("DCGM_FI_DEV_ENC_UTIL", "nvidia_smi_energy_joules_total");
    assertThat(out.failures()).isEmpty();
  }

  @Test
  void values_that_no_hardware_has_are_left_out() throws CollectorFailure {
    nvml.h200(0)
        .with(NvmlCall.UTILIZATION, 255, 7)
        .with(NvmlCall.POWER_USAGE, 0)
        .with(NvmlCall.PCIE_REPLAYS, 0xFFFFFFFFL)
        .with(NvmlCall.ENERGY, -1);
    nvml.h200(1).with(NvmlCall.POWER_USAGE, 4_000_000);

    Told told = round(everything());

    assertThat(told.of("nvidia_smi_utilization_gpu_ratio" + SMI)).isNaN();
    assertThat(told.of("nvidia_smi_utilization_memory_ratio" + SMI)).isEqualTo(0.07);
    assertThat(told.types())
        .doesNotContainKeys("nvidia_gpu_power_usage_milliwatts", "DCGM_FI_DEV_POWER_USAGE");
    assertThat(told.of("nvidia_smi_energy_joules_total" + SMI)).isNaN();
    assertThat(told.of("DCGM_FI_DEV_PCIE_REPLAY_COUNTER" + DCGM)).isNaN();
  }

  @Test
  void drivers_without_the_newer_calls_are_read_by_the_older_ones() throws CollectorFailure {
    FakeNvml.Device gpu = nvml.h200(0);
    gpu.refusals.put(NvmlCall.MEMORY, NvmlReturn.FUNCTION_NOT_FOUND);
    gpu.refusals.put(NvmlCall.TEMPERATURE, NvmlReturn.ARGUMENT_VERSION_MISMATCH);
    gpu.with(NvmlCall.MEMORY_OLDER, 100 * FakeNvml.MIB, 60 * FakeNvml.MIB, 40 * FakeNvml.MIB);
    gpu.with(NvmlCall.TEMPERATURE_OLDER, 61);

    Told told = round(everything());

    assertThat(told.of("DCGM_FI_DEV_FB_TOTAL" + DCGM)).isEqualTo(100);
    assertThat(told.of("DCGM_FI_DEV_FB_FREE" + DCGM)).isEqualTo(60);
    assertThat(told.of("DCGM_FI_DEV_FB_USED" + DCGM)).isEqualTo(40);
    assertThat(told.types()).doesNotContainKey("DCGM_FI_DEV_FB_RESERVED");
    assertThat(told.of("nvidia_smi_temperature_gpu" + SMI)).isEqualTo(61);
  }

  @Test
  void what_holds_the_clocks_down_is_told_bit_by_bit() throws CollectorFailure {
    nvml.h200(0).with(NvmlCall.CLOCK_EVENTS, 0x44);

    Told told = round(everything());

    assertThat(told.of("nvidia_smi_clocks_event_reasons_sw_power_cap" + SMI)).isEqualTo(1);
    assertThat(told.of("nvidia_smi_clocks_event_reasons_hw_thermal_slowdown" + SMI)).isEqualTo(1);
    assertThat(told.of("nvidia_smi_clocks_event_reasons_gpu_idle" + SMI)).isZero();
    assertThat(told.of("DCGM_FI_DEV_CLOCK_THROTTLE_REASONS" + DCGM)).isEqualTo(0x44);
  }

  @Test
  void xids_are_counted_by_code_and_told_with_what_to_do() throws CollectorFailure {
    nvml.h200(0);
    GpuCollector collector = everything();
    round(collector);
    for (long code : new long[] {31, 79, 31}) {
      nvml.events.add(new NvmlEvent(100, NvmlEvent.XID, code));
    }
    nvml.events.add(new NvmlEvent(100, 1, 999)); // another kind of event
    nvml.events.add(new NvmlEvent(555, NvmlEvent.XID, 13)); // of a GPU that is not ours

    round(collector);
    Told told = round(collector);

    String of31 = "{uuid=\"00000000-1111-2222-3333-44444444abcd\", xid=\"31\"}";
    assertThat(told.of("nvidia_smi_xid_errors_total" + of31)).isEqualTo(2);
    assertThat(told.of("nvidia_smi_xid_last_timestamp_seconds" + of31)).isEqualTo(1030);
    assertThat(told.of("DCGM_FI_DEV_XID_ERRORS" + DCGM)).isEqualTo(31);
    assertThat(told.values().keySet())
        .filteredOn(labels -> labels.metricName().equals("oriel_gpu_xid_info"))
        .extracting(labels -> labels.get("xid"))
        .containsExactlyInAnyOrder("31", "79");
  }

  @Test
  void each_instance_is_told_with_its_profile_and_its_parent() throws CollectorFailure {
    FakeNvml.Device gpu = nvml.h200(0);
    nvml.split(gpu, "1g.18gb", 1, 4);
    GpuCollector collector = everything();
    round(collector);

    Told told = round(collector);

    String second =
        "{DCGM_FI_DRIVER_VERSION=\"590.48.01\", GPU_I_ID=\"5\", GPU_I_PROFILE=\"1g.18gb\","
            + " Hostname=\"host1\", UUID=\"GPU-00000000-1111-2222-3333-44444444aBcD\","
            + " device=\"nvidia0\", gpu=\"0\", modelName=\"NVIDIA H200\","
            + " pci_bus_id=\"00000000:83:00.0\"}";
    assertThat(told.of("DCGM_FI_DEV_FB_USED" + second)).isEqualTo(929);
    assertThat(told.of("DCGM_FI_PROF_SM_ACTIVE" + second)).isEqualTo(0.12);
    assertThat(told.of("DCGM_FI_DEV_GPU_TEMP" + second)).isEqualTo(52);
    assertThat(told.types()).doesNotContainKey("DCGM_FI_DEV_GPU_UTIL");
    String smi = "{gpu_instance_id=\"5\", uuid=\"00000000-1111-2222-3333-44444444abcd\"}";
    assertThat(told.of("nvidia_smi_mig_memory_used_bytes" + smi)).isEqualTo(929L * FakeNvml.MIB);
    assertThat(told.of("nvidia_smi_mig_tensor_activity_ratio" + smi)).isEqualTo(0.15);
    assertThat(
            told.of(
                "nvidia_smi_mig_info{compute_instance_id=\"0\", gpu_instance_id=\"5\","
                    + " mig_uuid=\"00000004-aaaa-bbbb-cccc-dddddddddddd\", profile=\"1g.18gb\","
                    + " uuid=\"00000000-1111-2222-3333-44444444abcd\"}"))
        .isEqualTo(1);
    assertThat(collector.seen().getFirst().instances()).hasSize(2);
  }

  @Test
  void an_instance_that_is_taken_away_ends_and_gives_its_samples_back() throws CollectorFailure {
    FakeNvml.Device gpu = nvml.h200(0);
    nvml.split(gpu, "1g.18gb", 1, 4);
    GpuCollector collector = everything();
    round(collector);

    gpu.instances.remove(4);
    Told told = round(collector);

    assertThat(told.values().keySet())
        .filteredOn(labels -> labels.metricName().equals("nvidia_smi_mig_info"))
        .hasSize(1);
    assertThat(nvml.openSamples).isEqualTo(2);
  }

  @Test
  void who_holds_memory_is_told_with_container_image_and_model() throws CollectorFailure {
    FakeNvml.Device gpu = nvml.h200(0);
    gpu.processes.add(new NvmlProcess(4711, 30 * FakeNvml.MIB, -1, -1));
    gpu.processes.add(new NvmlProcess(4712, -1, -1, -1));
    gpu.graphics.add(new NvmlProcess(4711, 31 * FakeNvml.MIB, -1, -1));
    gpu.graphics.add(new NvmlProcess(99, FakeNvml.MIB, -1, -1));
    nvml.names.put(4711, "/usr/bin/python3");
    var owner = new ProcessOwner.Owner("docker", "a".repeat(64), "qwen", "vllm:v1", "by test");
    GpuCollector collector =
        collector(
            EnumSet.of(NamingScheme.NVIDIA_SMI),
            pid -> pid == 4711 ? owner : null,
            (pid, of) -> of == null ? "" : "qwen3");

    Told told = round(collector);

    assertThat(
            told.of(
                "oriel_gpu_process_memory_bytes{container=\"qwen\", gpu=\"0\","
                    + " image=\"vllm:v1\", model=\"qwen3\", pid=\"4711\","
                    + " uuid=\"GPU-00000000-1111-2222-3333-44444444aBcD\"}"))
        .isEqualTo(31 * FakeNvml.MIB);
    assertThat(
            told.of(
                "oriel_gpu_process_memory_bytes{gpu=\"0\", pid=\"99\","
                    + " uuid=\"GPU-00000000-1111-2222-3333-44444444aBcD\"}"))
        .isEqualTo(FakeNvml.MIB);
    assertThat(
            told.of(
                "nvidia_smi_compute_app_used_memory_bytes{pid=\"4711\","
                    + " process_name=\"/usr/bin/python3\","
                    + " uuid=\"00000000-1111-2222-3333-44444444abcd\"}"))
        .isEqualTo(30 * FakeNvml.MIB);
    assertThat(told.of("nvidia_smi_compute_apps" + SMI)).isEqualTo(2);
    assertThat(collector.seen().getFirst().processes())
        .extracting(process -> process.process().pid())
        .containsExactly(4711, 4712, 99);
  }

  @Test
  void a_lost_gpu_is_said_so_and_harms_no_other() throws CollectorFailure {
    FakeNvml.Device lost = nvml.h200(0);
    nvml.h200(1);
    GpuCollector collector = everything();
    round(collector);

    lost.gone = NvmlReturn.GPU_IS_LOST;
    Told told = round(collector);

    assertThat(told.of("oriel_gpu_answers" + OWN)).isZero();
    assertThat(out.failures().get("gpu 0")).contains("GPU is lost", "reboot");
    assertThat(told.values().keySet())
        .filteredOn(labels -> labels.metricName().equals("DCGM_FI_DEV_GPU_TEMP"))
        .extracting(labels -> labels.get("gpu"))
        .containsExactly("1");
    assertThat(collector.seen()).extracting(SeenGpu::isLost).containsExactly(true, false);
  }

  @Test
  void a_gpu_that_can_t_be_opened_is_counted_and_tried_again() throws CollectorFailure {
    nvml.h200(0).gone = NvmlReturn.GPU_IS_LOST;
    nvml.h200(1);
    GpuCollector collector = everything();

    Told told = round(collector);

    assertThat(told.of("nvidia_gpu_num_devices")).isEqualTo(2);
    assertThat(out.failures()).containsEntry("gpus", "1 of 2 can't be opened");
    nvml.gpus.getFirst().gone = null;
    for (int i = 0; i < 20; i++) round(collector);
    assertThat(collector.seen()).hasSize(2);
    assertThat(out.failures()).isEmpty();
  }

  @Test
  void a_driver_that_goes_away_is_told_with_a_remedy_and_opened_anew() throws CollectorFailure {
    nvml.h200(0);
    GpuCollector collector = everything();
    round(collector);
    round(collector);

    nvml.gone = NvmlReturn.LIB_RM_VERSION_MISMATCH;

    assertThatThrownBy(() -> round(collector))
        .isInstanceOfSatisfying(
            CollectorFailure.class,
            e -> {
              assertThat(e.happened()).contains("driver and library differ in version");
              assertThat(e.remedy()).contains("reload the nvidia modules or reboot");
            });
    assertThat(nvml.closed).isEqualTo(1);
    assertThat(nvml.openSamples).isZero();
    assertThat(nvml.openSets).isZero();
    assertThat(collector.seen()).isEmpty();

    nvml.gone = null;
    assertThat(round(collector).of("oriel_gpu_answers" + OWN)).isEqualTo(1);
  }

  @Test
  void what_stays_away_is_tried_ever_more_seldom() {
    nvml.gone = NvmlReturn.DRIVER_NOT_LOADED;
    var tries = new int[1];
    var collector =
        new GpuCollector(
            () -> {
              tries[0]++;
              throw NvmlException.of(NvmlReturn.DRIVER_NOT_LOADED);
            },
            EnumSet.of(NamingScheme.DCGM),
            "",
            _ -> null,
            ServedModel.UNKNOWN,
            clock);

    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> collector.collect(out)).isInstanceOf(CollectorFailure.class);
    }

    assertThat(tries[0]).isBetween(8, 12);
  }

  @Test
  void a_machine_without_a_host_name_has_no_such_label() throws CollectorFailure {
    nvml.h200(0);
    var collector =
        new GpuCollector(
            () -> nvml, EnumSet.of(NamingScheme.DCGM), "", _ -> null, ServedModel.UNKNOWN, clock);

    Told told = round(collector);

    assertThat(told.values().keySet())
        .extracting(labels -> labels.get("Hostname"))
        .containsOnlyNulls();
  }

  @Test
  void the_gpus_of_the_last_round_are_there_for_the_map() throws CollectorFailure {
    nvml.h200(0);
    GpuCollector collector = everything();

    round(collector);

    assertThat(collector.seen())
        .isEqualTo(
            List.of(
                new SeenGpu(
                    0,
                    "GPU-00000000-1111-2222-3333-44444444aBcD",
                    "NVIDIA H200",
                    "00000000:83:00.0",
                    143_771L * FakeNvml.MIB,
                    false,
                    List.of(),
                    List.of())));
  }

  @Test
  void labels_of_series_are_the_same_objects_in_every_round() throws CollectorFailure {
    nvml.h200(0).processes.add(new NvmlProcess(4711, FakeNvml.MIB, -1, -1));
    GpuCollector collector = everything();
    round(collector);
    var before = new IdentityHashMap<Labels, Boolean>();
    out.forEach((_, labels, _) -> before.put(labels, true));
    round(collector); // the monitors join

    round(collector);

    out.forEach((metric, labels, _) ->
        assertThat(before.containsKey(labels) || labels.isEmpty()).as(metric.name()).isTrue());
  }
}
