package io.oriel.collect.gpu;

import static io.oriel.collect.gpu.Read.clockEvent;
import static io.oriel.collect.gpu.Read.field;
import static io.oriel.collect.gpu.Read.number;
import static io.oriel.collect.gpu.Read.percent;

import io.oriel.collect.gpu.Row.Reads;
import java.util.List;

/**
 * The table of {@code nvidia_smi_*}: a row for what nvidia-smi can be asked, whose word for it is
 * the help, as in nvidia_gpu_exporter; in base units.
 */
final class SmiRows {
  private static final double MILLI = 0.001;
  private static final double NANO = 1e-9;
  private static final double PERCENT = 0.01;
  private static final double MHZ = 1e6;

  static final List<Row> ROWS =
      List.of(
          smi(
              "accounting_buffer_size",
              "accounting.buffer_size",
              number(NvmlCall.ACCOUNTING_BUFFER)),
          smi("accounting_mode", "accounting.mode", number(NvmlCall.ACCOUNTING_MODE)),
          smi("c2c_mode", "c2c.mode", number(NvmlCall.C2C_MODE)),
          smi(
              "clocks_current_graphics_clock_hz",
              "clocks.current.graphics [MHz]",
              number(NvmlCall.CLOCK_GRAPHICS),
              MHZ),
          smi(
              "clocks_current_memory_clock_hz",
              "clocks.current.memory [MHz]",
              number(NvmlCall.CLOCK_MEMORY),
              MHZ),
          smi(
              "clocks_current_sm_clock_hz",
              "clocks.current.sm [MHz]",
              number(NvmlCall.CLOCK_SM),
              MHZ),
          smi(
              "clocks_current_video_clock_hz",
              "clocks.current.video [MHz]",
              number(NvmlCall.CLOCK_VIDEO),
              MHZ),
          smi(
              "clocks_event_reasons_active",
              "clocks_event_reasons.active",
              number(NvmlCall.CLOCK_EVENTS)),
          smi(
              "clocks_event_reasons_supported",
              "clocks_event_reasons.supported",
              number(NvmlCall.CLOCK_EVENTS_SUPPORTED)),
          smi(
              "clocks_event_reasons_gpu_idle",
              "clocks_event_reasons.gpu_idle",
              clockEvent(GpuTroubles.IDLE)),
          smi(
              "clocks_event_reasons_applications_clocks_setting",
              "clocks_event_reasons.applications_clocks_setting",
              clockEvent(GpuTroubles.APPLICATION_CLOCKS)),
          smi(
              "clocks_event_reasons_sw_power_cap",
              "clocks_event_reasons.sw_power_cap",
              clockEvent(GpuTroubles.SW_POWER_CAP)),
          smi(
              "clocks_event_reasons_hw_slowdown",
              "clocks_event_reasons.hw_slowdown",
              clockEvent(GpuTroubles.HW_SLOWDOWN)),
          smi(
              "clocks_event_reasons_sync_boost",
              "clocks_event_reasons.sync_boost",
              clockEvent(GpuTroubles.SYNC_BOOST)),
          smi(
              "clocks_event_reasons_sw_thermal_slowdown",
              "clocks_event_reasons.sw_thermal_slowdown",
              clockEvent(GpuTroubles.SW_THERMAL)),
          smi(
              "clocks_event_reasons_hw_thermal_slowdown",
              "clocks_event_reasons.hw_thermal_slowdown",
              clockEvent(GpuTroubles.HW_THERMAL)),
          smi(
              "clocks_event_reasons_hw_power_brake_slowdown",
              "clocks_event_reasons.hw_power_brake_slowdown",
              clockEvent(GpuTroubles.HW_POWER_BRAKE)),
          smi(
              "clocks_event_reasons_counters_hw_power_brake_slowdown_seconds",
              "clocks_event_reasons_counters.hw_power_brake_slowdown",
              field(NvmlField.HELD_BY_POWER_BRAKE),
              NANO),
          smi(
              "clocks_event_reasons_counters_hw_thermal_slowdown_seconds",
              "clocks_event_reasons_counters.hw_thermal_slowdown",
              field(NvmlField.HELD_BY_HARDWARE_HEAT),
              NANO),
          smi(
              "clocks_event_reasons_counters_sw_power_cap_seconds",
              "clocks_event_reasons_counters.sw_power_cap",
              field(NvmlField.HELD_BY_POWER),
              NANO),
          smi(
              "clocks_event_reasons_counters_sw_thermal_slowdown_seconds",
              "clocks_event_reasons_counters.sw_thermal_slowdown",
              field(NvmlField.HELD_BY_SOFTWARE_HEAT),
              NANO),
          smi(
              "clocks_event_reasons_counters_sync_boost_seconds",
              "clocks_event_reasons_counters.sync_boost",
              field(NvmlField.HELD_BY_SYNC_BOOST),
              NANO),
          smi(
              "clocks_max_graphics_clock_hz",
              "clocks.max.graphics [MHz]",
              number(NvmlCall.CLOCK_GRAPHICS_MAX),
              MHZ),
          smi(
              "clocks_max_memory_clock_hz",
              "clocks.max.memory [MHz]",
              number(NvmlCall.CLOCK_MEMORY_MAX),
              MHZ),
          smi("clocks_max_sm_clock_hz", "clocks.max.sm [MHz]", number(NvmlCall.CLOCK_SM_MAX), MHZ),
          smi("compute_cap", "compute_cap", SmiRows::computeCapability),
          smi("compute_mode", "compute_mode", number(NvmlCall.COMPUTE_MODE)),
          smi("count", "count", source -> source.gpu().siblings()),
          smi("display_active", "display_active", number(NvmlCall.DISPLAY_ACTIVE)),
          smi("display_attached", "display_attached", number(NvmlCall.DISPLAY_ATTACHED)),
          smi(
              "ecc_errors_corrected_aggregate_device_memory",
              "ecc.errors.corrected.aggregate.device_memory",
              number(NvmlCall.ECC_CORRECTED_AGGREGATE_DRAM)),
          smi(
              "ecc_errors_corrected_aggregate_dram",
              "ecc.errors.corrected.aggregate.dram",
              number(NvmlCall.ECC_CORRECTED_AGGREGATE_DRAM)),
          smi(
              "ecc_errors_corrected_aggregate_sram",
              "ecc.errors.corrected.aggregate.sram",
              number(NvmlCall.ECC_CORRECTED_AGGREGATE_SRAM)),
          smi(
              "ecc_errors_corrected_aggregate_total",
              "ecc.errors.corrected.aggregate.total",
              number(NvmlCall.ECC_CORRECTED_AGGREGATE)),
          smi(
              "ecc_errors_corrected_volatile_device_memory",
              "ecc.errors.corrected.volatile.device_memory",
              number(NvmlCall.ECC_CORRECTED_VOLATILE_DRAM)),
          smi(
              "ecc_errors_corrected_volatile_dram",
              "ecc.errors.corrected.volatile.dram",
              number(NvmlCall.ECC_CORRECTED_VOLATILE_DRAM)),
          smi(
              "ecc_errors_corrected_volatile_sram",
              "ecc.errors.corrected.volatile.sram",
              number(NvmlCall.ECC_CORRECTED_VOLATILE_SRAM)),
          smi(
              "ecc_errors_corrected_volatile_total",
              "ecc.errors.corrected.volatile.total",
              number(NvmlCall.ECC_CORRECTED_VOLATILE)),
          smi(
              "ecc_errors_uncorrected_aggregate_device_memory",
              "ecc.errors.uncorrected.aggregate.device_memory",
              number(NvmlCall.ECC_UNCORRECTED_AGGREGATE_DRAM)),
          smi(
              "ecc_errors_uncorrected_aggregate_dram",
              "ecc.errors.uncorrected.aggregate.dram",
              number(NvmlCall.ECC_UNCORRECTED_AGGREGATE_DRAM)),
          smi(
              "ecc_errors_uncorrected_aggregate_sram",
              "ecc.errors.uncorrected.aggregate.sram",
              number(NvmlCall.ECC_UNCORRECTED_AGGREGATE_SRAM)),
          smi(
              "ecc_errors_uncorrected_aggregate_total",
              "ecc.errors.uncorrected.aggregate.total",
              number(NvmlCall.ECC_UNCORRECTED_AGGREGATE)),
          smi(
              "ecc_errors_uncorrected_volatile_device_memory",
              "ecc.errors.uncorrected.volatile.device_memory",
              number(NvmlCall.ECC_UNCORRECTED_VOLATILE_DRAM)),
          smi(
              "ecc_errors_uncorrected_volatile_dram",
              "ecc.errors.uncorrected.volatile.dram",
              number(NvmlCall.ECC_UNCORRECTED_VOLATILE_DRAM)),
          smi(
              "ecc_errors_uncorrected_volatile_sram",
              "ecc.errors.uncorrected.volatile.sram",
              number(NvmlCall.ECC_UNCORRECTED_VOLATILE_SRAM)),
          smi(
              "ecc_errors_uncorrected_volatile_total",
              "ecc.errors.uncorrected.volatile.total",
              number(NvmlCall.ECC_UNCORRECTED_VOLATILE)),
          smi(
              "ecc_errors_uncorrected_aggregate_sram_parity",
              "ecc.errors.uncorrected.aggregate.sram.parity",
              number(NvmlCall.ECC_SRAM, 0)),
          smi(
              "ecc_errors_uncorrected_aggregate_sram_secded",
              "ecc.errors.uncorrected.aggregate.sram.secded",
              number(NvmlCall.ECC_SRAM, 1)),
          smi(
              "ecc_errors_uncorrected_volatile_sram_parity",
              "ecc.errors.uncorrected.volatile.sram.parity",
              number(NvmlCall.ECC_SRAM, 2)),
          smi(
              "ecc_errors_uncorrected_volatile_sram_secded",
              "ecc.errors.uncorrected.volatile.sram.secded",
              number(NvmlCall.ECC_SRAM, 3)),
          smi(
              "ecc_errors_uncorrected_aggregate_sram_l2",
              "ecc.errors.uncorrected.aggregate.sram.l2",
              number(NvmlCall.ECC_SRAM, 4)),
          smi(
              "ecc_errors_uncorrected_aggregate_sram_sm",
              "ecc.errors.uncorrected.aggregate.sram.sm",
              number(NvmlCall.ECC_SRAM, 5)),
          smi(
              "ecc_errors_uncorrected_aggregate_sram_pcie",
              "ecc.errors.uncorrected.aggregate.sram.pcie",
              number(NvmlCall.ECC_SRAM, 6)),
          smi(
              "ecc_errors_uncorrected_aggregate_sram_mcu",
              "ecc.errors.uncorrected.aggregate.sram.mcu",
              number(NvmlCall.ECC_SRAM, 7)),
          smi(
              "ecc_errors_uncorrected_aggregate_sram_other",
              "ecc.errors.uncorrected.aggregate.sram.other",
              number(NvmlCall.ECC_SRAM, 8)),
          smi(
              "ecc_errors_uncorrected_aggregate_sram_threshold_exceeded",
              "ecc.errors.uncorrected.aggregate.sram.thresholdExceeded",
              number(NvmlCall.ECC_SRAM, 9)),
          smi("ecc_mode_current", "ecc.mode.current", number(NvmlCall.ECC_MODE, 0)),
          smi("ecc_mode_pending", "ecc.mode.pending", number(NvmlCall.ECC_MODE, 1)),
          smi(
              "edpp_multiplier_ratio",
              "edpp_multiplier [%]",
              field(NvmlField.EDPP_MULTIPLIER),
              PERCENT),
          smi(
              "encoder_stats_session_count",
              "encoder.stats.sessionCount",
              number(NvmlCall.ENCODER_SESSIONS, 0)),
          smi(
              "encoder_stats_average_fps",
              "encoder.stats.averageFps",
              number(NvmlCall.ENCODER_SESSIONS, 1)),
          smi(
              "encoder_stats_average_latency",
              "encoder.stats.averageLatency",
              number(NvmlCall.ENCODER_SESSIONS, 2)),
          smi(
              "enforced_power_limit_watts",
              "enforced.power.limit [W]",
              number(NvmlCall.POWER_LIMIT_ENFORCED),
              MILLI),
          smi("fabric_clique_id", "fabric.cliqueId", fabric(0)),
          smi("fabric_state", "fabric.state", fabric(1)),
          smi("fan_speed_ratio", "fan.speed [%]", number(NvmlCall.FAN_SPEED), PERCENT),
          smi("gpu_recovery_action", "gpu_recovery_action", field(NvmlField.RECOVERY_ACTION)),
          smi("gsp_mode_current", "gsp.mode.current", number(NvmlCall.GSP_MODE, 0)),
          smi("gsp_mode_default", "gsp.mode.default", number(NvmlCall.GSP_MODE, 1)),
          smi("index", "index", source -> source.gpu().index()),
          smi("inforom_ecc", "inforom.ecc", text(NvmlText.INFOROM_ECC)),
          smi("inforom_oem", "inforom.oem", text(NvmlText.INFOROM_OEM)),
          smi("memory_free_bytes", "memory.free [MiB]", Read.FREE),
          smi("memory_reserved_bytes", "memory.reserved [MiB]", Read.RESERVED),
          smi("memory_total_bytes", "memory.total [MiB]", Read.TOTAL),
          smi("memory_used_bytes", "memory.used [MiB]", Read.USED),
          smi("mig_mode_current", "mig.mode.current", number(NvmlCall.MIG_MODE, 0)),
          smi("mig_mode_pending", "mig.mode.pending", number(NvmlCall.MIG_MODE, 1)),
          smi("pci_bus", "pci.bus", source -> source.gpu().pci().bus()),
          smi("pci_device", "pci.device", source -> source.gpu().pci().device()),
          smi("pci_device_id", "pci.device_id", source -> source.gpu().pci().deviceId()),
          smi("pci_domain", "pci.domain", source -> source.gpu().pci().domain()),
          smi("pci_sub_device_id", "pci.sub_device_id", source -> source.gpu().pci().subsystemId()),
          smi("pcie_link_gen_current", "pcie.link.gen.current", number(NvmlCall.PCIE_GENERATION)),
          smi(
              "pcie_link_gen_gpucurrent",
              "pcie.link.gen.gpucurrent",
              number(NvmlCall.PCIE_GENERATION)),
          smi(
              "pcie_link_gen_gpumax",
              "pcie.link.gen.gpumax",
              number(NvmlCall.PCIE_GENERATION_GPU_MAX)),
          smi("pcie_link_gen_max", "pcie.link.gen.max", number(NvmlCall.PCIE_GENERATION_MAX)),
          smi("pcie_link_width_current", "pcie.link.width.current", number(NvmlCall.PCIE_WIDTH)),
          smi("pcie_link_width_max", "pcie.link.width.max", number(NvmlCall.PCIE_WIDTH_MAX)),
          smi(
              "pcie_throughput_rx_bytes_per_second",
              "Received over PCIe.",
              source -> source.gpu().pcie().receive()),
          smi(
              "pcie_throughput_tx_bytes_per_second",
              "Sent over PCIe.",
              source -> source.gpu().pcie().transmit()),
          smi("persistence_mode", "persistence_mode", number(NvmlCall.PERSISTENCE_MODE)),
          smi("platform_host_id", "platform.host_id", number(NvmlCall.PLATFORM, 2)),
          smi("platform_module_id", "platform.module_id", number(NvmlCall.PLATFORM, 3)),
          smi("platform_slot_number", "platform.slot_number", number(NvmlCall.PLATFORM, 0)),
          smi("platform_tray_index", "platform.tray_index", number(NvmlCall.PLATFORM, 1)),
          smi(
              "power_default_limit_watts",
              "power.default_limit [W]",
              number(NvmlCall.POWER_LIMIT_DEFAULT),
              MILLI),
          smi(
              "power_draw_average_watts",
              "power.draw.average [W]",
              field(NvmlField.POWER_AVERAGE),
              MILLI),
          smi(
              "power_draw_instant_watts",
              "power.draw.instant [W]",
              field(NvmlField.POWER_INSTANT),
              MILLI),
          smi("power_draw_watts", "power.draw [W]", Read::power, MILLI),
          smi("power_limit_watts", "power.limit [W]", number(NvmlCall.POWER_LIMIT), MILLI),
          smi(
              "power_max_limit_watts",
              "power.max_limit [W]",
              number(NvmlCall.POWER_LIMIT_RANGE, 1),
              MILLI),
          smi(
              "power_min_limit_watts",
              "power.min_limit [W]",
              number(NvmlCall.POWER_LIMIT_RANGE, 0),
              MILLI),
          smi(
              "protected_memory_free_bytes",
              "protected_memory.free [MiB]",
              number(NvmlCall.PROTECTED_MEMORY, 1)),
          smi(
              "protected_memory_total_bytes",
              "protected_memory.total [MiB]",
              number(NvmlCall.PROTECTED_MEMORY, 0)),
          smi(
              "protected_memory_used_bytes",
              "protected_memory.used [MiB]",
              number(NvmlCall.PROTECTED_MEMORY, 2)),
          smi("pstate", "pstate", number(NvmlCall.PERFORMANCE_STATE)),
          smi(
              "remapped_rows_correctable",
              "remapped_rows.correctable",
              number(NvmlCall.REMAPPED_ROWS, 0)),
          smi(
              "remapped_rows_uncorrectable",
              "remapped_rows.uncorrectable",
              number(NvmlCall.REMAPPED_ROWS, 1)),
          smi("remapped_rows_pending", "remapped_rows.pending", number(NvmlCall.REMAPPED_ROWS, 2)),
          smi("remapped_rows_failure", "remapped_rows.failure", number(NvmlCall.REMAPPED_ROWS, 3)),
          smi(
              "remapped_rows_histogram_max",
              "remapped_rows.histogram.max",
              number(NvmlCall.REMAP_HISTOGRAM, 0)),
          smi(
              "remapped_rows_histogram_high",
              "remapped_rows.histogram.high",
              number(NvmlCall.REMAP_HISTOGRAM, 1)),
          smi(
              "remapped_rows_histogram_partial",
              "remapped_rows.histogram.partial",
              number(NvmlCall.REMAP_HISTOGRAM, 2)),
          smi(
              "remapped_rows_histogram_low",
              "remapped_rows.histogram.low",
              number(NvmlCall.REMAP_HISTOGRAM, 3)),
          smi(
              "remapped_rows_histogram_none",
              "remapped_rows.histogram.none",
              number(NvmlCall.REMAP_HISTOGRAM, 4)),
          smi(
              "retired_pages_single_bit_ecc_count",
              "retired_pages.single_bit_ecc.count",
              field(NvmlField.RETIRED_SINGLE_BIT)),
          smi(
              "retired_pages_double_bit_count",
              "retired_pages.double_bit.count",
              field(NvmlField.RETIRED_DOUBLE_BIT)),
          smi("retired_pages_pending", "retired_pages.pending", field(NvmlField.RETIRED_PENDING)),
          smi("serial", "serial", text(NvmlText.SERIAL)),
          smi("temperature_gpu", "temperature.gpu", Read.CELSIUS),
          smi(
              "temperature_gpu_tlimit",
              "temperature.gpu.tlimit",
              number(NvmlCall.TEMPERATURE_MARGIN)),
          smi("temperature_memory", "temperature.memory", field(NvmlField.MEMORY_TEMPERATURE)),
          smi(
              "utilization_decoder_ratio",
              "utilization.decoder [%]",
              percent(NvmlCall.DECODER_UTILIZATION, 0),
              PERCENT),
          smi(
              "utilization_encoder_ratio",
              "utilization.encoder [%]",
              percent(NvmlCall.ENCODER_UTILIZATION, 0),
              PERCENT),
          smi(
              "utilization_gpu_ratio",
              "utilization.gpu [%]",
              percent(NvmlCall.UTILIZATION, 0),
              PERCENT),
          smi(
              "utilization_jpeg_ratio",
              "utilization.jpeg [%]",
              percent(NvmlCall.JPEG_UTILIZATION, 0),
              PERCENT),
          smi(
              "utilization_memory_ratio",
              "utilization.memory [%]",
              percent(NvmlCall.UTILIZATION, 1),
              PERCENT),
          smi(
              "utilization_ofa_ratio",
              "utilization.ofa [%]",
              percent(NvmlCall.OFA_UTILIZATION, 0),
              PERCENT));

  private SmiRows() {}

  private static Row smi(String name, String help, Reads reads) {
    return smi(name, help, reads, 1);
  }

  private static Row smi(String name, String help, Reads reads, double factor) {
    return Row.gauge("nvidia_smi_" + name, help, reads, factor);
  }

  /** 9.0 as the number 9, 8.6 as 8.6. */
  private static double computeCapability(Source source) throws NvmlException {
    return source.number(NvmlCall.COMPUTE_CAPABILITY, 0)
        + source.number(NvmlCall.COMPUTE_CAPABILITY, 1) / 10;
  }

  /** Where there is no fabric, its numbers say nothing. */
  private static Reads fabric(int place) {
    return source -> {
      if (source.number(NvmlCall.FABRIC, 1) == 0) throw NvmlException.of(NvmlReturn.NOT_SUPPORTED);
      return source.number(NvmlCall.FABRIC, place);
    };
  }

  /** A text that is a number. */
  private static Reads text(NvmlText which) {
    return source -> {
      double value = source.gpu().numberIn(which);
      if (Double.isNaN(value)) throw NvmlException.of(NvmlReturn.NOT_SUPPORTED);
      return value;
    };
  }
}
