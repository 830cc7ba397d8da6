package io.oriel.storage.block;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A mapped block with the number of those who hold it; unmapped when nobody does any more. */
final class HeldBlock<B> {
  private final BlockFiles files;
  private final B view;
  private final Arena arena;
  private final AtomicInteger holds = new AtomicInteger(1); // the folder's own
  private volatile @Nullable Runnable whenFree; // null: the block stays on disk

  HeldBlock(BlockFiles files, B view, Arena arena) {
    this.files = files;
    this.view = view;
    this.arena = arena;
  }

  BlockFiles files() {
    return files;
  }

  B view() {
    return view;
  }

  /** Null when the block was retired: the caller takes the newer list and asks there. */
  @Nullable Lease<B> borrow() {
    return holds.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0 ? null : new Lease<>(this);
  }

  void release() {
    if (holds.decrementAndGet() > 0) return;
    arena.close(); // stops all threads for a moment: once a block's life
    Runnable then = whenFree;
    if (then != null) then.run();
  }

  /** The folder lets go; what is left to do is done when the last reader has too. */
  void retire(Runnable then) {
    whenFree = then;
    release();
  }
}
