package io.oriel.collect.gpu;

import java.util.List;

/**
 * NVIDIA's management library, at the level of its calls: a typed answer, or {@link NvmlException}
 * with the code that came in its place. {@link NvmlLibrary} is the real one, {@link NvidiaSmi}
 * stands in where it can't be loaded, and a simulated fleet implements the same.
 *
 * <p>Devices, MIG devices, samples and event sets are handles whose meaning only the giver knows.
 * One thread opens it, calls it and closes it.
 */
public interface Nvml extends AutoCloseable {
  /** How it is opened: again and again, until it succeeds. */
  @FunctionalInterface
  interface Opening {
    Nvml open() throws NvmlException;
  }

  /** Which list of processes: {@code nvmlDeviceGetComputeRunningProcesses} and its sisters. */
  enum ProcessKind {
    COMPUTE,
    GRAPHICS,
    MPS
  }

  /** What is asked, for people: {@code NVML 13.590.48 (libnvidia-ml.so.1)}. */
  String where();

  String driverVersion() throws NvmlException;

  /** Times a thousand, as NVML gives it: 13010 is CUDA 13.1. */
  int cudaVersion() throws NvmlException;

  /** How many GPUs this process may see. It is asked first in each round. */
  int deviceCount() throws NvmlException;

  /** The handle of a GPU. */
  long device(int index) throws NvmlException;

  String text(long device, NvmlText what) throws NvmlException;

  /**
   * Asks for numbers.
   *
   * @param out takes {@link NvmlCall#size()} numbers; an unsigned 64-bit number keeps its bits
   */
  void numbers(long device, NvmlCall call, long[] out) throws NvmlException;

  PciInfo pci(long device) throws NvmlException;

  /** Asks for {@link NvmlField}s; each has an answer or a refusal of its own. */
  void fields(long device, Asked asked) throws NvmlException;

  List<NvmlProcess> processes(long device, ProcessKind kind) throws NvmlException;

  String processName(int pid) throws NvmlException;

  /** An instance of a GPU in MIG mode; empty places answer {@link NvmlReturn#NOT_FOUND}. */
  long migDevice(long device, int index) throws NvmlException;

  /** A set that collects events, to be given back by {@link #freeEventSet}. */
  long eventSet() throws NvmlException;

  void register(long device, long events, long eventSet) throws NvmlException;

  /** The next event; {@link NvmlReturn#TIMEOUT} when none came within that time. */
  NvmlEvent await(long eventSet, int timeoutMs) throws NvmlException;

  void freeEventSet(long eventSet);

  /** Whether the GPU has performance monitors that can be asked here. */
  boolean hasMonitors(long device) throws NvmlException;

  /** A place for a sample of the monitors, to be given back by {@link #freeSample}. */
  long sample() throws NvmlException;

  /**
   * Takes a sample.
   *
   * @param gpuInstance of a GPU in MIG mode; -1 for the whole GPU
   */
  void takeSample(long device, int gpuInstance, long sample) throws NvmlException;

  /** What the monitors counted between two samples: {@link GpmMetric}s. */
  void compare(long older, long newer, Asked asked) throws NvmlException;

  void freeSample(long sample);

  /** Gives all back. Never throws. */
  @Override
  void close();
}
