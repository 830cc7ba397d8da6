package io.oriel.simulate.gpu;

import io.oriel.collect.gpu.GpmMetric;
import io.oriel.collect.gpu.NvmlCall;
import io.oriel.collect.gpu.NvmlField;
import io.oriel.collect.gpu.NvmlText;
import io.oriel.simulate.world.GpuProcess;
import io.oriel.simulate.world.GpuState;
import io.oriel.simulate.world.World;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Takes reports from the world. What never changes is that of a real H200. */
public final class GpuReports {
  private static final double MIB = 1 << 20;
  private static final int[] BUSES = {0x19, 0x3b, 0x4c, 0x5d, 0x9b, 0xbb, 0xcb, 0xdb};
  private static final long IDLE = 0x1;
  private static final long BY_POWER = 0x4;
  private static final long SLOWED = 0x8;
  private static final long BY_HEAT = 0x20;
  private static final long BY_HARD_HEAT = 0x40;

  private GpuReports() {}

  public static FleetReport of(World world) {
    List<FleetReport.XidReport> xids =
        world.xids().stream()
            .map(each -> new FleetReport.XidReport(each.number(), each.gpu(), each.code()))
            .toList();
    List<GpuReport> gpus = world.gpus().stream().map(GpuReports::of).toList();
    return new FleetReport(world.nowMs(), world.isDown(), gpus, xids);
  }

  private static GpuReport of(GpuState gpu) {
    int bus = BUSES[gpu.index()];
    var processes = new ArrayList<GpuReport.Holder>();
    for (GpuProcess each : gpu.processes()) {
      processes.add(new GpuReport.Holder(each.pid(), each.name(), each.bytes()));
    }
    return new GpuReport(
        "00000000:%02X:00.0".formatted(bus),
        bus,
        texts(gpu),
        numbers(gpu),
        fields(gpu),
        monitors(gpu),
        processes);
  }

  private static Map<NvmlText, String> texts(GpuState gpu) {
    var all = new EnumMap<NvmlText, String>(NvmlText.class);
    all.put(NvmlText.NAME, "NVIDIA H200");
    all.put(NvmlText.UUID, gpu.uuid());
    all.put(NvmlText.SERIAL, gpu.serial());
    all.put(NvmlText.VBIOS, "96.00.A5.00.03");
    all.put(NvmlText.INFOROM_OEM, "2.1");
    all.put(NvmlText.INFOROM_ECC, "7.16");
    return all;
  }

  private static Map<NvmlCall, long[]> numbers(GpuState gpu) {
    var all = new EnumMap<NvmlCall, long[]>(NvmlCall.class);
    constants(gpu, all);
    put(all, NvmlCall.UTILIZATION, whole(gpu.utilization()), whole(gpu.memoryUtilization()));
    long used = gpu.usedBytes();
    long reserved = GpuState.RESERVED_BYTES;
    long total = GpuState.TOTAL_BYTES;
    put(all, NvmlCall.MEMORY, total, reserved, total - reserved - used, used);
    put(all, NvmlCall.MEMORY_OLDER, total, total - reserved - used, used + reserved);
    put(all, NvmlCall.TEMPERATURE, whole(gpu.celsius()));
    put(all, NvmlCall.TEMPERATURE_OLDER, whole(gpu.celsius()));
    long margin = GpuState.SLOWDOWN_CELSIUS - whole(gpu.celsius());
    put(all, NvmlCall.TEMPERATURE_MARGIN, margin);
    put(all, NvmlCall.POWER_USAGE, whole(gpu.watts() * 1000));
    put(all, NvmlCall.ENERGY, whole(gpu.joules() * 1000));
    clocks(gpu, all);
    put(all, NvmlCall.CLOCK_EVENTS, events(gpu));
    return all;
  }

  private static void clocks(GpuState gpu, Map<NvmlCall, long[]> all) {
    put(all, NvmlCall.CLOCK_GRAPHICS, gpu.smMhz());
    put(all, NvmlCall.CLOCK_SM, gpu.smMhz());
    put(all, NvmlCall.CLOCK_MEMORY, GpuState.MEMORY_MHZ);
    put(all, NvmlCall.CLOCK_VIDEO, gpu.smMhz() == GpuState.SLOWEST_MHZ ? 765 : 1545);
  }

  private static long events(GpuState gpu) {
    if (gpu.isHot()) return SLOWED | BY_HEAT | BY_HARD_HEAT;
    if (gpu.isCapped()) return BY_POWER;
    return gpu.isIdle() ? IDLE : 0;
  }

  private static void constants(GpuState gpu, Map<NvmlCall, long[]> all) {
    long limit = ((long) GpuState.POWER_LIMIT) * 1000;
    put(all, NvmlCall.POWER_LIMIT, limit);
    put(all, NvmlCall.POWER_LIMIT_ENFORCED, limit);
    put(all, NvmlCall.POWER_LIMIT_DEFAULT, limit);
    put(all, NvmlCall.POWER_LIMIT_RANGE, 200_000, limit);
    put(all, NvmlCall.CLOCK_GRAPHICS_MAX, GpuState.FASTEST_MHZ);
    put(all, NvmlCall.CLOCK_SM_MAX, GpuState.FASTEST_MHZ);
    put(all, NvmlCall.CLOCK_MEMORY_MAX, GpuState.MEMORY_MHZ);
    put(all, NvmlCall.CLOCK_EVENTS_SUPPORTED, 511);
    put(all, NvmlCall.TEMPERATURE_SHUTDOWN, 92);
    put(all, NvmlCall.TEMPERATURE_SLOWDOWN, GpuState.SLOWDOWN_CELSIUS + 2);
    put(all, NvmlCall.TEMPERATURE_MEMORY_MAX, 95);
    put(all, NvmlCall.TEMPERATURE_GPU_MAX, GpuState.SLOWDOWN_CELSIUS);
    for (NvmlCall zero : ZEROS) all.put(zero, new long[zero.size()]);
    for (NvmlCall one : ONES) {
      var ones = new long[one.size()];
      java.util.Arrays.fill(ones, 1);
      all.put(one, ones);
    }
    put(all, NvmlCall.REMAP_HISTOGRAM, 3072, 0, 0, 0, 0);
    put(all, NvmlCall.PCIE_GENERATION, 5);
    put(all, NvmlCall.PCIE_GENERATION_MAX, 5);
    put(all, NvmlCall.PCIE_GENERATION_GPU_MAX, 5);
    put(all, NvmlCall.PCIE_WIDTH, 16);
    put(all, NvmlCall.PCIE_WIDTH_MAX, 16);
    put(all, NvmlCall.MINOR_NUMBER, gpu.index());
    put(all, NvmlCall.COMPUTE_CAPABILITY, 9, 0);
    put(all, NvmlCall.ACCOUNTING_BUFFER, 4000);
    put(all, NvmlCall.FABRIC, 0, 3);
    put(all, NvmlCall.PLATFORM, 0, 0, 1, gpu.index() + 1);
  }

  private static final List<NvmlCall> ZEROS =
      List.of(
          NvmlCall.ENCODER_UTILIZATION,
          NvmlCall.DECODER_UTILIZATION,
          NvmlCall.JPEG_UTILIZATION,
          NvmlCall.OFA_UTILIZATION,
          NvmlCall.PROTECTED_MEMORY,
          NvmlCall.PERFORMANCE_STATE,
          NvmlCall.ECC_CORRECTED_VOLATILE,
          NvmlCall.ECC_CORRECTED_AGGREGATE,
          NvmlCall.ECC_UNCORRECTED_VOLATILE,
          NvmlCall.ECC_UNCORRECTED_AGGREGATE,
          NvmlCall.ECC_CORRECTED_VOLATILE_DRAM,
          NvmlCall.ECC_CORRECTED_AGGREGATE_DRAM,
          NvmlCall.ECC_UNCORRECTED_VOLATILE_DRAM,
          NvmlCall.ECC_UNCORRECTED_AGGREGATE_DRAM,
          NvmlCall.ECC_CORRECTED_VOLATILE_SRAM,
          NvmlCall.ECC_CORRECTED_AGGREGATE_SRAM,
          NvmlCall.ECC_UNCORRECTED_VOLATILE_SRAM,
          NvmlCall.ECC_UNCORRECTED_AGGREGATE_SRAM,
          NvmlCall.ECC_SRAM,
          NvmlCall.REMAPPED_ROWS,
          NvmlCall.PCIE_REPLAYS,
          NvmlCall.MIG_MODE,
          NvmlCall.MIG_DEVICES_MAX,
          NvmlCall.COMPUTE_MODE,
          NvmlCall.DISPLAY_ACTIVE,
          NvmlCall.ACCOUNTING_MODE,
          NvmlCall.C2C_MODE,
          NvmlCall.ENCODER_SESSIONS);

  private static final List<NvmlCall> ONES =
      List.of(
          NvmlCall.ECC_MODE,
          NvmlCall.PERSISTENCE_MODE,
          NvmlCall.DISPLAY_ATTACHED,
          NvmlCall.GSP_MODE);

  private static Map<NvmlField, Double> fields(GpuState gpu) {
    var all = new EnumMap<NvmlField, Double>(NvmlField.class);
    for (NvmlField each : NvmlField.values()) all.put(each, 0.0);
    for (NvmlField each : NOT_SUPPORTED) all.remove(each);
    all.put(NvmlField.MEMORY_TEMPERATURE, (double) whole(gpu.memoryCelsius()));
    all.put(NvmlField.NVLINKS, 18.0);
    all.put(NvmlField.NVLINK_TRANSMITTED, Math.floor(gpu.linkBytes() / 1024));
    all.put(NvmlField.NVLINK_RECEIVED, Math.floor(gpu.linkBytes() / 1024));
    all.put(NvmlField.POWER_AVERAGE, (double) whole(gpu.watts() * 1000));
    all.put(NvmlField.POWER_INSTANT, (double) whole(gpu.watts() * 998));
    all.put(NvmlField.PCIE_TRANSMITTED, Math.floor(gpu.pcieBytes() * 0.6));
    all.put(NvmlField.PCIE_RECEIVED, Math.floor(gpu.pcieBytes()));
    all.put(NvmlField.HELD_BY_POWER, gpu.cappedSeconds() * 1e9);
    all.put(NvmlField.HELD_BY_HEAT, gpu.hotSeconds() * 1e9);
    all.put(NvmlField.HELD_BY_SOFTWARE_HEAT, gpu.hotSeconds() * 1e9);
    all.put(NvmlField.HELD_BY_HARDWARE_HEAT, gpu.hotSeconds() * 1e9);
    all.put(NvmlField.EDPP_MULTIPLIER, 100.0);
    return all;
  }

  /** Retired pages were replaced by remapped rows before Hopper. */
  private static final List<NvmlField> NOT_SUPPORTED =
      List.of(
          NvmlField.RETIRED_SINGLE_BIT, NvmlField.RETIRED_DOUBLE_BIT, NvmlField.RETIRED_PENDING);

  private static Map<GpmMetric, Double> monitors(GpuState gpu) {
    var all = new EnumMap<GpmMetric, Double>(GpmMetric.class);
    for (GpmMetric each : GpmMetric.values()) all.put(each, 0.0);
    double active = 100 * gpu.activeSeconds();
    double tensor = 100 * gpu.tensorSeconds();
    all.put(GpmMetric.GRAPHICS_UTILIZATION, active);
    all.put(GpmMetric.SM_UTILIZATION, active * 0.93);
    all.put(GpmMetric.SM_OCCUPANCY, active * 0.31);
    all.put(GpmMetric.INTEGER, tensor * 0.4);
    all.put(GpmMetric.TENSOR, tensor);
    all.put(GpmMetric.TENSOR_HMMA, tensor * 0.97);
    all.put(GpmMetric.DRAM_BANDWIDTH, 100 * gpu.memorySeconds());
    all.put(GpmMetric.FP32, tensor * 0.22);
    all.put(GpmMetric.FP16, tensor * 0.08);
    all.put(GpmMetric.PCIE_TRANSMIT, gpu.pcieBytes() * 0.6 / MIB);
    all.put(GpmMetric.PCIE_RECEIVE, gpu.pcieBytes() / MIB);
    all.put(GpmMetric.NVLINK_RECEIVE, gpu.linkBytes() / MIB);
    all.put(GpmMetric.NVLINK_TRANSMIT, gpu.linkBytes() / MIB);
    return all;
  }

  private static void put(Map<NvmlCall, long[]> all, NvmlCall call, long... numbers) {
    all.put(call, numbers);
  }

  private static long whole(double value) {
    return Math.round(value);
  }
}
