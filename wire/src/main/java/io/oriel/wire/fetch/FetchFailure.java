package io.oriel.wire.fetch;

/** Why there is no page: what happened, and what to do about it. */
public final class FetchFailure extends Exception {
  private static final long serialVersionUID = 1;
  private final String happened;
  private final String remedy;
  private final int status;

  public FetchFailure(String happened, String remedy) {
    this(happened, remedy, 0);
  }

  /**
   * @param status what the peer answered in place of 200; 0 when it did not answer
   */
  public FetchFailure(String happened, String remedy, int status) {
    super(happened + "; " + remedy, null, false, false); // about a peer, not about our code
    this.happened = happened;
    this.remedy = remedy;
    this.status = status;
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
}
