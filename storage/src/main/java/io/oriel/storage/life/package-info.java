/**
 * What happens to a store over time: it is recovered at start, checkpointed, cut, retained, copied.
 *
 * <p>Come in by {@link io.oriel.storage.life.Recovery}, which opens all parts of a store in the
 * right order and hands them over as {@link io.oriel.storage.life.StoreFiles}. What a WAL record, a
 * checkpoint and a block say is the store's matter ({@link io.oriel.storage.life.Contents}).
 *
 * <pre>
 *   start:      lock, manifest, tmp emptied, blocks mapped, checkpoint, log replayed, tail cut, ready
 *   checkpoint: log rolled -> head written aside -> manifest -> earlier segments cut
 * </pre>
 */
@NullMarked
package io.oriel.storage.life;

import org.jspecify.annotations.NullMarked;
