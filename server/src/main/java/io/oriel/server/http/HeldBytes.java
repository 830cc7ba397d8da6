package io.oriel.server.http;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that requests hold together, bounded by a limit and by the heap. What is large may use
 * three quarters of it, so that a few who hold much never keep out the many who ask for little.
 * Thread-safe.
 */
public final class HeldBytes {
  private static final long LARGE = 1 << 20;
  private static final int SHARE_OF_HEAP = 4; // a quarter

  private final Limit limit;
  private final long allowed;
  private final AtomicLong held = new AtomicLong();

  public HeldBytes(Limits limits, Limit limit) {
    this(limit, Math.min(limits.of(limit), Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
  }

  HeldBytes(Limit limit, long allowed) {
    this.limit = limit;
    this.allowed = allowed;
  }

  /**
   * Counts bytes that one request holds from now on.
   *
   * @throws Refusal.LimitReached when all together would hold too many; nothing is counted then
   */
  public void take(long bytes, String subject) {
    long most = bytes > LARGE ? allowed / 4 * 3 : allowed;
    if (held.addAndGet(bytes) <= most) return;
    held.addAndGet(-bytes);
    throw refused(subject);
  }

  /** Refuses where no room is left for anything large: work for it would be in vain. */
  public void refuseWhereFull(String subject) {
    if (held.get() > allowed) throw refused(subject);
  }

  private Refusal.LimitReached refused(String subject) {
    return new Refusal.LimitReached(limit, allowed, subject);
  }

  public void give(long bytes) {
    held.addAndGet(-bytes);
  }

  public long held() {
    return held.get();
  }
}
