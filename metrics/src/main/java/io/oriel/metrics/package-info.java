/**
 * The time-series store: what {@code storage} carries, made of samples.
 *
 * <p>In: batches by {@link io.oriel.model.backend.MetricSink}. Out: series by {@link
 * io.oriel.model.backend.MetricSource}.
 */
@NullMarked
package io.oriel.metrics;

import org.jspecify.annotations.NullMarked;
