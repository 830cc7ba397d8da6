package io.oriel.storage.block;

/** What a store makes of a block's files: its own reader over the mapped bytes. */
@FunctionalInterface
public interface BlockOpener<B> {
  /**
   * Looks at the files and checks that they are what they should be. Reads little: the block may be
   * gigabytes.
   *
   * @throws RuntimeException when the files are damaged; the message says which
   */
  B open(BlockFiles files);
}
