package io.oriel.storage.block;

import io.oriel.model.TimeRange;
import io.oriel.storage.manifest.Manifest;

/**
 * A loan of a block: as long as it is open, its memory stays. Close it, in a try-with-resources or
 * with the view that holds it; never keep what {@link #block} returned longer.
 */
public final class Lease<B> implements AutoCloseable {
  private final HeldBlock<B> held;
  private boolean closed;

  Lease(HeldBlock<B> held) {
    this.held = held;
  }

  public B block() {
    return held.view();
  }

  public BlockFiles files() {
    return held.files();
  }

  public String name() {
    return held.files().name();
  }

  /** See {@link Manifest.Entry#writtenAfter}. */
  public long writtenAfter() {
    return held.files().writtenAfter();
  }

  /** What the manifest says of the block. */
  public Manifest.Entry entry() {
    return held.files().entry();
  }

  public TimeRange range() {
    return held.files().range();
  }

  /** Gives the block back; a second call does nothing. */
  @Override
  public void close() {
    if (closed) return;
    closed = true;
    held.release();
  }
}
