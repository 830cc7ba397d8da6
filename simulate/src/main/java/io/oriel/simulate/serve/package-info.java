/**
 * Answers as the real systems give them: one class a system, all derived from the one world.
 *
 * <p>Each watches the world and counts for itself what its system would count; the same request is
 * one object in all of them. Come in by {@link io.oriel.simulate.serve.Systems}, which lists them;
 * {@link io.oriel.simulate.serve.Stage} holds the world, its clock and its lock. The facts (names,
 * types, labels, buckets, shapes of answers) are those of the systems' own versions.
 *
 * <pre>
 *   Question -> Stage (lock, step to now) -> a system's page or JSON -> Answer
 * </pre>
 */
@NullMarked
package io.oriel.simulate.serve;

import org.jspecify.annotations.NullMarked;
