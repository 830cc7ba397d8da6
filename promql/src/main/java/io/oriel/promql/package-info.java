/**
 * PromQL, as a library of its own: text in, answers out. It knows {@code model} alone and reads
 * series through {@link io.oriel.model.backend.MetricSource}.
 */
@NullMarked
package io.oriel.promql;

import org.jspecify.annotations.NullMarked;
