package io.oriel.simulate.world;

/**
 * A process that holds memory of a GPU.
 *
 * @param pid as the host counts
 */
public record GpuProcess(int pid, String name, String container, long bytes) {}
