/**
 * Files and folders: the only code of the stores that touches a disk.
 *
 * <p>In: paths and bytes. Out: the same bytes, and what is durable after which call. {@link
 * io.oriel.storage.disk.Disk} is the interface that all rooms write and read through, so that a
 * test can hand in one that loses power; {@link io.oriel.storage.disk.DataFolder} is the folder of
 * one store with its lock.
 *
 * <pre>
 *   data/metrics/  lock  manifest  wal/  blocks/  checkpoints/  tmp/
 * </pre>
 */
@NullMarked
package io.oriel.storage.disk;

import org.jspecify.annotations.NullMarked;
