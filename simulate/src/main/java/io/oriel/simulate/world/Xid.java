package io.oriel.simulate.world;

/**
 * An error that a GPU reported.
 *
 * @param number of all of them, from 1 on
 * @param code NVIDIA's
 */
public record Xid(long number, int gpu, int code) {}
