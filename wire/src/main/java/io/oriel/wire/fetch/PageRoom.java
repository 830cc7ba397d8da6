package io.oriel.wire.fetch;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory that large pages of all targets share. A page of ordinary size needs none of it; one that
 * grows beyond waits for room as long as its scrape may take, so that many endless pages at once
 * cost what one does. Thread-safe.
 */
public final class PageRoom {
  /** What every page may have without asking. */
  static final int FREE = 1 << 20;

  private static final int PIECE = 64 << 10;
  private static final int SHARE_OF_HEAP = 8;

  private final Semaphore pieces;
  private final int most;

  /** As much as an eighth of the heap, and one page of the largest size in any case. */
  public static PageRoom inThisHeap(long largestPage) {
    long heap = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    return new PageRoom(Math.max(heap, largestPage));
  }

  public PageRoom(long bytes) {
    most = (int) Math.min(Integer.MAX_VALUE / 2, bytes / PIECE + 1);
    pieces = new Semaphore(most, true);
  }

  /**
   * Waits until a page may have so many bytes.
   *
   * @param held what {@link #take} gave it before
   * @return what it holds now; {@link #give} takes it back
   */
  int take(long bytes, int held, Deadline deadline) throws NoRoom {
    if (bytes <= FREE) return held;
    int wanted = (int) Math.min(most, bytes / PIECE + 1);
    if (wanted <= held) return held;
    long nanos = Math.max(0, deadline.atNanos() - System.nanoTime());
    try {
      if (pieces.tryAcquire(wanted - held, nanos, TimeUnit.NANOSECONDS)) return wanted;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new NoRoom();
  }

  void give(int held) {
    pieces.release(held);
  }

  /** Other pages held all of it until the time was over. */
  static final class NoRoom extends IOException {
    private static final long serialVersionUID = 1;
  }
}
