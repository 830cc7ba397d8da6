/**
 * The containers of a machine: what they are, how they fare, what they take.
 *
 * <p>In: the Engine API of Docker or Podman, and the kernel's control groups and {@code /proc}.
 * Out: readings in cAdvisor's names ({@code container_*}, {@code machine_*}) and as {@code
 * oriel_container_*}; for other rooms the list of the last round ({@link
 * io.oriel.collect.container.Containers}) and whose a process is ({@link
 * io.oriel.collect.container.ProcessOwner}). What runs inside a container is not known in here.
 *
 * <p>Come in by {@link io.oriel.collect.container.ContainerCollector}. A room that meets a process
 * id and wants its container takes a {@link io.oriel.collect.container.ProcessOwner}, nothing else:
 *
 * <pre>
 *   pid -> /proc/PID/cgroup -> id -> Containers (name, image) -> Owner
 * </pre>
 *
 * <pre>
 *   socket -> Engine -> list, inspect (kept), events ---+-> Containers -> topology, catalogue
 *   /proc/PID/cgroup -> CgroupV2, CgroupV1 -> Usage ----+-> Readings
 *   (no such file here) Engine -> stats ----------------+
 * </pre>
 */
@NullMarked
package io.oriel.collect.container;

import org.jspecify.annotations.NullMarked;
