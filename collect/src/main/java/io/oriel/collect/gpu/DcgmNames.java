package io.oriel.collect.gpu;

import static io.oriel.collect.gpu.Read.field;
import static io.oriel.collect.gpu.Read.mib;
import static io.oriel.collect.gpu.Read.monitor;
import static io.oriel.collect.gpu.Read.number;
import static io.oriel.collect.gpu.Read.percent;
import static io.oriel.collect.gpu.Row.counter;
import static io.oriel.collect.gpu.Row.gauge;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code DCGM_FI_*} as dcgm-exporter 4.5 tells them: memory in MiB, energy in millijoules,
 * profiling as ratios, traffic as bytes a second. The names that DCGM 4.6 gave are answered by the
 * table of aliases. Of a GPU in MIG mode each instance is told, as dcgm-exporter does, and what
 * belongs to the GPU as a whole stands at each of them.
 */
final class DcgmNames implements Scheme {
  private static final double MILLI = 0.001;
  private static final double PERCENT = 0.01;
  private static final double MIB = 1 << 20;
  private static final double KIB_TO_MB = 1024 / 1e6;

  private static final Metric XID =
      Metric.gauge("DCGM_FI_DEV_XID_ERRORS", "Code of the last XID error; 0 before the first.");

  private static final List<Row> ROWS =
      List.of(
          gauge("DCGM_FI_DEV_SM_CLOCK", "Clock of the SMs, in MHz.", number(NvmlCall.CLOCK_SM)),
          gauge(
              "DCGM_FI_DEV_MEM_CLOCK",
              "Clock of the memory, in MHz.",
              number(NvmlCall.CLOCK_MEMORY)),
          gauge(
              "DCGM_FI_DEV_MEMORY_TEMP",
              "Temperature of the memory, in C.",
              field(NvmlField.MEMORY_TEMPERATURE)),
          gauge("DCGM_FI_DEV_GPU_TEMP", "Temperature of the GPU, in C.", Read.CELSIUS),
          gauge(
              "DCGM_FI_DEV_SLOWDOWN_TEMP",
              "Temperature at which clocks go down, in C.",
              number(NvmlCall.TEMPERATURE_SLOWDOWN)),
          gauge(
              "DCGM_FI_DEV_SHUTDOWN_TEMP",
              "Temperature at which the GPU is switched off, in C.",
              number(NvmlCall.TEMPERATURE_SHUTDOWN)),
          gauge("DCGM_FI_DEV_POWER_USAGE", "Power drawn, in W.", Read::power, MILLI),
          gauge(
              "DCGM_FI_DEV_POWER_USAGE_INSTANT",
              "Power drawn at this moment, in W.",
              field(NvmlField.POWER_INSTANT),
              MILLI),
          gauge(
              "DCGM_FI_DEV_POWER_MGMT_LIMIT",
              "Limit of the power that is set, in W.",
              number(NvmlCall.POWER_LIMIT),
              MILLI),
          gauge(
              "DCGM_FI_DEV_ENFORCED_POWER_LIMIT",
              "Limit of the power that holds, in W.",
              number(NvmlCall.POWER_LIMIT_ENFORCED),
              MILLI),
          gauge(
              "DCGM_FI_DEV_POWER_MGMT_LIMIT_DEF",
              "Limit of the power by default, in W.",
              number(NvmlCall.POWER_LIMIT_DEFAULT),
              MILLI),
          gauge(
              "DCGM_FI_DEV_POWER_MGMT_LIMIT_MIN",
              "Lowest limit that can be set, in W.",
              number(NvmlCall.POWER_LIMIT_RANGE, 0),
              MILLI),
          gauge(
              "DCGM_FI_DEV_POWER_MGMT_LIMIT_MAX",
              "Highest limit that can be set, in W.",
              number(NvmlCall.POWER_LIMIT_RANGE, 1),
              MILLI),
          counter(
              "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
              "Energy since the driver was loaded, in mJ.",
              number(NvmlCall.ENERGY)),
          counter(
              "DCGM_FI_DEV_PCIE_REPLAY_COUNTER",
              "Packets sent again over PCIe.",
              number(NvmlCall.PCIE_REPLAYS)),
          gauge(
              "DCGM_FI_DEV_PCIE_LINK_GEN",
              "Generation of the PCIe link.",
              number(NvmlCall.PCIE_GENERATION)),
          gauge(
              "DCGM_FI_DEV_PCIE_LINK_WIDTH",
              "Lanes of the PCIe link.",
              number(NvmlCall.PCIE_WIDTH)),
          gauge(
              "DCGM_FI_DEV_PCIE_MAX_LINK_GEN",
              "Highest generation that the PCIe link can have.",
              number(NvmlCall.PCIE_GENERATION_MAX)),
          gauge(
              "DCGM_FI_DEV_PCIE_MAX_LINK_WIDTH",
              "Most lanes that the PCIe link can have.",
              number(NvmlCall.PCIE_WIDTH_MAX)),
          gauge(
              "DCGM_FI_DEV_GPU_UTIL",
              "Time in which kernels ran, in percent.",
              percent(NvmlCall.UTILIZATION, 0)),
          gauge(
              "DCGM_FI_DEV_MEM_COPY_UTIL",
              "Time in which memory was read or written, in percent.",
              percent(NvmlCall.UTILIZATION, 1)),
          gauge(
              "DCGM_FI_DEV_ENC_UTIL",
              "Time in which the video encoder worked, in percent.",
              percent(NvmlCall.ENCODER_UTILIZATION, 0)),
          gauge(
              "DCGM_FI_DEV_DEC_UTIL",
              "Time in which the video decoder worked, in percent.",
              percent(NvmlCall.DECODER_UTILIZATION, 0)),
          gauge(
              "DCGM_FI_DEV_PSTATE",
              "Performance state, 0 the fastest.",
              number(NvmlCall.PERFORMANCE_STATE)),
          gauge(
              "DCGM_FI_DEV_FAN_SPEED", "Speed of the fan, in percent.", number(NvmlCall.FAN_SPEED)),
          gauge(
              "DCGM_FI_DEV_CLOCK_THROTTLE_REASONS",
              "Bits of what holds the clocks down.",
              number(NvmlCall.CLOCK_EVENTS)),
          counter(
              "DCGM_FI_DEV_POWER_VIOLATION",
              "Time in which the power limit held the clocks down, in ns.",
              field(NvmlField.HELD_BY_POWER)),
          counter(
              "DCGM_FI_DEV_THERMAL_VIOLATION",
              "Time in which heat held the clocks down, in ns.",
              field(NvmlField.HELD_BY_HEAT)),
          counter(
              "DCGM_FI_DEV_SYNC_BOOST_VIOLATION",
              "Time in which sync boost held the clocks down, in ns.",
              field(NvmlField.HELD_BY_SYNC_BOOST)),
          counter(
              "DCGM_FI_DEV_BOARD_LIMIT_VIOLATION",
              "Time in which a limit of the board held the clocks down, in ns.",
              field(NvmlField.HELD_BY_BOARD_LIMIT)),
          counter(
              "DCGM_FI_DEV_LOW_UTIL_VIOLATION",
              "Time in which low utilisation held the clocks down, in ns.",
              field(NvmlField.HELD_BY_LOW_UTILIZATION)),
          counter(
              "DCGM_FI_DEV_RELIABILITY_VIOLATION",
              "Time in which reliability held the clocks down, in ns.",
              field(NvmlField.HELD_BY_RELIABILITY)),
          gauge(
              "DCGM_FI_DEV_GET_GPU_RECOVERY_ACTION",
              "What the GPU needs: 0 nothing, 1 a reset, 2 a reboot, 3 its peers drained, 4 drained and reset.",
              field(NvmlField.RECOVERY_ACTION)),
          gauge("DCGM_FI_DEV_FB_TOTAL", "Memory, in MiB.", mib(Read.TOTAL)),
          gauge("DCGM_FI_DEV_FB_FREE", "Memory that is free, in MiB.", mib(Read.FREE)),
          gauge("DCGM_FI_DEV_FB_USED", "Memory in use, in MiB.", mib(Read.USED)),
          gauge(
              "DCGM_FI_DEV_FB_RESERVED",
              "Memory that the driver reserves, in MiB.",
              mib(Read.RESERVED)),
          gauge(
              "DCGM_FI_DEV_FB_USED_PERCENT",
              "Share of the memory in use that programs can have, 0 to 1.",
              DcgmNames::usedShare),
          counter(
              "DCGM_FI_DEV_ECC_SBE_VOL_TOTAL",
              "Corrected ECC errors since the driver was loaded.",
              number(NvmlCall.ECC_CORRECTED_VOLATILE)),
          counter(
              "DCGM_FI_DEV_ECC_DBE_VOL_TOTAL",
              "Uncorrected ECC errors since the driver was loaded.",
              number(NvmlCall.ECC_UNCORRECTED_VOLATILE)),
          counter(
              "DCGM_FI_DEV_ECC_SBE_AGG_TOTAL",
              "Corrected ECC errors in the board's life.",
              number(NvmlCall.ECC_CORRECTED_AGGREGATE)),
          counter(
              "DCGM_FI_DEV_ECC_DBE_AGG_TOTAL",
              "Uncorrected ECC errors in the board's life.",
              number(NvmlCall.ECC_UNCORRECTED_AGGREGATE)),
          counter(
              "DCGM_FI_DEV_RETIRED_SBE",
              "Pages retired for corrected errors.",
              field(NvmlField.RETIRED_SINGLE_BIT)),
          counter(
              "DCGM_FI_DEV_RETIRED_DBE",
              "Pages retired for uncorrected errors.",
              field(NvmlField.RETIRED_DOUBLE_BIT)),
          counter(
              "DCGM_FI_DEV_RETIRED_PENDING",
              "Pages to be retired with the next reset.",
              field(NvmlField.RETIRED_PENDING)),
          counter(
              "DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS",
              "Rows of memory remapped for uncorrectable errors.",
              number(NvmlCall.REMAPPED_ROWS, 1)),
          counter(
              "DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS",
              "Rows of memory remapped for correctable errors.",
              number(NvmlCall.REMAPPED_ROWS, 0)),
          gauge(
              "DCGM_FI_DEV_ROW_REMAP_PENDING",
              "1 when a row is to be remapped with the next reset.",
              number(NvmlCall.REMAPPED_ROWS, 2)),
          gauge(
              "DCGM_FI_DEV_ROW_REMAP_FAILURE",
              "1 when remapping a row failed.",
              number(NvmlCall.REMAPPED_ROWS, 3)),
          counter(
              "DCGM_FI_DEV_NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL",
              "NVLink's checksum errors in flow control.",
              field(NvmlField.NVLINK_CRC_FLIT_ERRORS)),
          counter(
              "DCGM_FI_DEV_NVLINK_CRC_DATA_ERROR_COUNT_TOTAL",
              "NVLink's checksum errors in data.",
              field(NvmlField.NVLINK_CRC_DATA_ERRORS)),
          counter(
              "DCGM_FI_DEV_NVLINK_REPLAY_ERROR_COUNT_TOTAL",
              "NVLink's packets sent again.",
              field(NvmlField.NVLINK_REPLAY_ERRORS)),
          counter(
              "DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL",
              "NVLink's recoveries.",
              field(NvmlField.NVLINK_RECOVERY_ERRORS)),
          counter(
              "DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL",
              "Data over all NVLinks, both ways, in MB.",
              DcgmNames::nvlink,
              KIB_TO_MB),
          gauge(
              "DCGM_FI_PROF_GR_ENGINE_ACTIVE",
              "Share of time in which an engine worked, 0 to 1.",
              monitor(GpmMetric.GRAPHICS_UTILIZATION),
              PERCENT),
          gauge(
              "DCGM_FI_PROF_SM_ACTIVE",
              "Share of the SMs that had work, 0 to 1.",
              monitor(GpmMetric.SM_UTILIZATION),
              PERCENT),
          gauge(
              "DCGM_FI_PROF_SM_OCCUPANCY",
              "Share of the possible warps that were resident, 0 to 1.",
              monitor(GpmMetric.SM_OCCUPANCY),
              PERCENT),
          gauge(
              "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE",
              "Share of cycles in which the tensor cores worked, 0 to 1.",
              monitor(GpmMetric.TENSOR),
              PERCENT),
          gauge(
              "DCGM_FI_PROF_PIPE_TENSOR_IMMA_ACTIVE",
              "The same, for integers.",
              monitor(GpmMetric.TENSOR_IMMA),
              PERCENT),
          gauge(
              "DCGM_FI_PROF_PIPE_TENSOR_HMMA_ACTIVE",
              "The same, for half precision.",
              monitor(GpmMetric.TENSOR_HMMA),
              PERCENT),
          gauge(
              "DCGM_FI_PROF_PIPE_TENSOR_DFMA_ACTIVE",
              "The same, for double precision.",
              monitor(GpmMetric.TENSOR_DFMA),
              PERCENT),
          gauge(
              "DCGM_FI_PROF_DRAM_ACTIVE",
              "Share of the memory's bandwidth in use, 0 to 1.",
              monitor(GpmMetric.DRAM_BANDWIDTH),
              PERCENT),
          gauge(
              "DCGM_FI_PROF_PIPE_FP64_ACTIVE",
              "Share of cycles with double precision, 0 to 1.",
              monitor(GpmMetric.FP64),
              PERCENT),
          gauge(
              "DCGM_FI_PROF_PIPE_FP32_ACTIVE",
              "Share of cycles with single precision, 0 to 1.",
              monitor(GpmMetric.FP32),
              PERCENT),
          gauge(
              "DCGM_FI_PROF_PIPE_FP16_ACTIVE",
              "Share of cycles with half precision, 0 to 1.",
              monitor(GpmMetric.FP16),
              PERCENT),
          gauge(
              "DCGM_FI_PROF_PIPE_INT_ACTIVE",
              "Share of cycles with integers, 0 to 1.",
              monitor(GpmMetric.INTEGER),
              PERCENT),
          gauge(
              "DCGM_FI_PROF_PCIE_TX_BYTES",
              "Sent over PCIe, in bytes a second.",
              monitor(GpmMetric.PCIE_TRANSMIT),
              MIB),
          gauge(
              "DCGM_FI_PROF_PCIE_RX_BYTES",
              "Received over PCIe, in bytes a second.",
              monitor(GpmMetric.PCIE_RECEIVE),
              MIB),
          gauge(
              "DCGM_FI_PROF_NVLINK_TX_BYTES",
              "Sent over NVLink, in bytes a second.",
              monitor(GpmMetric.NVLINK_TRANSMIT),
              MIB),
          gauge(
              "DCGM_FI_PROF_NVLINK_RX_BYTES",
              "Received over NVLink, in bytes a second.",
              monitor(GpmMetric.NVLINK_RECEIVE),
              MIB));

  private static final Metric COUNT =
      Metric.counter("DCGM_FI_DEV_COUNT", "How many GPUs the machine has.");

  private final String host;
  private String driver = "";
  private final Map<Object, Labels> labels = new HashMap<>(); // of GPUs and instances

  /**
   * @param host goes into the label Hostname; empty for none
   */
  DcgmNames(String host) {
    this.host = host;
  }

  /** As DCGM reckons: what the driver reserves is no program's. */
  private static double usedShare(Source source) throws NvmlException {
    double total = Read.TOTAL.of(source) - Read.RESERVED.of(source);
    if (total <= 0) throw NvmlException.of(NvmlReturn.NO_DATA);
    return Read.USED.of(source) / total;
  }

  private static double nvlink(Source source) throws NvmlException {
    return source.field(NvmlField.NVLINK_TRANSMITTED) + source.field(NvmlField.NVLINK_RECEIVED);
  }

  @Override
  public List<Metric> metrics() {
    var all = new ArrayList<>(List.of(XID, COUNT));
    ROWS.forEach(row -> all.add(row.metric()));
    return all;
  }

  @Override
  public void see(Machine machine) {
    labels.clear();
    driver = machine.driver();
  }

  @Override
  public void tellMachine(Round round, Readings out) {
    // every series is a GPU's
  }

  @Override
  public void tell(Gpu gpu, Round round, Readings out) throws NvmlException {
    if (gpu.instances().isEmpty()) {
      tell(gpu, round, labels.computeIfAbsent(gpu, _ -> labels(gpu).build()), out);
      return;
    }
    for (GpuInstance each : gpu.instances()) {
      tell(each, round, labels.computeIfAbsent(each, _ -> labels(each)), out);
    }
    if (labels.size() > 64 * round.machine().gpus().size()) labels.clear(); // instances that left
  }

  private static void tell(Source source, Round round, Labels labels, Readings out)
      throws NvmlException {
    Row.tell(ROWS, source, labels, out);
    out.tell(COUNT, labels, round.machine().expected());
    round.xids().tellLast(XID, source.gpu(), labels, out);
  }

  private Labels labels(GpuInstance instance) {
    return labels(instance.gpu())
        .set("GPU_I_ID", Integer.toString(instance.id()))
        .set("GPU_I_PROFILE", instance.profile())
        .build();
  }

  private Labels.Builder labels(Gpu gpu) {
    Labels.Builder all =
        Labels.builder()
            .set("gpu", Integer.toString(gpu.index()))
            .set("UUID", gpu.uuid())
            .set("pci_bus_id", gpu.pci().busId())
            .set("device", "nvidia" + minor(gpu))
            .set("modelName", gpu.name());
    if (!host.isEmpty()) all.set("Hostname", host);
    if (!driver.isEmpty()) all.set("DCGM_FI_DRIVER_VERSION", driver);
    return all;
  }

  private static int minor(Gpu gpu) {
    try {
      return (int) gpu.number(NvmlCall.MINOR_NUMBER, 0);
    } catch (NvmlException _) {
      return gpu.index();
    }
  }
}
