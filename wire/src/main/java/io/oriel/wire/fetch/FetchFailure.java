package io.oriel.wire.fetch;

/** Why there is no page: what happened, and what to do about it. */
public final class FetchFailure extends Exception {
  private static final long serialVersionUID = 1;
  private final String happened;
  private final String remedy;
  private final int status;
  private final long retryAfterMs;

  public FetchFailure(String happened, String remedy) {
    this(happened, remedy, 0);
  }

  /**
   * @param status what the peer answered in place of 200; 0 when it did not answer
   */
  public FetchFailure(String happened, String remedy, int status) {
    this(happened, remedy, status, 0);
  }

  /**
   * @param retryAfterMs how long the peer asks to be left in peace; 0 when it does not say
   */
  public FetchFailure(String happened, String remedy, int status, long retryAfterMs) {
    super(happened + "; " + remedy, null, false, false); // about a peer, not about our code
    this.happened = happened;
    this.remedy = remedy;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }

  /** "gpu1:9445 refused the connection". */
  public String happened() {
    return happened;
  }

  /** "is its exporter running?". */
  public String remedy() {
    return remedy;
  }

  /** What the peer answered in place of 200; 0 when it did not answer. */
  public int status() {
    return status;
  }

  /** How long the peer asks to be left in peace ({@code Retry-After}); 0 when it does not say. */
  public long retryAfterMs() {
    return retryAfterMs;
  }
}
