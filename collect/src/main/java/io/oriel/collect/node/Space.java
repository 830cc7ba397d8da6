package io.oriel.collect.node;

/** What statfs(2) says of a file system; the fields are its own. */
record Space(long blockSize, long blocks, long free, long available, long files, long filesFree) {

  /** Asks one file system; used by one thread. */
  @FunctionalInterface
  interface Asking extends AutoCloseable {
    /**
     * The space of one mount.
     *
     * @throws Unreadable with the reason in words
     */
    Space of(Mount mount) throws Unreadable;

    @Override
    default void close() {}
  }
}
