package io.oriel.collect.gpu;

import java.util.List;

/**
 * NVML's calls that ask a device for numbers, one row each: the function (older names after it),
 * the arguments it is called with, and where the numbers come back.
 *
 * <p>A call either takes a pointer for each number, or one pointer to a struct; the struct's size,
 * its version and the offsets are those of NVML 13 on 64-bit Linux. A test builds a library from
 * the same structs and holds this table to it.
 */
public enum NvmlCall {
  /** Percent of time: kernels running, memory busy. */
  UTILIZATION(struct(8, 0, u32(0), u32(4)), "nvmlDeviceGetUtilizationRates"),
  /** Percent, sampling period in microseconds. */
  ENCODER_UTILIZATION(numbers(u32(0), u32(8)), "nvmlDeviceGetEncoderUtilization"),
  DECODER_UTILIZATION(numbers(u32(0), u32(8)), "nvmlDeviceGetDecoderUtilization"),
  JPEG_UTILIZATION(numbers(u32(0), u32(8)), "nvmlDeviceGetJpgUtilization"),
  OFA_UTILIZATION(numbers(u32(0), u32(8)), "nvmlDeviceGetOfaUtilization"),
  /** Bytes: total, reserved, free, used without the reserved. */
  MEMORY(struct(40, 2, u64(8), u64(16), u64(24), u64(32)), "nvmlDeviceGetMemoryInfo_v2"),
  /** Bytes, on drivers without the call above: total, free, used with what is reserved. */
  MEMORY_OLDER(struct(24, 0, u64(0), u64(8), u64(16)), "nvmlDeviceGetMemoryInfo"),
  /** Bytes: total, free, used. */
  PROTECTED_MEMORY(
      struct(24, 0, u64(0), u64(8), u64(16)), "nvmlDeviceGetConfComputeProtectedMemoryUsage"),

  /** Degrees Celsius; drivers without this call have the next. */
  TEMPERATURE(struct(12, 1, i32(8)), "nvmlDeviceGetTemperatureV"),
  TEMPERATURE_OLDER(numbers(u32(0)), "nvmlDeviceGetTemperature", 0),
  /** Degrees left until the clocks go down. */
  TEMPERATURE_MARGIN(struct(8, 1, i32(4)), "nvmlDeviceGetMarginTemperature"),
  TEMPERATURE_SHUTDOWN(numbers(u32(0)), "nvmlDeviceGetTemperatureThreshold", 0),
  TEMPERATURE_SLOWDOWN(numbers(u32(0)), "nvmlDeviceGetTemperatureThreshold", 1),
  TEMPERATURE_MEMORY_MAX(numbers(u32(0)), "nvmlDeviceGetTemperatureThreshold", 2),
  TEMPERATURE_GPU_MAX(numbers(u32(0)), "nvmlDeviceGetTemperatureThreshold", 3),
  /** Percent of the fastest. */
  FAN_SPEED(numbers(u32(0)), "nvmlDeviceGetFanSpeed"),

  /** Milliwatts. */
  POWER_USAGE(numbers(u32(0)), "nvmlDeviceGetPowerUsage"),
  POWER_LIMIT(numbers(u32(0)), "nvmlDeviceGetPowerManagementLimit"),
  POWER_LIMIT_ENFORCED(numbers(u32(0)), "nvmlDeviceGetEnforcedPowerLimit"),
  POWER_LIMIT_DEFAULT(numbers(u32(0)), "nvmlDeviceGetPowerManagementDefaultLimit"),
  /** Milliwatts: lowest, highest. */
  POWER_LIMIT_RANGE(numbers(u32(0), u32(8)), "nvmlDeviceGetPowerManagementLimitConstraints"),
  /** Millijoules since the driver was loaded. */
  ENERGY(numbers(u64(0)), "nvmlDeviceGetTotalEnergyConsumption"),

  /** MHz. */
  CLOCK_GRAPHICS(numbers(u32(0)), "nvmlDeviceGetClockInfo", 0),
  CLOCK_SM(numbers(u32(0)), "nvmlDeviceGetClockInfo", 1),
  CLOCK_MEMORY(numbers(u32(0)), "nvmlDeviceGetClockInfo", 2),
  CLOCK_VIDEO(numbers(u32(0)), "nvmlDeviceGetClockInfo", 3),
  CLOCK_GRAPHICS_MAX(numbers(u32(0)), "nvmlDeviceGetMaxClockInfo", 0),
  CLOCK_SM_MAX(numbers(u32(0)), "nvmlDeviceGetMaxClockInfo", 1),
  CLOCK_MEMORY_MAX(numbers(u32(0)), "nvmlDeviceGetMaxClockInfo", 2),
  /** Bits, see {@link GpuTroubles#CLOCK_EVENTS}. */
  CLOCK_EVENTS(
      numbers(u64(0)),
      List.of(
          "nvmlDeviceGetCurrentClocksEventReasons", "nvmlDeviceGetCurrentClocksThrottleReasons")),
  CLOCK_EVENTS_SUPPORTED(
      numbers(u64(0)),
      List.of(
          "nvmlDeviceGetSupportedClocksEventReasons",
          "nvmlDeviceGetSupportedClocksThrottleReasons")),
  /** 0 is the fastest, 15 the slowest, 32 unknown. */
  PERFORMANCE_STATE(numbers(i32(0)), "nvmlDeviceGetPerformanceState"),

  /** Now, after the next reset: 0 off, 1 on. */
  ECC_MODE(numbers(u32(0), u32(8)), "nvmlDeviceGetEccMode"),
  ECC_CORRECTED_VOLATILE(numbers(u64(0)), "nvmlDeviceGetTotalEccErrors", 0, 0),
  ECC_CORRECTED_AGGREGATE(numbers(u64(0)), "nvmlDeviceGetTotalEccErrors", 0, 1),
  ECC_UNCORRECTED_VOLATILE(numbers(u64(0)), "nvmlDeviceGetTotalEccErrors", 1, 0),
  ECC_UNCORRECTED_AGGREGATE(numbers(u64(0)), "nvmlDeviceGetTotalEccErrors", 1, 1),
  ECC_CORRECTED_VOLATILE_DRAM(numbers(u64(0)), "nvmlDeviceGetMemoryErrorCounter", 0, 0, 2),
  ECC_CORRECTED_AGGREGATE_DRAM(numbers(u64(0)), "nvmlDeviceGetMemoryErrorCounter", 0, 1, 2),
  ECC_UNCORRECTED_VOLATILE_DRAM(numbers(u64(0)), "nvmlDeviceGetMemoryErrorCounter", 1, 0, 2),
  ECC_UNCORRECTED_AGGREGATE_DRAM(numbers(u64(0)), "nvmlDeviceGetMemoryErrorCounter", 1, 1, 2),
  ECC_CORRECTED_VOLATILE_SRAM(numbers(u64(0)), "nvmlDeviceGetMemoryErrorCounter", 0, 0, 7),
  ECC_CORRECTED_AGGREGATE_SRAM(numbers(u64(0)), "nvmlDeviceGetMemoryErrorCounter", 0, 1, 7),
  ECC_UNCORRECTED_VOLATILE_SRAM(numbers(u64(0)), "nvmlDeviceGetMemoryErrorCounter", 1, 0, 7),
  ECC_UNCORRECTED_AGGREGATE_SRAM(numbers(u64(0)), "nvmlDeviceGetMemoryErrorCounter", 1, 1, 7),
  /**
   * Uncorrected errors of the SRAM: aggregate parity, aggregate SEC-DED, volatile parity, volatile
   * SEC-DED; aggregate by place: L2, SM, PCIe, microcontroller, other; 1 when the threshold of
   * errors is passed.
   */
  ECC_SRAM(
      struct(
          104, 1, u64(8), u64(16), u64(32), u64(40), u64(56), u64(64), u64(72), u64(80), u64(88),
          u32(96)),
      "nvmlDeviceGetSramEccErrorStatus"),
  /** Rows: for correctable errors, for uncorrectable ones, 1 when pending, 1 when failed. */
  REMAPPED_ROWS(numbers(u32(0), u32(8), u32(16), u32(24)), "nvmlDeviceGetRemappedRows"),
  /** Banks by how many spare rows are left: all, high, partial, low, none. */
  REMAP_HISTOGRAM(
      struct(20, 0, u32(0), u32(4), u32(8), u32(12), u32(16)), "nvmlDeviceGetRowRemapperHistogram"),

  /** KB/s over 20 ms: the call takes that long. */
  PCIE_TRANSMIT(numbers(u32(0)), "nvmlDeviceGetPcieThroughput", 0),
  PCIE_RECEIVE(numbers(u32(0)), "nvmlDeviceGetPcieThroughput", 1),
  PCIE_REPLAYS(numbers(u32(0)), "nvmlDeviceGetPcieReplayCounter"),
  PCIE_GENERATION(numbers(u32(0)), "nvmlDeviceGetCurrPcieLinkGeneration"),
  PCIE_GENERATION_MAX(numbers(u32(0)), "nvmlDeviceGetMaxPcieLinkGeneration"),
  PCIE_GENERATION_GPU_MAX(numbers(u32(0)), "nvmlDeviceGetGpuMaxPcieLinkGeneration"),
  PCIE_WIDTH(numbers(u32(0)), "nvmlDeviceGetCurrPcieLinkWidth"),
  PCIE_WIDTH_MAX(numbers(u32(0)), "nvmlDeviceGetMaxPcieLinkWidth"),

  /** Now, after the next reset: 0 off, 1 on. */
  MIG_MODE(numbers(u32(0), u32(8)), "nvmlDeviceGetMigMode"),
  MIG_DEVICES_MAX(numbers(u32(0)), "nvmlDeviceGetMaxMigDeviceCount"),
  GPU_INSTANCE(numbers(u32(0)), "nvmlDeviceGetGpuInstanceId"),
  COMPUTE_INSTANCE(numbers(u32(0)), "nvmlDeviceGetComputeInstanceId"),

  MINOR_NUMBER(numbers(u32(0)), "nvmlDeviceGetMinorNumber"),
  /** Major, minor. */
  COMPUTE_CAPABILITY(numbers(i32(0), i32(8)), "nvmlDeviceGetCudaComputeCapability"),
  COMPUTE_MODE(numbers(u32(0)), "nvmlDeviceGetComputeMode"),
  PERSISTENCE_MODE(numbers(u32(0)), "nvmlDeviceGetPersistenceMode"),
  DISPLAY_ATTACHED(numbers(u32(0)), "nvmlDeviceGetDisplayMode"),
  DISPLAY_ACTIVE(numbers(u32(0)), "nvmlDeviceGetDisplayActive"),
  ACCOUNTING_MODE(numbers(u32(0)), "nvmlDeviceGetAccountingMode"),
  ACCOUNTING_BUFFER(numbers(u32(0)), "nvmlDeviceGetAccountingBufferSize"),
  /** Now, by default. */
  GSP_MODE(numbers(u32(0), u32(8)), "nvmlDeviceGetGspFirmwareMode"),
  C2C_MODE(struct(4, 0, u32(0)), "nvmlDeviceGetC2cModeInfoV"),
  /** Sessions, average frames a second, average latency in microseconds. */
  ENCODER_SESSIONS(numbers(u32(0), u32(8), u32(16)), "nvmlDeviceGetEncoderStats"),
  /** Clique, state: 1 not started, 2 in progress, 3 completed, 0 no fabric. */
  FABRIC(struct(36, 2, u32(24), u8(28)), "nvmlDeviceGetGpuFabricInfoV"),
  /** Slot, tray, host, module. */
  PLATFORM(struct(44, 2, u8(36), u8(37), u8(38), u8(40)), "nvmlDeviceGetPlatformInfo");

  /** The most numbers that a call gives. */
  public static final int MOST_NUMBERS = 10;

  enum Width {
    U8,
    I32,
    U32,
    U64
  }

  /** A number and where it comes back: in the struct, or in the buffer that pointers point into. */
  record Place(Width width, int offset) {}

  /**
   * How the answer comes.
   *
   * @param structBytes size of the struct, 0 when each number has a pointer of its own
   * @param version what NVML wants to see at the struct's start, 0 where it has no version
   */
  record Shape(int structBytes, int version, List<Place> places) {
    boolean isStruct() {
      return structBytes > 0;
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // a record of values that stay
  private final Shape shape;

  @SuppressWarnings("ImmutableEnumChecker") // of List.of()
  private final List<String> functions;

  @SuppressWarnings("ImmutableEnumChecker") // nobody else holds it
  private final int[] arguments;

  NvmlCall(Shape shape, String function, int... arguments) {
    this(shape, List.of(function), arguments);
  }

  NvmlCall(Shape shape, List<String> functions, int... arguments) {
    this.shape = shape;
    this.functions = functions;
    this.arguments = arguments;
  }

  Shape shape() {
    return shape;
  }

  /** The function's names, the newest first. */
  public List<String> functions() {
    return functions;
  }

  int[] arguments() {
    return arguments.clone();
  }

  /** How many numbers it gives. */
  public int size() {
    return shape.places().size();
  }

  private static Shape numbers(Place... places) {
    return new Shape(0, 0, List.of(places));
  }

  /** NVML puts the struct's size and its number into one word. */
  private static Shape struct(int bytes, int version, Place... places) {
    return new Shape(bytes, version == 0 ? 0 : bytes | version << 24, List.of(places));
  }

  private static Place u8(int offset) {
    return new Place(Width.U8, offset);
  }

  private static Place u32(int offset) {
    return new Place(Width.U32, offset);
  }

  private static Place i32(int offset) {
    return new Place(Width.I32, offset);
  }

  private static Place u64(int offset) {
    return new Place(Width.U64, offset);
  }
}
