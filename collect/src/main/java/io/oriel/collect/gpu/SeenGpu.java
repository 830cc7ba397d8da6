package io.oriel.collect.gpu;

import io.oriel.collect.container.ProcessOwner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GPU as the last round found it, for the map from GPU to model and the catalogue.
 *
 * @param uuid {@code GPU-...}, as NVML and the label UUID of DCGM have it
 * @param memoryBytes 0 where it does not say
 * @param isLost it fell off the bus or requires a reset, and says nothing more
 */
public record SeenGpu(
    int index,
    String uuid,
    String name,
    String busId,
    long memoryBytes,
    boolean isLost,
    List<Instance> instances,
    List<Process> processes) {

  /**
   * A MIG device of it.
   *
   * @param profile {@code 1g.18gb}
   */
  public record Instance(int gpuInstance, int computeInstance, String uuid, String profile) {}

  /**
   * A process that holds its memory.
   *
   * @param name its program's path; empty where it is not known
   * @param owner its container and how that was found; null when it is in none
   * @param model that it serves; empty where nobody knows
   */
  @SuppressWarnings("AvoidCommonTypeNames") // it is one, and stands behind its GPU's name
  public record Process(
      NvmlProcess process, String name, ProcessOwner.@Nullable Owner owner, String model) {}
}
