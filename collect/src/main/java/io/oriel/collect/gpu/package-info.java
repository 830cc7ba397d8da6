/**
 * NVIDIA's GPUs, read through the driver's own library and told in the names of three exporters.
 *
 * <p>Come in by {@link io.oriel.collect.gpu.GpuCollector}. {@link io.oriel.collect.gpu.Nvml} is the
 * wall below: {@link io.oriel.collect.gpu.NvmlLibrary} binds the real library, {@link
 * io.oriel.collect.gpu.NvidiaSmi} stands in where that can't be loaded, and a simulated fleet
 * implements the same. What a call is called with and where its numbers stand is one table, {@link
 * io.oriel.collect.gpu.NvmlCall}; what is told by which name is one table a scheme.
 *
 * <pre>
 *   libnvidia-ml.so.1 -> NvmlLibrary -+
 *   nvidia-smi        -> NvidiaSmi   -+-> Nvml -> Gpu (a round's answers) -> DcgmNames, SmiNames, MindprinceNames
 *   a simulated fleet ----------------+                                  -> processes -> /proc/PID/cgroup -> container
 * </pre>
 */
@NullMarked
package io.oriel.collect.gpu;

import org.jspecify.annotations.NullMarked;
