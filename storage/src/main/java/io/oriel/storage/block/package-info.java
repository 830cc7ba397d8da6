/**
 * The life of immutable blocks: built aside, published whole, lent to readers, retired.
 *
 * <p>In: files that a store writes into a {@link io.oriel.storage.block.BlockBuilder}. Out: {@link
 * io.oriel.storage.block.Lease}s of what the store's own reader makes of those files, mapped into
 * memory. Come in by {@link io.oriel.storage.block.BlockFolder}. What is in the files is the
 * store's matter.
 *
 * <pre>
 *   build -> tmp/NAME/* -> force -> rename to blocks/NAME -> manifest -> list -> borrow ... close
 *   retire -> manifest -> list -> last lease closed -> unmapped -> deleted
 * </pre>
 *
 * <p>The list of blocks is immutable, in one volatile field, replaced by whoever publishes (one
 * thread at a time) and read by anyone.
 */
@NullMarked
package io.oriel.storage.block;

import org.jspecify.annotations.NullMarked;
