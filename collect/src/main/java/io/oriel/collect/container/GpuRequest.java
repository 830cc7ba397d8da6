package io.oriel.collect.container;

import java.util.List;

/**
 * Which GPUs a container was given, by its configuration. What it really uses is known by the
 * driver's list of processes.
 *
 * @param all every GPU of the machine; {@link #devices} is empty then
 * @param count how many, where only their number was asked for; 0 otherwise
 * @param devices indexes, {@code GPU-...} or {@code MIG-...} uuids, CDI names, as they were written
 * @param foundBy in words: {@code device request}, {@code NVIDIA_VISIBLE_DEVICES}, {@code device
 *     file}
 */
public record GpuRequest(boolean all, int count, List<String> devices, String foundBy) {
  public static final GpuRequest NONE = new GpuRequest(false, 0, List.of(), "");

  /** Whether it was given any. */
  public boolean isGpu() {
    return all || count > 0 || !devices.isEmpty();
  }
}
