package io.oriel.collect.gpu;

/**
 * A process that holds memory of a GPU, as NVML lists it.
 *
 * @param pid in the host's numbering
 * @param usedBytes -1 where the driver does not say
 * @param gpuInstance of a GPU in MIG mode; -1 elsewhere
 * @param computeInstance of a GPU in MIG mode; -1 elsewhere
 */
public record NvmlProcess(int pid, long usedBytes, int gpuInstance, int computeInstance) {}
