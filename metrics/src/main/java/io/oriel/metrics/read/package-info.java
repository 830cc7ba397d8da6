/**
 * Head and blocks read as one: what {@link io.oriel.model.backend.MetricSource} asks for.
 *
 * <p>In: matchers and a range of time. Out: series, each with its samples from wherever they lie,
 * in order of time. Come in by {@link io.oriel.metrics.read.StoreSource}.
 *
 * <pre>
 *   select -> view held (what the head still answers for) -> blocks borrowed -> indexes asked
 *          -> same labels joined -> read: blocks in order, then the head -> closed: all given back
 * </pre>
 */
@NullMarked
package io.oriel.metrics.read;

import org.jspecify.annotations.NullMarked;
