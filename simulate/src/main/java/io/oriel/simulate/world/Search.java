package io.oriel.simulate.world;

/**
 * A look-up of passages.
 *
 * @param atUs microseconds since 1970
 * @param tookUs in the database
 */
public record Search(Run run, String collection, long atUs, long tookUs) {}
