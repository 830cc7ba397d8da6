package io.oriel.simulate.world;

/**
 * Something happened to a container.
 *
 * @param action the daemon's word
 * @param exitCode -1 where the action has none
 */
public record DockerEvent(long atUs, String action, SimContainer container, int exitCode) {}
