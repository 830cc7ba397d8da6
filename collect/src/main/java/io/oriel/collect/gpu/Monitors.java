package io.oriel.collect.gpu;

/**
 * The performance monitors of one GPU or instance. They tell what happened between two samples;
 * each round takes one and compares it with that of the round before, so nobody waits.
 */
final class Monitors {
  private static final long LEAST_NANOS = 100_000_000; // closer samples are not comparable

  private final Nvml nvml;
  private final long device;
  private final int gpuInstance;
  private final Asked asked = Asked.monitors();
  private long older;
  private long newer;
  private long takenAt;
  private boolean isTaken;
  private boolean isThere = true; // until the device says otherwise
  private boolean isOpen;

  Monitors(Nvml nvml, long device, int gpuInstance) {
    this.nvml = nvml;
    this.device = device;
    this.gpuInstance = gpuInstance;
  }

  /** Takes the round's sample and compares it with the last. */
  void begin(long nanos) {
    if (!isThere || (isTaken && nanos - takenAt < LEAST_NANOS)) return;
    try {
      if (!isOpen) open();
      nvml.takeSample(device, gpuInstance, newer);
      if (isTaken) nvml.compare(older, newer, asked);
      isTaken = true;
      takenAt = nanos;
      long spare = older;
      older = newer;
      newer = spare;
    } catch (NvmlException e) {
      asked.refuseAll(e.answer());
      isTaken = false;
      isThere = !isForGood(e.answer());
    }
  }

  private void open() throws NvmlException {
    if (!nvml.hasMonitors(device)) throw NvmlException.of(NvmlReturn.NOT_SUPPORTED);
    older = nvml.sample();
    try {
      newer = nvml.sample();
    } catch (NvmlException e) {
      nvml.freeSample(older);
      throw e;
    }
    isOpen = true;
  }

  private static boolean isForGood(NvmlReturn answer) {
    return answer == NvmlReturn.NOT_SUPPORTED
        || answer == NvmlReturn.FUNCTION_NOT_FOUND
        || answer == NvmlReturn.ARGUMENT_VERSION_MISMATCH
        || answer == NvmlReturn.NO_PERMISSION;
  }

  double value(GpmMetric metric) throws NvmlException {
    double value = asked.value(metric.ordinal());
    if (Double.isNaN(value)) throw NvmlException.of(NvmlReturn.NO_DATA);
    return value;
  }

  void close() {
    if (!isOpen) return;
    isOpen = false;
    nvml.freeSample(older);
    nvml.freeSample(newer);
  }
}
