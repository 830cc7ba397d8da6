/**
 * Qdrant: its page of metrics as it is, and what its API says beyond that of its collections.
 *
 * <p>In: the page, the collections, the telemetry. Out: the page's series, and beside them
 * segments, indexed vectors, status and optimiser of each collection. Come in by {@link
 * io.oriel.collect.qdrant.QdrantCollector}.
 */
@NullMarked
package io.oriel.collect.qdrant;

import org.jspecify.annotations.NullMarked;
