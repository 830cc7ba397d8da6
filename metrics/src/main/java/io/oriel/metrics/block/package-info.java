/**
 * Immutable blocks of samples, mapped into memory.
 *
 * <p>In: series in the order of their labels, each with its samples, by {@link
 * io.oriel.metrics.block.MetricBlockWriter}. Out: the same, by {@link
 * io.oriel.metrics.block.MetricBlock}. The head is not known in here. The files are drawn in {@code
 * docs/formats/metric-block.md}.
 *
 * <pre>
 *   samples -> ChunkColumns -> values, series by series
 *                           -> times, each distinct column once
 *   labels  -> the label index of storage/index
 * </pre>
 */
@NullMarked
package io.oriel.metrics.block;

import org.jspecify.annotations.NullMarked;
