/**
 * The simulated GPUs, at the level of NVML's calls.
 *
 * <p>In: the world. Out: {@link io.oriel.simulate.gpu.FleetNvml}, which the GPU collector opens in
 * place of the driver's library. What all GPUs answer at one moment is a {@link
 * io.oriel.simulate.gpu.FleetReport}; it is taken from the world in this process, or comes as JSON
 * from a simulator in another.
 */
@NullMarked
package io.oriel.simulate.gpu;

import org.jspecify.annotations.NullMarked;
