package io.oriel.receive;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many requests are unpacked and worked on at once, and how many bytes they have together. Who
 * comes when all turns are taken waits a little, which slows senders, and is then sent away to come
 * again. Small requests have turns and room of their own: a crowd of large ones keeps none of them
 * waiting. Thread-safe.
 */
public final class Turns {
  private static final int PIECE = 64 << 10;
  private static final long MOST_BYTES = 64 << 20;
  private static final int SHARE_OF_HEAP = 8;
  private static final int SHARE_OF_SMALL = 8; // of the room of all: what is at most that is small
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final long bytes;
  private final int smallPieces; // a request of no more than that is small
  private final Duration patience;
  private final Lane large;
  private final Lane small;

  /** Turns and room, taken in the order in which requests come. */
  private static final class Lane {
    private final Semaphore turns;
    private final Semaphore room;
    private final int pieces;

    Lane(int atOnce, int pieces) {
      this.turns = new Semaphore(atOnce, true);
      this.room = new Semaphore(pieces, true);
      this.pieces = pieces;
    }

    int held() {
      return pieces - room.availablePermits();
    }
  }

  /** As many bytes as an eighth of the heap holds, and one whole request in any case. */
  public static Turns of(int atOnce, Limits limits) {
    long heap = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    long whole = limits.of(Limit.WRITE_BODY_BYTES);
    return new Turns(atOnce, Math.max(whole, Math.min(MOST_BYTES, heap)), PATIENCE);
  }

  /**
   * @param atOnce large requests, and as many small ones
   * @param bytes of what is unpacked at once of large requests; small ones have a quarter more
   * @param patience how long who comes waits for a turn, and for room
   */
  public Turns(int atOnce, long bytes, Duration patience) {
    int pieces = pieces(bytes);
    this.bytes = bytes;
    this.smallPieces = Math.max(1, pieces / 4 / SHARE_OF_SMALL);
    this.patience = patience;
    this.large = new Lane(atOnce, pieces);
    this.small = new Lane(atOnce, Math.max(1, pieces / 4));
  }

  private static int pieces(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE / 2, bytes / PIECE + 1);
  }

  /**
   * Waits for a turn with room for a request; who gets one unpacks in it, and closes it. What wants
   * more than all room has all of it.
   *
   * @param atMost bytes that the request has when it is unpacked
   * @throws Refusal.LimitReached when others hold too much; the sender tries again
   */
  public Turn take(long atMost) {
    int pieces = pieces(atMost);
    Lane lane = pieces <= smallPieces ? small : large;
    int wanted = Math.min(lane.pieces, pieces);
    await(lane.turns, 1);
    try {
      await(lane.room, wanted);
    } catch (Refusal e) {
      lane.turns.release();
      throw e;
    }
    return new Turn(lane, wanted);
  }

  private void await(Semaphore permits, int count) {
    try {
      if (permits.tryAcquire(count, patience.toNanos(), TimeUnit.NANOSECONDS)) return;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new Refusal.LimitReached(
        Limit.REQUEST_BODIES_BYTES,
        bytes,
        "what is pushed and unpacked at once",
        "send it again later, give Oriel more heap");
  }

  /** Bytes that requests hold now, or may come to hold, in pieces of 64 KiB. */
  public long heldBytes() {
    return (long) (large.held() + small.held()) * PIECE;
  }

  /** One request's; closed when it is done with. One thread. */
  public static final class Turn implements AutoCloseable {
    private final Lane lane;
    private int held;

    private Turn(Lane lane, int held) {
      this.lane = lane;
      this.held = held;
    }

    /** Gives back what the request did not come to hold. */
    public void holds(long actualBytes) {
      int needed = Math.min(held, pieces(actualBytes));
      lane.room.release(held - needed);
      held = needed;
    }

    @Override
    public void close() {
      lane.room.release(held);
      held = 0;
      lane.turns.release();
    }
  }
}
