package io.oriel.collect.gpu;

import java.util.List;

/**
 * A part of a GPU in MIG mode: it has memory and monitors of its own, all else is the GPU's. Its
 * compute instances share them.
 */
final class GpuInstance implements Source {
  /**
   * A MIG device, which is what a program sees: a compute instance.
   *
   * @param profile {@code 1g.18gb}, or {@code 1c.3g.71gb} for a part of an instance
   */
  record Device(long handle, String uuid, String profile, int gpuInstance, int computeInstance) {}

  private final Gpu gpu;
  private final int id;
  private final List<Device> devices;
  private final Answers memory;
  private final Monitors monitors;

  GpuInstance(Gpu gpu, Nvml nvml, int id, List<Device> devices) {
    this.gpu = gpu;
    this.id = id;
    this.devices = devices;
    this.memory = new Answers(nvml, devices.getFirst().handle());
    this.monitors = new Monitors(nvml, gpu.handle(), id);
  }

  void begin(long nanos) {
    memory.begin();
    monitors.begin(nanos);
  }

  void close() {
    monitors.close();
  }

  int id() {
    return id;
  }

  List<Device> devices() {
    return devices;
  }

  /** The instance's own profile, {@code 3g.71gb}, whichever part of it a device is. */
  String profile() {
    String profile = devices.getFirst().profile();
    int dot = profile.indexOf("c.");
    return dot < 0 ? profile : profile.substring(dot + 2);
  }

  @Override
  public double number(NvmlCall call, int place) throws NvmlException {
    boolean isOwn = call == NvmlCall.MEMORY || call == NvmlCall.MEMORY_OLDER;
    return isOwn ? memory.number(call, place) : gpu.number(call, place);
  }

  @Override
  public double field(NvmlField field) throws NvmlException {
    return gpu.field(field);
  }

  @Override
  public double monitor(GpmMetric metric) throws NvmlException {
    return monitors.value(metric);
  }

  @Override
  public Gpu gpu() {
    return gpu;
  }
}
