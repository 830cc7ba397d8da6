/**
 * The last hours, writable: arrays of fields, no object a series.
 *
 * <p>In: batches by {@link io.oriel.model.backend.MetricWriter}, whose records go to the
 * write-ahead log; at start the checkpoint and the log of the run before. Out: samples of a series
 * by {@link io.oriel.metrics.head.SeriesReader}, and the whole as a checkpoint. Blocks are not
 * known in here.
 *
 * <p>Come in by {@link io.oriel.metrics.head.Head}. Bytes of records and checkpoints are drawn in
 * {@code docs/formats/metric-wal.md} and {@code metric-checkpoint.md}.
 *
 * <pre>
 *   rows -> shards locked -> BatchRecord -> Wal, waited for -> open chunk of bits in cells (OpenBits)
 *        -> sealed by columns (SealedChunks) -> unlocked -> acknowledged
 *   rows behind newer ones -> records of their own -> the side of the head (OutOfOrder), sorted, until a cut
 *   read: copy between two looks at the series' version, then decode; no lock
 * </pre>
 *
 * <p>Owners: a shard's arrays, whoever holds its lock; dropping and checkpoints, the store's
 * housekeeping thread.
 */
@NullMarked
package io.oriel.metrics.head;

import org.jspecify.annotations.NullMarked;
