package io.oriel.collect.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Told;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is told of a GPU that is well: names, units, labels, and what is left out. */
class GpuCollectorTest extends GpuFixture {
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
}
