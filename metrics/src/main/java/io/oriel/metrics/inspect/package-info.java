/**
 * A store's folder looked at from outside: without its lock, and without changing a byte of it.
 *
 * <p>In: a data folder, of a store that is stopped or of one that another process holds. Out: its
 * series and samples ({@link io.oriel.metrics.inspect.StoredMetrics}), what takes how much room
 * ({@link io.oriel.metrics.inspect.Analysis}), and what is damaged ({@link
 * io.oriel.metrics.inspect.Verification}).
 */
@NullMarked
package io.oriel.metrics.inspect;

import org.jspecify.annotations.NullMarked;
