package io.oriel.collect.gpu;

/**
 * What the performance monitors of Hopper and newer GPUs tell between two samples: percent of what
 * is possible, or MiB a second.
 */
public enum GpmMetric {
  GRAPHICS_UTILIZATION(1),
  SM_UTILIZATION(2),
  SM_OCCUPANCY(3),
  INTEGER(4),
  TENSOR(5),
  TENSOR_DFMA(6),
  TENSOR_HMMA(7),
  TENSOR_IMMA(9),
  DRAM_BANDWIDTH(10),
  FP64(11),
  FP32(12),
  FP16(13),
  PCIE_TRANSMIT(20),
  PCIE_RECEIVE(21),
  NVLINK_RECEIVE(60),
  NVLINK_TRANSMIT(61);

  private final int id;

  GpmMetric(int id) {
    this.id = id;
  }

  /** NVML's number for it. */
  public int id() {
    return id;
  }
}
