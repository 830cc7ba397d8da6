package io.oriel.simulate.world;

import java.util.List;

/**
 * A container of the fleet.
 *
 * @param port that it listens at inside; 0 for none
 * @param gpus given to it by index
 * @param command whole
 * @param restIdleCpus cores that it takes with nothing to do
 * @param memory bytes that it takes
 * @param memoryLimit bytes; 0 for none
 * @param hasHealthCheck whether the daemon asks how it is
 */
public record ContainerSpec(
    String name,
    String image,
    int port,
    List<Integer> gpus,
    List<String> command,
    List<String> environment,
    double restIdleCpus,
    long memory,
    long memoryLimit,
    boolean hasHealthCheck) {

  public boolean isGpu() {
    return !gpus.isEmpty();
  }
}
