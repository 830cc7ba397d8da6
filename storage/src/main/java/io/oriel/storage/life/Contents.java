package io.oriel.storage.life;

import io.oriel.storage.block.BlockFiles;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * What a store brings of its own: how its blocks, checkpoints and log records are read. Called at
 * start in that order, by one thread; {@link #block} also whenever a block is published.
 *
 * @param <B> what a block is read through
 */
public interface Contents<B> {
  /** Opens a block; see {@link io.oriel.storage.block.BlockOpener}. */
  B block(BlockFiles files);

  /**
   * Is told up to where the blocks have what came in, before the checkpoint is read.
   *
   * @param ms of {@link io.oriel.storage.manifest.Manifest#headFrom}
   */
  default void headFrom(long ms) {}

  /**
   * Takes over the newest checkpoint; not called where there is none.
   *
   * @param body the bytes that the store wrote, checked; to be read now, gone after the call
   */
  void checkpoint(MemorySegment body);

  /**
   * Takes over a record that was appended to the log after that checkpoint was begun. The
   * checkpoint may hold it already: taking a record over twice does no harm.
   *
   * @param record to be read now, gone after the call
   */
  void record(ByteBuffer record);
}
