/**
 * The write-ahead log: a record is written here before anyone hears "accepted".
 *
 * <p>In: opaque records from a store's head. Out: the same records in the same order after a
 * restart, up to the first damaged one. Nothing in here knows what a sample, a line or a span is.
 *
 * <p>Come in by {@link io.oriel.storage.wal.Wal}. The bytes are drawn in {@code
 * docs/formats/wal.md}. One thread owns the open segment.
 *
 * <pre>
 *   append -> batch -> writer thread -> segment file -> fsync (each batch, or each interval)
 *   open   -> segments in order -> records -> the store replays -> torn tail cut
 * </pre>
 */
@NullMarked
package io.oriel.storage.wal;

import org.jspecify.annotations.NullMarked;
