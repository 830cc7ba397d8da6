/**
 * Encodings by column: many numbers of one kind in few bytes, and back bit for bit.
 *
 * <p>In: {@code long[]} and {@code double[]}. Out: bytes in a {@link
 * io.oriel.storage.column.ColumnWriter}, read again through a {@link
 * io.oriel.storage.column.ColumnReader} from a mapped file or from memory. Nothing in here knows
 * what a series or a chunk is; the caller remembers how many values a column has.
 *
 * <p>Come in by {@link io.oriel.storage.column.Deltas} for whole numbers and times, and by {@link
 * io.oriel.storage.column.DoubleColumn}, which tries the encodings for doubles and keeps the
 * smallest. Decoding allocates nothing. The bytes are drawn in {@code docs/formats/column.md}.
 *
 * <pre>
 *   double[] -> constant?
 *            -> ScaledDecimals -> long[] -> Deltas -> BitPacking
 *            -> XorDoubles
 *            -> raw
 * </pre>
 */
@NullMarked
package io.oriel.storage.column;

import org.jspecify.annotations.NullMarked;
