/**
 * What others push: a room a protocol. In: bodies of requests. Out: batches to a {@link
 * io.oriel.model.backend.MetricSink}, and what became of them. Nothing in here knows HTTP or a
 * store.
 */
@NullMarked
package io.oriel.receive;

import org.jspecify.annotations.NullMarked;
