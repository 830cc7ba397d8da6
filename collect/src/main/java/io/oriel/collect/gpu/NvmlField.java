package io.oriel.collect.gpu;

/** Quantities that NVML gives by number, all of them in one call. */
public enum NvmlField {
  RETIRED_SINGLE_BIT(29),
  RETIRED_DOUBLE_BIT(30),
  RETIRED_PENDING(31),
  NVLINK_CRC_FLIT_ERRORS(38),
  NVLINK_CRC_DATA_ERRORS(45),
  NVLINK_REPLAY_ERRORS(52),
  NVLINK_RECOVERY_ERRORS(59),
  /** Nanoseconds that clocks were held down: by the power limit, by heat, and so on. */
  HELD_BY_POWER(74),
  HELD_BY_HEAT(75),
  HELD_BY_SYNC_BOOST(76),
  HELD_BY_BOARD_LIMIT(77),
  HELD_BY_LOW_UTILIZATION(78),
  HELD_BY_RELIABILITY(79),
  /** Degrees Celsius. */
  MEMORY_TEMPERATURE(82),
  NVLINKS(91),
  /** KiB of data over all links. */
  NVLINK_TRANSMITTED(138, -1),
  NVLINK_RECEIVED(139, -1),
  /** Milliwatts. */
  POWER_AVERAGE(185),
  POWER_INSTANT(186),
  /** Bytes; may start again at 0. */
  PCIE_TRANSMITTED(197),
  PCIE_RECEIVED(198),
  /** 0 none, 1 reset the GPU, 2 reboot, 3 drain its peers, 4 drain and reset. */
  RECOVERY_ACTION(230),
  HELD_BY_SOFTWARE_HEAT(269),
  HELD_BY_HARDWARE_HEAT(270),
  HELD_BY_POWER_BRAKE(271),
  /** Percent. */
  EDPP_MULTIPLIER(274);

  private final int id;
  private final int scope;

  NvmlField(int id) {
    this(id, 0);
  }

  NvmlField(int id, int scope) {
    this.id = id;
    this.scope = scope;
  }

  /** NVML's number for it. */
  public int id() {
    return id;
  }

  /** What of the device is asked: a link's number, all of them as -1; 0 for what has no parts. */
  public int scope() {
    return scope;
  }
}
