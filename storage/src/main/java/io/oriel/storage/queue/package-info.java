/**
 * What waits to be sent out: a log on disk with a read position. Whoever puts a record in hears
 * "accepted" when it survives the death of the process; whoever takes records out says how far they
 * are done, and after a crash sees again what was not done: at least once.
 *
 * <p>In: opaque records. Out: the same in the same order, each with the time it came. Nothing in
 * here knows what a sample or a notification is. Bounded by bytes and by age: a full queue drops
 * the oldest and counts them, or refuses new ones by name.
 *
 * <p>Come in by {@link io.oriel.storage.queue.DurableQueue}. The log is that of {@code
 * storage/wal}; the position's bytes are drawn in {@code docs/formats/queue.md}.
 *
 * <pre>
 *   put -> log -> next -> (sent) -> done -> position file -> whole segments behind it deleted
 * </pre>
 */
@NullMarked
package io.oriel.storage.queue;

import org.jspecify.annotations.NullMarked;
